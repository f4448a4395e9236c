import { describe, expect, test } from "vitest";
import { administratorHtml } from "../../../main/rollout/report/administrator.ts";
import { buildReport } from "../../../main/rollout/report/build.ts";
import { reasonText } from "../../../main/rollout/report/words.ts";
import { startRotation } from "../../../main/rollout/rotation-intents.ts";
import { rotationView } from "../../../main/rollout/rotation.ts";
import { checksOf } from "../../../main/setups/checks.ts";
import { filledSetup, observed } from "../setups/sample.ts";
import { english, finishedSetup, german, reportInput } from "./report-sample.ts";

/** The sample's certificate ends on 23 November 2027 at ten. */
const hoursBefore = (hours: number) => new Date(Date.parse("2027-11-23T10:00:00.000Z") - hours * 3_600_000);

describe("a report tells about the end of the certificate as of the day it was written", () => {
  const renewal = (hours: number, words = english) =>
    /id="renewal".*?<p>(.*?)<\/p>/s.exec(
      administratorHtml(buildReport(reportInput({ now: hoursBefore(hours) })), words),
    )?.[1];

  test("long before: when to begin", () => {
    expect(renewal(31 * 24)).toMatch(
      /^The certificate ends on 23 November 2027; begin no later than 24 October 2027\. The connection stops/,
    );
  });

  test("when that day is over: to begin now", () => {
    expect(renewal(29 * 24)).toMatch(/^The certificate ends on 23 November 2027; begin now\. The connection/);
    expect(renewal(29 * 24, german)).toMatch(
      /^Das Zertifikat endet am 23\. November 2027; beginnen Sie jetzt/,
    );
  });

  test("after it: that it ended, and nothing of doing something before", () => {
    expect(renewal(-1)).toMatch(/^The certificate ended on 23 November 2027: .* in this order:$/);
    expect(renewal(-1, german)).toMatch(/^Das Zertifikat endete am 23\. November 2027: .*:$/);
  });
});

test.each([
  [49, "Valid, 2 days left", "Gültig, noch 2 Tage"],
  [25, "Valid, 1 day left", "Gültig, noch 1 Tag"],
  [20, "Valid, ends within 24 hours", "Gültig, läuft binnen 24 Stunden ab"],
])("the check of the certificate, %i hours before its end, says: %s", (hours, inEnglish, inGerman) => {
  const checks = checksOf("certificate", filledSetup(), { ...observed, now: hoursBefore(hours) });
  const texts = (words: typeof english) => checks.map(({ reason }) => reasonText(reason, words));
  expect(texts(english)).toContain(inEnglish);
  expect(texts(german)).toContain(inGerman);
});

test("an exchange warns of an old certificate's last 24 hours without counting days", () => {
  const started = startRotation(finishedSetup(), "Ada", observed.now);
  const [warning] = rotationView(started, hoursBefore(20), undefined)?.warnings ?? [];
  if (warning === undefined) throw new Error("nothing is warned of");
  expect(reasonText(warning, english)).toMatch(/^The old certificate expires within 24 hours \(/);
  expect(reasonText(warning, german)).toMatch(/^Das alte Zertifikat läuft binnen 24 Stunden ab \(/);
});
