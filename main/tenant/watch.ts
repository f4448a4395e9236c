import type { WatchResultView, WatchView } from "../../preload/model/watch.ts";
import { AppError } from "../errors.ts";
import type { Clock } from "../ports.ts";
import type { SetupDocument } from "../setups/document.ts";
import { driftOf } from "./observe.ts";
import type { TenantSessions } from "./sessions.ts";

export interface TenantWatchPorts {
  sessions: Pick<TenantSessions, "of">;
  documents: () => SetupDocument[];
  document: (setupId: string) => SetupDocument;
  clock: Clock;
  onChange: () => void;
  onError: (message: string, error: unknown) => void;
}

/** Verifies all setups in one go, only reading, and tells what changed. */
export interface TenantWatch {
  view(): WatchView;
  /** Starts, unless it is running; resolves when it is over. */
  run(): Promise<void>;
  /** Starts no further setup; what is being read ends. */
  cancel(): void;
}

/** Enough to keep a line busy, few enough not to be throttled. */
const atOnce = 4;

export function createTenantWatch(ports: TenantWatchPorts): TenantWatch {
  let view: WatchView = { running: false, at: null, done: 0, total: 0, canceled: false, results: [] };
  let running: Promise<void> | null = null;
  let canceled = false;
  let waiting: string[] = [];

  function change(next: Partial<WatchView>): void {
    view = { ...view, ...next };
    ports.onChange();
  }

  async function verify(setupId: string): Promise<WatchResultView> {
    let name = "";
    let practice = false;
    const result = (
      outcome: WatchResultView["outcome"],
      drift: WatchResultView["drift"] = [],
    ): WatchResultView => ({ setupId, name, practice, outcome, drift, at: ports.clock.now().toISOString() });
    try {
      ({ name, practice } = ports.document(setupId));
      const before = ports.document(setupId).tenant.observed?.readAt ?? null;
      const known = new Set(driftOf(ports.document(setupId).tenant.observed).map(({ id }) => id));
      const session = await ports.sessions.of(setupId);
      const { signIn, work: busyWith } = session.view();
      if (signIn.account === null) return result("not-signed-in");
      if (busyWith !== null) return result("busy");
      await session.check(true);
      const { observed } = ports.document(setupId).tenant;
      if (observed === null || observed.readAt === before) {
        return result(session.view().otherTenant === null ? "not-read" : "other-tenant");
      }
      const drift = driftOf(observed);
      const shown = drift.map(({ id, step, before: was }) => ({
        fact: id,
        step,
        since: was.at,
        isNew: !known.has(id),
      }));
      const unread = observed.facts.some((fact) => fact.unread !== null);
      if (shown.length > 0) return result("changed", shown);
      return result(unread ? "partly-read" : "as-before");
    } catch (error) {
      // Work began between the look and the reading.
      if (error instanceof AppError && error.code === "work-running") return result("busy");
      ports.onError("setup not verified", error);
      return result("not-read");
    }
  }

  async function work(): Promise<void> {
    canceled = false;
    waiting = ports
      .documents()
      .filter(({ archivedAt, tenant, fields }) => {
        const concerned = tenant.observed !== null || (fields.applicationId ?? "") !== "";
        return archivedAt === null && concerned;
      })
      .map(({ id }) => id);
    change({
      running: true,
      at: ports.clock.now().toISOString(),
      done: 0,
      total: waiting.length,
      canceled: false,
      results: [],
    });
    async function worker(): Promise<void> {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        const found = await verify(id);
        change({ done: view.done + 1, results: [...view.results, found] });
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker));
    change({ running: false, canceled });
  }

  return {
    view: () => view,
    run: () => {
      running ??= work().finally(() => {
        running = null;
      });
      return running;
    },
    cancel() {
      // What is being read is read to its end: with nothing left to begin, nothing is left out.
      if (waiting.length > 0) canceled = true;
      waiting = [];
    },
  };
}
