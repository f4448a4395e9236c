import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expiryCalendar } from "../../../main/rollout/calendar.ts";
import { dueReminders, reminderDays } from "../../../main/rollout/reminders.ts";
import type { Reminded } from "../../../main/rollout/reminders.ts";

const one = (daysLeft: number, sha1 = "A") => [{ setupId: "s", sha1, daysLeft }];

describe("reminders", () => {
  test("none more than 60 days before, then one at each mark", () => {
    expect(dueReminders(one(61), {}).due).toEqual([]);
    const first = dueReminders(one(60), {});
    expect(first.due).toMatchObject([{ mark: 60, daysLeft: 60 }]);
    expect(dueReminders(one(45), first.reminded).due).toEqual([]);
    expect(dueReminders(one(30), first.reminded).due).toMatchObject([{ mark: 30 }]);
  });

  test("who opens the app late gets the one that counts, not all that were missed", () => {
    expect(dueReminders(one(5), {}).due).toMatchObject([{ mark: 7, daysLeft: 5 }]);
    expect(dueReminders(one(-3), {}).due).toMatchObject([{ mark: 0 }]);
  });

  test("a new certificate starts anew", () => {
    const { reminded } = dueReminders(one(1), {});
    expect(dueReminders(one(365, "B"), reminded).due).toEqual([]);
    expect(dueReminders(one(60, "B"), reminded).due).toHaveLength(1);
  });

  test("over a certificate's whole life each mark is told exactly once, however often the app looks", () => {
    const looks = fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(looks, (days) => {
        const told: number[] = [];
        let reminded: Reminded = {};
        for (const daysLeft of [...days.toSorted((a, b) => b - a), 0]) {
          const result = dueReminders(one(daysLeft), reminded);
          reminded = result.reminded;
          told.push(...result.due.map(({ mark }) => mark));
        }
        expect(new Set(told).size).toBe(told.length);
        expect(told.at(-1)).toBe(0);
        expect(told.every((mark) => reminderDays.some((known) => known === mark))).toBe(true);
      }),
    );
  });
});

describe("the calendar file", () => {
  const entry = {
    setupId: "3e0f6a86-26b4-4a2b-93a1-6d1b0dbe8f10",
    notAfter: "2027-11-23T23:30:00.000Z",
    sha1: "5F98EBBFE735CDDAE00E33E0FD69050EF9220254",
    summary: "Zertifikat von „Müller, Söhne; GmbH“ läuft ab",
    description: "Zeile eins\nZeile zwei ".repeat(20),
  };
  const lines = expiryCalendar(entry, new Date("2026-11-24T10:12:00Z")).split("\r\n");

  test("marks the whole day, with an alarm for each reminder", () => {
    expect(lines).toContain("DTSTART;VALUE=DATE:20271123");
    expect(lines).toContain("DTEND;VALUE=DATE:20271124");
    expect(lines.filter((line) => line.startsWith("TRIGGER"))).toEqual([
      "TRIGGER:-P60D",
      "TRIGGER:-P30D",
      "TRIGGER:-P14D",
      "TRIGGER:-P7D",
      "TRIGGER:-P1D",
    ]);
  });

  test("names it the same each time, so that a second import changes the first", () => {
    const again = expiryCalendar(entry, new Date("2026-12-24T10:12:00Z"));
    const uid = (text: string) => /UID:(.*)/.exec(text)?.[1];
    expect(uid(again)).toBe(uid(lines.join("\n")));
  });

  test("keeps to RFC 5545: lines of at most 75 octets, commas and semicolons escaped", () => {
    expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    expect(lines.join("").replaceAll(/\s/g, "")).toContain("Müller\\,Söhne\\;GmbH");
  });
});
