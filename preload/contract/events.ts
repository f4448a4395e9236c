import type { TaskProgress } from "../model/app.ts";
import type { RowProgress } from "../model/bulk.ts";
import type { FieldId, StepId } from "../model/guide.ts";

/** A certificate of which it is time to remind. */
export interface ReminderView {
  setupId: string;
  name: string;
  /** Days left; negative once it has expired. */
  days: number;
}

/** What main tells the renderer without being asked. */
export interface Events {
  /** The setup's view is out of date; null means the list or the app's settings. */
  changed: { setupId: string | null };
  task: TaskProgress;
  /** For the main window. */
  reminder: { reminders: ReminderView[] };
  row: RowProgress;
  /** A menu item or shortcut that the renderer carries out. */
  command: { name: Command };
  /** For the strip: it shows this setup now. */
  transfer: { setupId: string };
  /** For the main window: the strip leads to this step. */
  show: { setupId: string; step: StepId; field?: FieldId | undefined };
}

export const commands = [
  "new-setup",
  "import-setup",
  "export-setup",
  "home",
  "settings",
  "activity",
  "verify-all",
  "next-step",
  "previous-step",
  "copy-value",
  "open-portal",
  "transfer-strip",
  "shortcuts",
  "inspect-file",
  "prepare-many",
] as const;
export type Command = (typeof commands)[number];

export const eventNames = [
  "changed",
  "task",
  "row",
  "reminder",
  "command",
  "transfer",
  "show",
] as const satisfies (keyof Events)[];
