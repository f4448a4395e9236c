/** How long a new certificate is valid, as offered. */
export const validityPresets = ["6-months", "1-year", "2-years", "date"] as const;
export type ValidityPreset = (typeof validityPresets)[number];

/**
 * Days of each preset. Not calendar months: a tenant's policy that allows P180D or P365D counts days, and half a
 * year has up to 184 of them, a leap year 366 (Entra, asymmetricKeyLifetime).
 */
const presetDays = { "6-months": 180, "1-year": 365, "2-years": 730 } as const;

/** From this many days on, tenants with a policy are likely to refuse the upload. */
const longDays = presetDays["2-years"];
const dayMs = 86_400_000;
const lastDay = "9999-12-30";

/** Calendar dates YYYY-MM-DD in UTC, as the contract takes them. */
export interface Validity {
  notBefore: string;
  notAfter: string;
  days: number;
}

/** What is wrong with a chosen last day; texts are `certificate.validity.<problem>`. */
export type ValidityProblem = "missing" | "not-a-date" | "in-the-past" | "too-far";

/** Today as calendar date in UTC. */
export function calendarDate(now: Date): string {
  return now.toISOString().slice(0, 10);
}

/** The calendar date a number of days later. */
export function daysLater(date: string, days: number): string {
  return calendarDate(new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs));
}

/** The two dates of a preset or of a chosen last day, or what is wrong with that day. */
export function validityOf(
  preset: ValidityPreset,
  chosen: string,
  today: string,
): Validity | { problem: ValidityProblem } {
  if (preset !== "date") {
    const days = presetDays[preset];
    return { notBefore: today, notAfter: daysLater(today, days), days };
  }
  if (chosen === "") return { problem: "missing" };
  if (!isCalendarDate(chosen)) return { problem: "not-a-date" };
  if (chosen > lastDay) return { problem: "too-far" };
  if (chosen <= today) return { problem: "in-the-past" };
  const days = Math.round((Date.parse(chosen) - Date.parse(today)) / dayMs);
  return { notBefore: today, notAfter: chosen, days };
}

/** Whether a tenant that limits lifetimes is likely to refuse it. */
export function isLong(days: number): boolean {
  return days > longDays;
}

/** Whether a span is no longer than a tenant allows; null: no limit. */
export function fits(preset: ValidityPreset, maxDays: number | null): boolean {
  return maxDays === null || preset === "date" || presetDays[preset] <= maxDays;
}

/** The part of the validity that is left, 100 to 0. */
export function remainingShare(notBefore: string, notAfter: string, now: number): number {
  const start = Date.parse(notBefore);
  const end = Date.parse(notAfter);
  if (!(end > start)) return 0;
  return Math.min(100, Math.max(0, ((end - now) / (end - start)) * 100));
}

function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && calendarDate(parsed) === text;
}
