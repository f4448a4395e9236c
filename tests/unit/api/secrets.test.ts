import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { SetupSecrets } from "../../../preload/model/secrets.ts";
import { certificateInput, newTask, openTestApp } from "./app.ts";
import { signInAs } from "./practice-browser.ts";

const kinds = (list: SetupSecrets[], setupId: string) =>
  list.find((one) => one.setupId === setupId)?.secrets.map(({ kind, place }) => [kind, place]);

async function withSecrets() {
  const app = await openTestApp();
  const { summary } = await app.api.practice.create({ sample: "empty" });
  const setupId = summary.id;
  await signInAs(app, setupId, "alex");
  await app.api.tenant.signIn({ setupId, chooseAccount: false, guest: false });
  await app.api.certificates.create({ setupId, task: newTask(), ...certificateInput });
  await app.api.certificates.setPassword({ setupId, password: "Correct-Horse-9!", keep: true });
  return { app, setupId, name: summary.name };
}

describe("the list of stored secrets", () => {
  test("names what is kept, where and since when, but shows none of it", async () => {
    const { app, setupId, name } = await withSecrets();
    const list = await app.api.secrets.list();
    expect(kinds(list, setupId)).toEqual([
      ["private-key", "vault"],
      ["pfx-password", "vault"],
      ["tokens", "vault"],
    ]);
    const [own] = list;
    expect(own).toMatchObject({ name, secrets: [{ current: true }, { current: true }, { current: true }] });
    expect(own?.secrets.every(({ at }) => at !== null && !Number.isNaN(Date.parse(at)))).toBe(true);
    expect(JSON.stringify(list)).not.toContain("Correct-Horse");
  });

  test("tells a secret in memory from a sealed one, and one that cannot be opened now", async () => {
    const { app, setupId } = await withSecrets();
    await app.api.certificates.setPassword({ setupId, password: "Correct-Horse-9!", keep: false });
    expect(kinds(await app.api.secrets.list(), setupId)).toContainEqual(["pfx-password", "session"]);
    const locked = { ...app.keychain, getPassword: async () => null };
    const again = await openTestApp({ ...app, keychain: locked });
    expect(kinds(await again.api.secrets.list(), setupId)).toContainEqual(["private-key", "unreadable"]);
    await app.practice.close();
  });

  test("one is removed in the way its part of the app does, and the activity tells so", async () => {
    const { app, setupId } = await withSecrets();
    const [key, password] = (await app.api.secrets.list())[0]?.secrets ?? [];
    await app.api.secrets.remove({ setupId, id: password?.id ?? "" });
    expect((await app.api.setups.open({ setupId })).password.state).toBe("none");
    await app.api.secrets.remove({ setupId, id: key?.id ?? "" });
    expect((await app.api.setups.open({ setupId })).certificate?.keyStored).toBe(false);
    const { entries } = await app.api.setups.activity({ setupId });
    expect(entries.slice(-2).map(({ kind }) => kind)).toEqual(["password-forgotten", "secret-removed"]);
  });

  test("all of a setup can be removed at once: it is signed out, and other setups keep theirs", async () => {
    const { app, setupId } = await withSecrets();
    const other = (await app.api.setups.create({ name: "Other", cloud: "global" })).summary.id;
    await app.api.certificates.create({ setupId: other, task: newTask(), ...certificateInput });
    const left = await app.api.secrets.removeAll({ setupId });
    expect(left.map((one) => one.setupId)).toEqual([other]);
    const view = await app.api.setups.open({ setupId });
    expect(view.tenant.signIn.state).toBe("signed-out");
    expect(view.certificate?.keyStored).toBe(false);
  });

  test("a waiting request goes with its key", async () => {
    const app = await openTestApp();
    const setupId = (await app.api.setups.create({ name: "Contoso", cloud: "global" })).summary.id;
    const { notBefore: _from, notAfter: _to, ...details } = certificateInput;
    await app.api.certificates.createRequest({ setupId, task: newTask(), ...details });
    await app.api.secrets.removeAll({ setupId });
    expect((await app.api.setups.open({ setupId })).request).toBeNull();
  });

  test("what belongs to no setup any more can be removed as well", async () => {
    const app = await openTestApp();
    const { mkdir, copyFile, readdir } = await import("node:fs/promises");
    const setupId = (await app.api.setups.create({ name: "Contoso", cloud: "global" })).summary.id;
    await app.api.certificates.create({ setupId, task: newTask(), ...certificateInput });
    const vault = join(app.userData, "setups", setupId, "vault");
    const [file = ""] = await readdir(vault);
    const lost = join(app.userData, "setups", "5f0c0f5e-0000-4000-8000-000000000001", "vault");
    await mkdir(lost, { recursive: true });
    await copyFile(join(vault, file), join(lost, file));
    const list = await app.api.secrets.list();
    const orphan = list.at(-1);
    // Sealed for another setup, it opens for nobody.
    expect(orphan).toMatchObject({ name: "", secrets: [{ place: "unreadable", current: false }] });
    const left = await app.api.secrets.removeAll({ setupId: orphan?.setupId ?? "" });
    expect(left.map(({ name }) => name)).toEqual(["Contoso"]);
  });
});

describe("the secrets of a deleted setup", () => {
  async function withDeleted() {
    const app = await openTestApp();
    const setupId = (await app.api.setups.create({ name: "Contoso", cloud: "global" })).summary.id;
    await app.api.certificates.create({ setupId, task: newTask(), ...certificateInput });
    await app.api.certificates.setPassword({ setupId, password: "Correct-Horse-9!", keep: true });
    await app.api.setups.remove({ setupId });
    return { app, setupId };
  }

  test("are listed as such; one that is removed does not come back with the setup", async () => {
    const { app, setupId } = await withDeleted();
    const list = await app.api.secrets.list();
    expect(list).toMatchObject([{ setupId, name: "Contoso", deleted: setupId }]);
    expect(list[0]?.secrets.map(({ kind, place, current }) => [kind, place, current])).toEqual([
      ["private-key", "vault", true],
      ["pfx-password", "vault", true],
    ]);
    const left = await app.api.secrets.remove({ setupId, id: "pfx-password", deleted: setupId });
    expect(kinds(left, setupId)).toEqual([["private-key", "vault"]]);
    await app.api.setups.restore({ setupId });
    expect(await app.api.secrets.list()).toMatchObject([{ setupId, deleted: null }]);
    const view = await app.api.setups.open({ setupId });
    expect(view.certificate?.keyStored).toBe(true);
    expect(view.password.state).toBe("none");
  });

  test("can be removed all at once, also what is only in memory, and the list is empty then", async () => {
    const { app, setupId } = await withDeleted();
    await app.api.setups.restore({ setupId });
    await app.api.certificates.setPassword({ setupId, password: "Correct-Horse-9!", keep: false });
    await app.api.setups.remove({ setupId });
    const list = await app.api.secrets.list();
    expect(list.map(({ deleted }) => deleted)).toEqual([setupId]);
    expect(kinds(list, setupId)).toContainEqual(["pfx-password", "session"]);
    expect(await app.api.secrets.removeAll({ setupId, deleted: setupId })).toEqual([]);
    await app.api.setups.restore({ setupId });
    expect((await app.api.setups.open({ setupId })).certificate?.keyStored).toBe(false);
  });

  test("also leave the memory when it is deleted for good", async () => {
    const app = await openTestApp();
    const setupId = (await app.api.setups.create({ name: "Contoso", cloud: "global" })).summary.id;
    await app.api.certificates.setPassword({ setupId, password: "Correct-Horse-9!", keep: false });
    await app.api.setups.remove({ setupId });
    expect(await app.api.secrets.list()).toMatchObject([{ deleted: setupId }]);
    await app.api.setups.deleteForGood({ entry: setupId });
    expect(await app.api.secrets.list()).toEqual([]);
    expect(await app.vault.has(setupId, "pfx-password")).toBe(false);
  });

  test("are told from those of a setup of the same ID that is there", async () => {
    const { app, setupId } = await withDeleted();
    const { cp, rename } = await import("node:fs/promises");
    const older = `${setupId}.2`;
    const inTrash = (entry: string) => join(app.userData, "trash", entry);
    await cp(inTrash(setupId), inTrash(older), { recursive: true });
    await rename(inTrash(setupId), join(app.userData, "setups", setupId));
    const again = await openTestApp(app);
    const list = await again.api.secrets.list();
    expect(list.map(({ name, deleted }) => [name, deleted])).toEqual([
      ["Contoso", null],
      ["Contoso", older],
    ]);
    const left = await again.api.secrets.removeAll({ setupId, deleted: older });
    expect(left.map(({ deleted }) => deleted)).toEqual([null]);
    expect(kinds(left, setupId)).toEqual([
      ["private-key", "vault"],
      ["pfx-password", "vault"],
    ]);
    const other = "5f0c0f5e-0000-4000-8000-000000000001";
    await expect(
      again.api.secrets.remove({ setupId: other, id: "pfx-password", deleted: older }),
    ).rejects.toMatchObject({ code: "invalid-input" });
  });
});
