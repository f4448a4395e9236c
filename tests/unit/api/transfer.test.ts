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

describe("the strip is told of its setup", () => {
  const password = "Correct-Horse-9!";

  test("whenever a value, the name or a confirmation becomes another", async () => {
    const { app, setupId } = await withPfx();
    const tells = async (change: () => Promise<unknown>) => {
      app.told.length = 0;
      await change();
      return app.told;
    };
    const { setups } = app.api;
    const setName = () => setups.setField({ setupId, field: "instanceName", value: "Contoso EXO" });
    expect(await tells(setName)).toEqual([setupId]);
    expect(await tells(setName), "the same value again").toEqual([]);
    expect(await tells(() => setups.rename({ setupId, name: "Contoso AG" }))).toEqual([setupId]);
    const step = "azure-active-directory";
    expect(await tells(() => setups.confirm({ setupId, step, by: "Ada", note: "" }))).toEqual([setupId]);
    expect(await tells(() => setups.setPosition({ setupId, step })), "looking at a step").toEqual([]);
    expect(await tells(() => setups.remove({ setupId }))).toEqual([setupId]);
    expect(await tells(() => setups.restore({ setupId }))).toEqual([setupId]);
  });

  test("when a PFX is saved or replaced, after everything is in its place", async () => {
    const { app, setupId, path } = await withPfx();
    await rm(path);
    app.told.length = 0;
    app.answers.push(join(app.saved, "again.pfx"));
    await app.api.certificates.exportPfx({ setupId, task: newTask(), profile: "strong" });
    expect(app.told).toEqual([setupId]);
    await app.api.certificates.create({ setupId, task: newTask(), ...certificateInput });
    expect(app.told.length).toBeGreaterThan(1);
  });

  test("when a password comes or goes, also where the setup's document stays the same", async () => {
    const first = await openTestApp();
    const { summary } = await first.api.setups.create({ name: "Contoso", cloud: "global" });
    const setupId = summary.id;
    const given = { setupId, password, keep: false };
    await first.api.certificates.setPassword(given);
    await first.quit();
    const app = await openTestApp(first);
    const state = async () => (await app.api.setups.open({ setupId })).password.state;
    const { savedAt } = await app.api.setups.open({ setupId });
    expect(await state()).toBe("none");
    expect(await app.api.certificates.setPassword(given)).toMatchObject({ savedAt });
    expect([await state(), app.told]).toEqual(["session", [setupId]]);
    app.told.length = 0;
    await app.api.certificates.forgetPassword({ setupId });
    expect(await state()).toBe("none");
    expect(new Set(app.told)).toEqual(new Set([setupId]));
  });

  test("but not when a change could not be saved", async () => {
    const { app } = await withPfx();
    const gone = "00000000-0000-4000-8000-000000000001";
    app.told.length = 0;
    const change = app.api.setups.rename({ setupId: gone, name: "Contoso AG" });
    await expect(change).rejects.toMatchObject({ code: "setup-not-found" });
    expect(app.told).toEqual([]);
  });
});
