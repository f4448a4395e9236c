import { ICalAlarmType, ICalCalendar, ICalEventTransparency } from "ical-generator";
import { reminderDays } from "./reminders.ts";

export interface CalendarEntry {
  setupId: string;
  /** ISO 8601. */
  notAfter: string;
  sha1: string;
  summary: string;
  description: string;
}

const day = 86_400;

/**
 * The day a certificate expires as a calendar file (iCalendar, RFC 5545), with an alarm at each reminder's mark. The
 * same certificate always gives the same UID, so that importing it twice makes no second entry.
 */
export function expiryCalendar(entry: CalendarEntry, now: Date): string {
  const calendar = new ICalCalendar({
    prodId: { company: "Exchange Rollout", product: "Exchange Rollout", language: "EN" },
  });
  const expires = new Date(entry.notAfter);
  const event = calendar.createEvent({
    id: `${entry.sha1.toLowerCase()}@${entry.setupId}`,
    start: expires,
    // The end of a whole day is the day after (RFC 5545, 3.6.1).
    end: new Date(expires.getTime() + day * 1000),
    allDay: true,
    stamp: now,
    summary: entry.summary,
    description: entry.description,
    transparency: ICalEventTransparency.TRANSPARENT,
  });
  for (const days of reminderDays) {
    if (days === 0) continue;
    event.createAlarm({ type: ICalAlarmType.display, trigger: days * day, description: entry.summary });
  }
  return calendar.toString();
}
