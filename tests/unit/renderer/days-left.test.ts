import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reminderText } from "../../../main/rollout/reminder-text.ts";
import { createWords } from "../../../main/shell/words.ts";
import { daysLeft, spokenDays } from "../../../preload/model/days.ts";
import { expiryText } from "../../../renderer/setups/expiry-text.ts";
import type { Translate } from "../../../renderer/i18n.ts";

const end = Date.parse("2027-05-03T10:00:00.000Z");
const hour = 3_600_000;
const english = createWords("en", "en-GB");
const german = createWords("de", "de-DE");

/** The days left so many hours before the end; after it for a negative number. */
function daysAt(hoursBefore: number): number {
  return daysLeft(new Date(end).toISOString(), new Date(end - hoursBefore * hour));
}

describe("the days until or since the end of a certificate", () => {
  test("are never more than there really are, and less than a day too few", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 * 24 * 60 }), fc.boolean(), (minutes, over) => {
        const spoken = spokenDays(daysAt((over ? -1 : 1) * (minutes / 60)));
        expect(spoken.over).toBe(over);
        const days = minutes / (24 * 60);
        expect(spoken.count).toBeLessThanOrEqual(over ? Math.ceil(days) - 1 : days);
        expect(spoken.count).toBeGreaterThan(days - 1.001);
      }),
    );
  });

  test.each([
    [49, "Certificate: 2 days left", "Zertifikat: noch 2 Tage"],
    [25, "Certificate: 1 day left", "Zertifikat: noch 1 Tag"],
    // Ten in the evening before an end at nine is not the same day.
    [11, "Certificate ends within 24 hours", "Zertifikat läuft binnen 24 Stunden ab"],
    [-1, "Certificate: expired less than a day ago", "Zertifikat: seit weniger als einem Tag abgelaufen"],
    [-25, "Certificate: expired 1 day ago", "Zertifikat: seit 1 Tag abgelaufen"],
    [-49, "Certificate: expired 2 days ago", "Zertifikat: seit 2 Tagen abgelaufen"],
  ])("%i hours before the end are in words: %s", (hours, inEnglish, inGerman) => {
    const said = (t: typeof english.t) => expiryText(daysAt(hours), t as Translate);
    expect(said(english.t)).toBe(inEnglish);
    expect(said(german.t)).toBe(inGerman);
  });

  test.each([
    [80, "A certificate expires", "In 3 days. Open Exchange Rollout to exchange it."],
    [25, "A certificate expires", "In 1 day. Open Exchange Rollout to exchange it."],
    [11, "A certificate expires", "Within 24 hours. Open Exchange Rollout to exchange it."],
    [-1, "A certificate has expired", "IAM.cloud can no longer connect with it. "],
    [-2_000, "A certificate has expired", "IAM.cloud can no longer connect with it. "],
  ])("the system's notification says %i hours before the end: %s", (hours, title, body) => {
    const text = reminderText({ daysLeft: daysAt(hours) }, english.t);
    expect(text.title).toBe(title);
    expect(text.body).toContain(body);
    const inGerman = reminderText({ daysLeft: daysAt(hours) }, german.t);
    expect(inGerman.title).toBe(hours < 0 ? "Ein Zertifikat ist abgelaufen" : "Ein Zertifikat läuft ab");
    expect(inGerman.body).not.toMatch(/\b0 Tag|reminders\./);
  });
});
