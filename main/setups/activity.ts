import type { StepId } from "../../preload/model/guide.ts";
import type { ActivityView } from "../../preload/model/setup.ts";
import { AppError } from "../errors.ts";
import type { Clock } from "../ports.ts";
import { createTurns } from "../turns.ts";
import type { Journal } from "./journal.ts";
import type { JournalEntry } from "./journal-lines.ts";

/** What a change leaves in the journal. Never a secret. */
export interface JournalNote {
  kind: string;
  step: StepId | null;
  details?: Record<string, string | number>;
}

/** The journals of all setups. */
export interface Activity {
  /**
   * Adds an entry. Never fails, because what it tells of has happened already: an entry that cannot be written
   * is reported, waits in memory and goes before the next one.
   */
  note(id: string, note: JournalNote): Promise<void>;
  read(id: string): Promise<ActivityView>;
  /** Writes what can be written and lets go of the setup's file. */
  leave(id: string): Promise<void>;
  /** Resolves when all entries that were asked for are written, or reported. */
  settled(): Promise<void>;
}

export interface ActivityOptions {
  openJournal: (file: string) => Journal;
  fileOf: (id: string) => string;
  clock: Clock;
  onError: (message: string, error: unknown) => void;
}

interface OpenJournal {
  journal: Journal;
  /** The entry added last, written or not. */
  last: JournalEntry | null;
  waiting: JournalEntry[];
}

/** A value that is typed is saved with every pause; one entry a minute says it as well. */
const typingMs = 60_000;

export function createActivity({ openJournal, fileOf, clock, onError }: ActivityOptions): Activity {
  const turns = createTurns();
  const journals = new Map<string, OpenJournal>();

  function journalOf(id: string): OpenJournal {
    const known = journals.get(id);
    if (known !== undefined) return known;
    const opened = { journal: openJournal(fileOf(id)), last: null, waiting: [] };
    journals.set(id, opened);
    return opened;
  }

  async function write({ journal, waiting }: OpenJournal): Promise<void> {
    for (let entry = waiting[0]; entry !== undefined; entry = waiting[0]) {
      try {
        await journal.append(entry);
      } catch (error) {
        onError("activity not written", error);
        // One that can never be written must not keep the others waiting.
        if (!(error instanceof AppError && error.code === "internal")) return;
      }
      waiting.shift();
    }
  }

  return {
    async note(id, { kind, step, details = {} }) {
      const open = journalOf(id);
      const entry = { at: clock.now().toISOString(), kind, step, details };
      if (open.last !== null && isStillTyping(open.last, entry)) return;
      open.last = entry;
      open.waiting.push(entry);
      await turns.inTurn(id, () => write(open));
    },
    settled: () => turns.settled(),
    read: (id) => journalOf(id).journal.read(),
    async leave(id) {
      const open = journals.get(id);
      if (open === undefined) return;
      await turns.inTurn(id, () => write(open));
      journals.delete(id);
    },
  };
}

function isStillTyping(last: JournalEntry, entry: JournalEntry): boolean {
  const passed = Date.parse(entry.at) - Date.parse(last.at);
  return (
    entry.kind === "value-changed" &&
    last.kind === entry.kind &&
    last.details["field"] === entry.details["field"] &&
    passed >= 0 &&
    passed < typingMs
  );
}
