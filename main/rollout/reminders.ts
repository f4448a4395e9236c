import { z } from "zod";

/** Days before a certificate expires at which the app reminds of it. 0: within 24 hours, or it has expired. */
export const reminderDays = [60, 30, 14, 7, 1, 0] as const;

export interface Expiring {
  setupId: string;
  /** Thumbprint: a new certificate starts anew. */
  sha1: string;
  /** Whole days left; negative after. */
  daysLeft: number;
}

/** The last reminder of each setup. */
export const remindedSchema = z.record(z.string(), z.object({ sha1: z.string(), days: z.number().int() }));
export type Reminded = z.infer<typeof remindedSchema>;

export interface Reminder extends Expiring {
  /** The mark that was reached, of `reminderDays`. */
  mark: number;
}

/**
 * The reminders that are due now, soonest first, and what to remember of them. Each mark is told once for a
 * certificate; who opens the app late gets the one that counts, not all that were missed. Pure.
 */
export function dueReminders(
  certificates: readonly Expiring[],
  reminded: Reminded,
): { due: Reminder[]; reminded: Reminded } {
  const due: Reminder[] = [];
  const next: Reminded = {};
  for (const one of certificates) {
    const before = reminded[one.setupId];
    const last = before?.sha1 === one.sha1 ? before.days : Number.POSITIVE_INFINITY;
    const mark = reminderDays.findLast((days) => one.daysLeft <= days);
    if (mark !== undefined && mark < last) due.push({ ...one, mark });
    const told = mark !== undefined && mark < last ? mark : last;
    if (Number.isFinite(told)) next[one.setupId] = { sha1: one.sha1, days: told };
  }
  return { due: due.toSorted((one, other) => one.daysLeft - other.daysLeft), reminded: next };
}
