import { appendFile, mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ChangeLine } from "../../../main/tenant/change-log.ts";
import { openChangeLog } from "../../../main/tenant/change-log.ts";

const line = (change: string, phase: ChangeLine["phase"] = "done"): ChangeLine => ({
  at: "2026-11-24T10:12:00.000Z",
  phase,
  change,
  kind: "assign-role",
  effects: ["role:x"],
  inverse: { kind: "unassign-role", roleDefinitionId: "x" },
  requestId: "request",
  clientRequestId: "client",
  account: "alex@woodgrove.example",
});

async function file(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), "rollout-changes-")), "changes.jsonl");
}

describe("the log of changes in a tenant", () => {
  test("is empty before the first change and gives lines back as they were", async () => {
    const path = await file();
    const log = openChangeLog(path);
    expect(await log.read()).toEqual([]);
    await Promise.all([log.append(line("a", "sending")), log.append(line("a"))]);
    expect(await openChangeLog(path).read()).toEqual([line("a", "sending"), line("a")]);
  });

  test("a line torn by a crash does not count and does not swallow the next", async () => {
    const path = await file();
    await openChangeLog(path).append(line("a"));
    await appendFile(path, '{"at":"2026-11-24T10:12:0');
    await openChangeLog(path).append(line("b"));
    expect((await openChangeLog(path).read()).map(({ change }) => change)).toEqual(["a", "b"]);
    expect((await readFile(path, "utf8")).endsWith("\n")).toBe(true);
  });

  test("a folder that is gone is an error, so that nothing is sent", async () => {
    const log = openChangeLog(join(tmpdir(), "no-such-folder-of-ours", "changes.jsonl"));
    await expect(log.append(line("a"))).rejects.toMatchObject({ code: "file-not-found" });
  });
});
