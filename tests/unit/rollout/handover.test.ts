import { offlineTenant } from "../../support/tenant-view.ts";
import { mkdtemp, readFile, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fileName, writeHandover } from "../../../main/rollout/handover.ts";
import { recordRollout } from "../../../main/setups/intents.ts";
import { noKnownIds } from "../../../main/setups/fields.ts";
import { buildView } from "../../../main/setups/view.ts";
import { applicationId, now, observed, readySetup, sha1 } from "../setups/sample.ts";

const done = recordRollout(
  readySetup(),
  { result: "connected", text: "<b>ok</b>", by: "Ada & Bob" },
  observed,
);
const view = buildView(done, {
  observations: observed,
  known: noKnownIds,
  person: "Ada",
  tenant: offlineTenant(done),
});
const words = {
  t: (key: string, params?: Record<string, string | number>) =>
    `${key} ${Object.values(params ?? {}).join(" ")}`,
  language: "en" as const,
  formatDateTime: (iso: string) => iso,
};
const input = { view, certificate: Buffer.from([1, 2, 3]), now, version: "0.1.0", words };

describe("the handover folder", () => {
  test("holds the checklist twice, the values and the public certificate", async () => {
    const parent = await mkdtemp(join(tmpdir(), "rollout-handover-"));
    const path = await writeHandover(parent, input);
    expect((await readdir(path)).toSorted()).toEqual([
      "certificate.cer",
      "checklist.html",
      "checklist.json",
      "connector-values.txt",
    ]);
    const report: unknown = JSON.parse(await readFile(join(path, "checklist.json"), "utf8"));
    expect(report).toMatchObject({
      values: { ConnectAppID: applicationId },
      certificate: { sha1 },
      rollout: { by: "Ada & Bob" },
    });
    expect(await readFile(join(path, "connector-values.txt"), "utf8")).toContain(
      `ConnectAppID: ${applicationId}`,
    );
  });

  test("escapes what people typed", async () => {
    const parent = await mkdtemp(join(tmpdir(), "rollout-handover-"));
    const html = await readFile(join(await writeHandover(parent, input), "checklist.html"), "utf8");
    expect(html).toContain("&lt;b&gt;ok&lt;/b&gt;");
    expect(html).toContain("Ada &amp; Bob");
    expect(html).not.toContain("<b>ok");
  });

  test("names neither a local path nor the PFX password's whereabouts", async () => {
    const parent = await mkdtemp(join(tmpdir(), "rollout-handover-"));
    const path = await writeHandover(parent, input);
    for (const file of await readdir(path))
      expect(await readFile(join(path, file), "utf8")).not.toContain("/x/a.pfx");
  });

  test("never replaces an older one and leaves nothing behind when it fails", async () => {
    const parent = await mkdtemp(join(tmpdir(), "rollout-handover-"));
    await writeHandover(parent, input);
    await writeHandover(parent, input);
    expect(await readdir(parent)).toHaveLength(2);
    await expect(writeHandover(join(parent, "missing"), input)).rejects.toMatchObject({
      code: "file-not-found",
    });
    expect(await readdir(parent)).toHaveLength(2);
  });

  test.each([
    ["Contoso AG", "Contoso AG"],
    ["a/b\\c:d*e?", "a b c d e"],
    ["con", "setup con"],
    ["...", "setup"],
    ["x".repeat(200), "x".repeat(80)],
    [`${"x".repeat(79)} y`, "x".repeat(79)],
    ["*.contoso.org", "contoso.org"],
    ["con.contoso.org", "setup con.contoso.org"],
    ["\u202egpj.exe", "gpj.exe"],
  ])("names %j as %j", (name, expected) => {
    expect(fileName(name)).toBe(expected);
  });
});
