import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { certificateInput, copyOfApp, newTask, openTestApp } from "./app.ts";

/** An app with a saved PFX; made once. */
async function makeTemplate() {
  const app = await openTestApp();
  const { summary } = await app.api.setups.create({ name: "Contoso", cloud: "global" });
  const setupId = summary.id;
  await app.api.certificates.create({ setupId, task: newTask(), ...certificateInput });
  await app.api.certificates.newPassword({ setupId, keep: true });
  app.answers.push(join(app.saved, "contoso.pfx"));
  await app.api.certificates.exportPfx({ setupId, task: newTask(), profile: "strong" });
  await app.quit();
  return { made: app, setupId };
}

let template: ReturnType<typeof makeTemplate> | null = null;

/** That app with the strip open on its setup. */
async function withPfx() {
  const { made, setupId } = await (template ??= makeTemplate());
  const app = await copyOfApp(made);
  await app.api.transfer.open({ setupId });
  return { app, setupId, path: join(app.saved, "contoso.pfx") };
}

describe("the PFX that is dragged out of the strip", () => {
  test("is the file that was saved; the journal tells of it", async () => {
    const { app, setupId, path } = await withPfx();
    expect(await app.api.transfer.pfxFile({ setupId })).toEqual({ state: "ready", name: "contoso.pfx" });
    await app.api.transfer.dragPfx({ setupId });
    expect(app.strip.dragged).toEqual([path]);
    const { entries } = await app.api.setups.activity({ setupId });
    expect(entries.at(-1)).toMatchObject({ kind: "pfx-dragged", step: "technical-attributes" });
    await app.api.transfer.showPfx({ setupId });
    expect(app.opened).toEqual([path]);
    await app.api.transfer.copyPfxPath({ setupId });
    expect(app.copied).toEqual([path]);
  });

  test.each([
    ["missing", "file-not-found", (path: string) => rm(path)],
    ["changed", "pfx-changed", (path: string) => writeFile(path, "another")],
    ["changed", "pfx-changed", (path: string) => writeFile(path, "")],
    [
      "unreadable",
      "read-failed",
      async (path: string) => {
        await rename(path, `${path}.old`);
        await mkdir(path);
      },
    ],
  ] as const)("is not given away once the file is %s (%s)", async (state, code, spoil) => {
    const { app, setupId, path } = await withPfx();
    await spoil(path);
    expect(await app.api.transfer.pfxFile({ setupId })).toEqual({ state, name: "contoso.pfx" });
    for (const method of ["dragPfx", "showPfx", "copyPfxPath"] as const) {
      await expect(app.api.transfer[method]({ setupId })).rejects.toMatchObject({ code });
    }
    expect(app.strip.dragged).toEqual([]);
    expect(app.opened).toEqual([]);
    expect(app.copied).toEqual([]);
  });

  test("belongs to the setup that the strip shows, and to no other", async () => {
    const { app, setupId } = await withPfx();
    const other = await app.api.setups.create({ name: "Fabrikam", cloud: "global" });
    await app.api.transfer.open({ setupId: other.summary.id });
    await expect(app.api.transfer.dragPfx({ setupId })).rejects.toMatchObject({ code: "not-allowed" });
    await expect(app.api.transfer.dragPfx({ setupId: other.summary.id })).rejects.toMatchObject({
      code: "pfx-missing",
    });
    expect(await app.api.transfer.pfxFile({ setupId: other.summary.id })).toEqual({
      state: "none",
      name: "",
    });
    await app.api.transfer.close();
    await expect(app.api.transfer.dragPfx({ setupId })).rejects.toMatchObject({ code: "not-allowed" });
    expect(app.strip.dragged).toEqual([]);
  });
});

test("a strip opens only for a setup that is there", async () => {
  const app = await openTestApp();
  const setupId = "00000000-0000-4000-8000-000000000001";
  await expect(app.api.transfer.open({ setupId })).rejects.toMatchObject({ code: "setup-not-found" });
  expect(await app.api.transfer.current()).toEqual({ setupId: null });
});
