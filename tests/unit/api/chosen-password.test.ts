import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { ChosenPassword } from "../../../preload/model/certificates.ts";
import type { WorkerProcess } from "../../../main/certificates/runner.ts";
import { AppError } from "../../../main/errors.ts";
import { pfxPasswordName } from "../../../main/setups/secret-names.ts";
import { startLocalWorker } from "../../support/worker-process.ts";
import type { TestApp } from "./app.ts";
import { certificateInput, copyOfApp, newTask, openTestApp } from "./app.ts";

const lost = "Correct-Horse-42";
const generated: ChosenPassword = { kind: "generated", keep: true };
const typed: ChosenPassword = { kind: "typed", password: "Better-Horse-43", keep: true };

async function withCertificate(app: TestApp): Promise<string> {
  const { summary } = await app.api.setups.create({ name: "Contoso AG", cloud: "global" });
  await app.api.certificates.create({ setupId: summary.id, task: newTask(), ...certificateInput });
  return summary.id;
}

async function makeTemplate() {
  const app = await openTestApp();
  const setupId = await withCertificate(app);
  await app.api.certificates.setPassword({ setupId, password: lost, keep: false });
  app.answers.push(join(app.saved, "connect.pfx"));
  await app.api.certificates.exportPfx({ setupId, task: newTask(), profile: "strong" });
  await app.quit();
  return { app, setupId };
}

let template: ReturnType<typeof makeTemplate> | null = null;

/** A restarted app: key and PFX are there, its password was not kept. */
async function withLostPassword() {
  const made = await (template ??= makeTemplate());
  const app = await copyOfApp(made.app);
  return { app, setupId: made.setupId, path: join(app.saved, "connect.pfx") };
}

/** All that the setup is: its document, its secrets and the saved files. */
async function everything(app: TestApp, setupId: string) {
  const folder = join(app.userData, "setups", setupId);
  const saved = await readdir(app.saved);
  return {
    view: await app.api.setups.open({ setupId }),
    activity: (await app.api.setups.activity({ setupId })).entries,
    document: await readFile(join(folder, "setup.json"), "utf8"),
    vault: (await readdir(join(folder, "vault"))).toSorted(),
    saved: await Promise.all(saved.map(async (name) => [name, await readFile(join(app.saved, name), "hex")])),
  };
}

const exportPfx = (app: TestApp, setupId: string, password: ChosenPassword) =>
  app.api.certificates.exportPfx({ setupId, task: newTask(), profile: "strong", password });
const exportPem = (app: TestApp, setupId: string, password?: ChosenPassword) =>
  app.api.certificates.exportPem({ setupId, task: newTask(), ...(password && { password }) });

/** The saving of this secret fails, as on a full disk. */
function withoutKeeping(app: TestApp, purpose: string): void {
  const put = app.vault.put.bind(app.vault);
  vi.spyOn(app.vault, "put").mockImplementation(async (setupId, name, ...rest) => {
    if (name === purpose) throw new AppError("disk-full");
    return put(setupId, name, ...rest);
  });
}

describe("a password chosen for an export", () => {
  test("is taken over when the PFX is saved: it opens the file, and the setup knows it", async () => {
    const { app, setupId } = await withLostPassword();
    app.answers.push(join(app.saved, "new.pfx"));
    await exportPfx(app, setupId, typed);
    const again = await openTestApp(app);
    const view = await again.api.certificates.checkPfx({ setupId });
    expect(view.certificate?.pfx?.path).toBe(join(app.saved, "new.pfx"));
    expect(view.password).toEqual({ state: "vault", generated: false, length: 15 });
    const { password } = await again.api.certificates.revealPassword({ setupId });
    expect(password).toBe("Better-Horse-43");
    const { entries } = await again.api.setups.activity({ setupId });
    expect(entries.map(({ kind }) => kind)).toContain("password-set");
  });

  test.each([
    ["generated", generated],
    ["typed", typed],
  ])("changes nothing when the dialog is closed: %s", async (_, password) => {
    const { app, setupId } = await withLostPassword();
    const before = await everything(app, setupId);
    expect(await exportPfx(app, setupId, password)).toEqual({ canceled: true });
    expect(await exportPem(app, setupId, password)).toEqual({ canceled: true });
    expect(await everything(app, setupId)).toEqual(before);
  });

  test("changes nothing when the file can't be written", async () => {
    const { app, setupId } = await withLostPassword();
    const before = await everything(app, setupId);
    app.answers.push(join(app.saved, "gone", "new.pfx"));
    await expect(exportPfx(app, setupId, generated)).rejects.toMatchObject({ code: "file-not-found" });
    expect(await everything(app, setupId)).toEqual(before);
  });

  test("leaves the recorded PFX as it was when its file is not replaced at the last moment", async () => {
    const { app: first, setupId, path } = await withLostPassword();
    let gone = 0;
    // The clock is read when the PFX is forgotten, right before the new file gets its name; then that is missing.
    const app = await openTestApp(first, () => {
      for (const name of readdirSync(first.saved).filter((one) => one.endsWith(".tmp"))) {
        rmSync(join(first.saved, name));
        gone += 1;
      }
      return new Date();
    });
    const before = await everything(app, setupId);
    app.answers.push(path);
    await expect(exportPfx(app, setupId, generated)).rejects.toMatchObject({ code: "file-not-found" });
    expect(gone).toBe(1);
    const { view, saved } = await everything(app, setupId);
    expect(view.certificate).toEqual(before.view.certificate);
    expect(view.steps).toEqual(before.view.steps);
    expect(view.password).toEqual(before.view.password);
    expect(saved).toEqual(before.saved);
  });

  test("changes nothing when the work is cancelled, and a bad one is refused before the dialog", async () => {
    const { app, setupId, path } = await withLostPassword();
    const before = await everything(app, setupId);
    app.answers.push(path);
    const task = newTask();
    const { saved } = app;
    await app.api.certificates.cancel({ task });
    await expect(
      app.api.certificates.exportPfx({ setupId, task, profile: "strong", password: generated }),
    ).rejects.toMatchObject({ code: "canceled" });
    app.answers.push(join(saved, "new.pfx"));
    const short = { kind: "typed", password: "short", keep: true } as const;
    await expect(exportPfx(app, setupId, short)).rejects.toMatchObject({ code: "password-too-short" });
    expect(app.answers).toHaveLength(1);
    expect(await everything(app, setupId)).toEqual(before);
  });

  test("leaves the PFX recorded when it can't be kept, unless its file was replaced", async () => {
    const { app, setupId, path } = await withLostPassword();
    const before = await app.api.setups.open({ setupId });
    withoutKeeping(app, pfxPasswordName);
    app.answers.push(join(app.saved, "new.pfx"), path);
    await expect(exportPfx(app, setupId, generated)).rejects.toMatchObject({ code: "disk-full" });
    const after = await app.api.setups.open({ setupId });
    expect(after.certificate?.pfx).toEqual(before.certificate?.pfx);
    expect(after.steps).toEqual(before.steps);
    expect(after.password).toEqual(before.password);
    await expect(exportPfx(app, setupId, generated)).rejects.toMatchObject({ code: "disk-full" });
    expect((await app.api.setups.open({ setupId })).certificate?.pfx).toBeNull();
  });

  test.each([
    ["over the recorded PFX, which is forgotten before its file is replaced", "connect.pfx", null],
    ["beside the recorded PFX, which stays", "new.pfx", "connect.pfx"],
  ])("is not trusted when the saved file can't be opened again: %s", async (_, name, kept) => {
    const { app, setupId } = await withLostPassword();
    const document = join(app.userData, "setups", setupId, "setup.json");
    /** What the app would find after it ended in the middle, each time that a worker starts. */
    const found: unknown[] = [];
    const certificateWorker = () => {
      const { certificate } = JSON.parse(readFileSync(document, "utf8"));
      found.push(certificate.pfx === null ? null : basename(certificate.pfx.path));
      return found.length === 1 ? startLocalWorker() : deadWorker();
    };
    const broken = await openTestApp(app, undefined, { certificateWorker });
    broken.answers.push(join(app.saved, name));
    await expect(exportPfx(broken, setupId, generated)).rejects.toMatchObject({
      code: "certificate-worker-failed",
    });
    expect(found).toEqual(["connect.pfx", kept]);
    expect(broken.changed).toBe(1);
    const view = await broken.api.setups.open({ setupId });
    expect(view.certificate?.pfx?.path ?? null).toBe(kept === null ? null : join(app.saved, kept));
    expect(view.password.state).toBe("none");
  });
});

describe("a password chosen for an encrypted PEM", () => {
  test("is the setup's afterwards and opens the PEM, while there is no PFX", async () => {
    const app = await openTestApp();
    const setupId = await withCertificate(app);
    await app.api.certificates.forgetPassword({ setupId });
    const path = join(app.saved, "with key.pem");
    app.answers.push(path);
    await exportPem(app, setupId, typed);
    expect((await app.api.setups.open({ setupId })).password).toMatchObject({ state: "vault", length: 15 });
    const key = execFileSync("openssl", ["pkey", "-in", path, "-passin", "pass:Better-Horse-43", "-noout"]);
    expect(key.toString()).toBe("");
  });

  test("is refused beside a saved PFX that has another one, which stays as it is", async () => {
    const { app, setupId } = await withLostPassword();
    const before = await everything(app, setupId);
    app.answers.push(join(app.saved, "a.pem"), join(app.saved, "b.pem"));
    await expect(exportPem(app, setupId, typed)).rejects.toMatchObject({ code: "secret-missing" });
    await expect(exportPem(app, setupId)).rejects.toMatchObject({ code: "secret-missing" });
    expect(await everything(app, setupId)).toEqual(before);
    await app.api.certificates.checkPfx({ setupId, password: lost });
    app.answers.push(join(app.saved, "a.pem"));
    await exportPem(app, setupId);
    expect((await app.api.setups.open({ setupId })).certificate?.pfx).not.toBeNull();
  });
});

describe("a password chosen for another certificate", () => {
  test("changes nothing when its creation is cancelled or fails", async () => {
    const { app, setupId } = await withLostPassword();
    const before = await everything(app, setupId);
    const task = newTask();
    await app.api.certificates.cancel({ task });
    const creating = { setupId, ...certificateInput, password: generated };
    await expect(app.api.certificates.create({ ...creating, task })).rejects.toMatchObject({
      code: "canceled",
    });
    const { sha1 } = before.view.certificate ?? {};
    vi.spyOn(app.vault, "put").mockRejectedValueOnce(new AppError("disk-full"));
    await expect(app.api.certificates.create({ ...creating, task: newTask() })).rejects.toThrow();
    expect(await everything(app, setupId)).toEqual(before);
    expect(before.vault).toEqual([`key-${sha1}.vault`]);
  });

  test("is kept once the certificate is there", async () => {
    const { app, setupId, path } = await withLostPassword();
    const view = await app.api.certificates.create({
      setupId,
      task: newTask(),
      ...certificateInput,
      password: { ...typed, keep: false },
    });
    expect(view.password).toEqual({ state: "session", generated: false, length: 15 });
    expect(view.certificate?.pfx).toBeNull();
    app.answers.push(path);
    await app.api.certificates.exportPfx({ setupId, task: newTask(), profile: "strong" });
    await app.api.certificates.checkPfx({ setupId });
  });

  test("that can't be kept leaves the new certificate without one, and the window is told", async () => {
    const { app, setupId } = await withLostPassword();
    const before = await app.api.setups.open({ setupId });
    withoutKeeping(app, pfxPasswordName);
    const told = app.changed;
    await expect(
      app.api.certificates.create({ setupId, task: newTask(), ...certificateInput, password: typed }),
    ).rejects.toMatchObject({ code: "disk-full" });
    const view = await app.api.setups.open({ setupId });
    expect(view.certificate?.sha1).not.toBe(before.certificate?.sha1);
    expect(view.certificate).toMatchObject({ keyStored: true, pfx: null });
    expect(view.password.state).toBe("none");
    expect(app.changed).toBe(told + 1);
  });
});

/** A worker that ends before it has done anything. */
function deadWorker(): WorkerProcess {
  return {
    postMessage: () => undefined,
    onMessage: () => undefined,
    onExit: (listener) => queueMicrotask(() => listener(1)),
    kill: () => undefined,
  };
}

test("the same PFX imported again stays recorded when its password can't be kept, and the window is told", async () => {
  const { app, setupId, path } = await withLostPassword();
  const before = await app.api.setups.open({ setupId });
  const file = { name: "connect.pfx", bytes: new Uint8Array(await readFile(path)) };
  const { fileId } = await app.api.certificates.offerImport({ setupId, file });
  withoutKeeping(app, pfxPasswordName);
  const told = app.changed;
  const accept = { setupId, task: newTask(), fileId, password: lost, keepPassword: true };
  await expect(app.api.certificates.acceptImport(accept)).rejects.toMatchObject({ code: "disk-full" });
  expect(before.certificate?.pfx).not.toBeNull();
  const after = await app.api.setups.open({ setupId });
  expect(after.certificate?.pfx).toEqual(before.certificate?.pfx);
  expect(app.changed).toBeGreaterThan(told);
});
