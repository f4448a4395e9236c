import i18next from "i18next";
import { onReset } from "./page-state.ts";

type Style = "day" | "plain day" | "time" | "moment";

const firstLocale = "en";
let locale = firstLocale;
/** Making one takes far longer than using it, and a list shows hundreds of dates. */
const made = new Map<Style, Intl.DateTimeFormat>();
let madeAtOffset = 0;
onReset(() => setFormatLocale(firstLocale));

/** Sets the language tag for dates and numbers, for example "de-CH". */
export function setFormatLocale(tag: string): void {
  locale = tag;
  made.clear();
}

function make(style: Style): Intl.DateTimeFormat {
  const date = { day: "numeric", month: "short", year: "numeric" } as const;
  if (style === "day") return new Intl.DateTimeFormat(locale, date);
  if (style === "plain day") return new Intl.DateTimeFormat(locale, { ...date, timeZone: "UTC" });
  const time = { hour: hourStyle(), minute: "2-digit" } as const;
  return new Intl.DateTimeFormat(locale, style === "time" ? time : { ...date, ...time });
}

/** "09:05" where the day has 24 hours, "9:05 AM" where it has twice twelve. */
function hourStyle(): "numeric" | "2-digit" {
  const { hour12 } = new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions();
  return hour12 === true ? "numeric" : "2-digit";
}

const day = 86_400_000;

function dateOf(value: string | Date): Date | null {
  const date = typeof value === "string" ? new Date(value) : value;
  return Number.isNaN(date.getTime()) ? null : date;
}

function format(value: string | Date, style: Style): string {
  const date = dateOf(value);
  if (date === null) return typeof value === "string" ? value : "";
  // A formatter keeps the time zone in which it was made; a laptop travels.
  const offset = new Date().getTimezoneOffset();
  if (offset !== madeAtOffset) made.clear();
  madeAtOffset = offset;
  const ready = made.get(style) ?? make(style);
  made.set(style, ready);
  return ready.format(date);
}

/** "23 Nov 2027". A plain calendar date (YYYY-MM-DD) stays the same day everywhere. */
export function formatDate(value: string | Date): string {
  const plain = typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value);
  return format(value, plain ? "plain day" : "day");
}

/** "10:12", or "3:05 PM" where that is the custom. */
export function formatTime(value: string | Date): string {
  return format(value, "time");
}

/** "23 Nov 2027, 10:12" */
export function formatDateTime(value: string | Date): string {
  return format(value, "moment");
}

/** "today 10:12", "yesterday 16:20", else "23 Nov 2027, 10:12". */
export function formatWhen(value: string | Date, now: Date = new Date()): string {
  const date = dateOf(value);
  if (date === null) return typeof value === "string" ? value : "";
  const daysAgo = Math.round((startOfDay(now) - startOfDay(date)) / day);
  if (daysAgo === 0) return i18next.t("common.todayAt", { time: formatTime(date) });
  if (daysAgo === 1) return i18next.t("common.yesterdayAt", { time: formatTime(date) });
  return formatDateTime(date);
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** "1,000" or "1.000" */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat(locale).format(value);
}

/** A thumbprint in blocks of four, to be compared by eye: "5F98 EBBF …". */
export function thumbprintBlocks(thumbprint: string): string[] {
  return thumbprint.match(/.{1,4}/g) ?? [];
}
