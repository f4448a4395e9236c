import { mkdtemp, mkdir, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { createActivity } from "../../../main/setups/activity.ts";
import { openJournal } from "../../../main/setups/journal.ts";

const id = "3e0f6a86-26b4-4a2b-93a1-6d1b0dbe8f10";
let folder: string;
let now: number;
let reported: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollout-activity-"));
  now = Date.parse("2026-11-24T10:00:00Z");
  reported = [];
});

const journalFile = () => join(folder, "journal.jsonl");
const open = () =>
  createActivity({
    openJournal,
    fileOf: journalFile,
    clock: { now: () => new Date(now) },
    onError: (message) => reported.push(message),
  });
const typed = (field: string) => ({
  kind: "value-changed",
  step: "application-ids" as const,
  details: { field },
});

describe("the activity of a setup", () => {
  test("has one entry a minute for a value that is being typed, and one for each other value", async () => {
    const activity = open();
    for (let pause = 0; pause < 25; pause += 1) {
      await activity.note(id, typed("applicationId"));
      now += 4_000;
    }
    await activity.note(id, typed("tenantId"));
    await activity.note(id, typed("applicationId"));
    await activity.note(id, { kind: "step-confirmed", step: "application-ids", details: { by: "Ada" } });
    await activity.note(id, typed("applicationId"));
    const { entries, chain } = await activity.read(id);
    expect(entries.map(({ kind, details }) => details["field"] ?? kind)).toEqual([
      "applicationId",
      "applicationId",
      "tenantId",
      "applicationId",
      "step-confirmed",
      "applicationId",
    ]);
    expect(chain.intact).toBe(true);
  });

  test("that cannot be written is reported, fails nobody's work, and is written with the next entry", async () => {
    const activity = open();
    await mkdir(journalFile());
    await activity.note(id, { kind: "setup-created", step: null });
    await activity.note(id, typed("tenantId"));
    expect(reported).toEqual(["activity not written", "activity not written"]);
    await rmdir(journalFile());
    await Promise.all([
      activity.note(id, { kind: "setup-renamed", step: null }),
      activity.note(id, { kind: "setup-archived", step: null }),
    ]);
    const { entries } = await activity.read(id);
    expect(entries.map(({ kind }) => kind)).toEqual([
      "setup-created",
      "value-changed",
      "setup-renamed",
      "setup-archived",
    ]);
    expect(entries[0]?.at).toBe("2026-11-24T10:00:00.000Z");
  });

  test("an entry that can never be written keeps no other waiting", async () => {
    const activity = open();
    await activity.note(id, { kind: "Not a kind", step: null });
    await activity.note(id, typed("tenantId"));
    expect(reported).toEqual(["activity not written"]);
    expect((await activity.read(id)).entries).toHaveLength(1);
  });
});
