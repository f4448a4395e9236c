import { z } from "zod";
import { readFileLimited, writeFileAtomic } from "../files/atomic-file.ts";
import { AppError } from "../errors.ts";
import { dueReminders, remindedSchema } from "./reminders.ts";
import type { Expiring, Reminded, Reminder } from "./reminders.ts";

const maxBytes = 4_000_000;
const fileSchema = z.object({ version: z.literal(1), reminded: remindedSchema });

export interface ReminderPorts {
  /** Where it is kept what was told already. */
  file: string;
  /** Certificates of setups that are in use. */
  certificates: () => Expiring[];
  isOn: () => boolean;
  tell: (reminders: Reminder[]) => void;
  onError: (message: string, error: unknown) => void;
}

/** Reminds of certificates that expire, while the app is open. */
export interface ReminderWatch {
  /** Looks what is due and tells it once. Never fails. */
  look(): Promise<void>;
}

export function createReminderWatch(ports: ReminderPorts): ReminderWatch {
  let known: Reminded | null = null;
  let turn: Promise<void> = Promise.resolve();

  async function read(): Promise<Reminded> {
    try {
      const content = await readFileLimited(ports.file, maxBytes);
      return fileSchema.parse(JSON.parse(content.toString("utf8"))).reminded;
    } catch (error) {
      // Without the file a reminder comes once more; that harms less than none.
      if (!(error instanceof AppError && error.code === "file-not-found")) {
        ports.onError("reminders not read", error);
      }
      return {};
    }
  }

  async function look(): Promise<void> {
    if (!ports.isOn()) return;
    known ??= await read();
    const { due, reminded } = dueReminders(ports.certificates(), known);
    if (JSON.stringify(reminded) !== JSON.stringify(known)) {
      known = reminded;
      const text = `${JSON.stringify({ version: 1, reminded })}\n`;
      await writeFileAtomic(ports.file, text, { replace: true }).catch((error: unknown) =>
        ports.onError("reminders not saved", error),
      );
    }
    if (due.length > 0) ports.tell(due);
  }

  return {
    look: () => {
      turn = turn.then(look).catch((error: unknown) => ports.onError("reminders failed", error));
      return turn;
    },
  };
}
