import { execFileSync } from "node:child_process";
import { mkdir, readFile, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { AppError } from "../../../main/errors.ts";
import type { SetupView } from "../../../preload/model/setup.ts";
import { stepIds } from "../../../preload/model/guide.ts";
import { bundledChild } from "../../support/bundled-child.ts";
import { spawnTestWorker } from "../../support/worker-process.ts";
import { applicationId, tenantId } from "../setups/sample.ts";
import type { TestApp } from "./app.ts";
import { certificateInput, newTask, openTestApp } from "./app.ts";

const workerFile = await bundledChild("main/certificates/worker.ts");

/** With certificate workers in processes of their own, for what happens while they work. */
const openWithProcesses = () =>
  openTestApp(undefined, undefined, { certificateWorker: () => spawnTestWorker(workerFile) });

const { notBefore: _from, notAfter: _to, ...requestInput } = certificateInput;

async function newSetup(app: TestApp): Promise<string> {
  return (await app.api.setups.create({ name: "Contoso AG", cloud: "global" })).summary.id;
}

const create = (app: TestApp, setupId: string) =>
  app.api.certificates.create({ setupId, task: newTask(), ...certificateInput });

async function exportPfx(app: TestApp, setupId: string, name = "connect.pfx"): Promise<void> {
  app.answers.push(join(app.saved, name));
  await app.api.certificates.exportPfx({ setupId, task: newTask(), profile: "strong" });
}

const vaultNames = (app: TestApp, setupId: string) => readdir(join(app.userData, "setups", setupId, "vault"));
const documentOf = (app: TestApp, setupId: string) => join(app.userData, "setups", setupId, "setup.json");

/** Saving a document fails inside, as on a full disk. */
async function withoutSaving(app: TestApp, setupId: string, work: () => Promise<unknown>): Promise<void> {
  const file = documentOf(app, setupId);
  await rename(file, `${file}.away`);
  await mkdir(file);
  await work();
  await rmdir(file);
  await rename(`${file}.away`, file);
}

/** What the setup says of its PFX is true: the file opens with the kept password and holds the certificate. */
async function expectPfxAsSaid(app: TestApp, setupId: string): Promise<SetupView> {
  const view = await app.api.setups.open({ setupId });
  const saved = view.certificate?.pfx ?? null;
  return saved === null ? view : app.api.certificates.checkPfx({ setupId });
}

describe("work on one setup at the same time", () => {
  test("two certificates made at once leave one, and only its key", async () => {
    const app = await openWithProcesses();
    const setupId = await newSetup(app);
    await Promise.all([create(app, setupId), create(app, setupId)]);
    const view = await app.api.setups.open({ setupId });
    expect((await vaultNames(app, setupId)).toSorted()).toEqual([
      `key-${view.certificate?.sha1}.vault`,
      "pfx-password.vault",
    ]);
  });

  test("a PFX is never taken for the one of a certificate or password that came while it was written", async () => {
    const app = await openWithProcesses();
    const setupId = await newSetup(app);
    await create(app, setupId);
    await Promise.all([
      exportPfx(app, setupId, "a.pfx"),
      app.api.certificates.newPassword({ setupId, keep: true }),
    ]);
    await expectPfxAsSaid(app, setupId);
    await Promise.all([create(app, setupId), exportPfx(app, setupId, "b.pfx")]);
    expect((await expectPfxAsSaid(app, setupId)).certificate?.pfx?.path).toBe(join(app.saved, "b.pfx"));
  });

  test("a setup removed while its certificate is made stays removed and comes back whole", async () => {
    const app = await openWithProcesses();
    const setupId = await newSetup(app);
    const making = create(app, setupId);
    await app.api.setups.remove({ setupId });
    await expect(making).rejects.toMatchObject({ code: "setup-not-found" });
    expect(await readdir(join(app.userData, "setups"))).toEqual([]);
    expect((await app.api.setups.restore({ setupId })).name).toBe("Contoso AG");
  });

  test("a request that waits for its authority survives another certificate and a second request", async () => {
    const app = await openWithProcesses();
    const setupId = await newSetup(app);
    await app.api.certificates.createRequest({ setupId, task: newTask(), ...requestInput });
    expect((await create(app, setupId)).request?.commonName).toBe("contoso.org");
    await expect(
      app.api.certificates.createRequest({ setupId, task: newTask(), ...requestInput }),
    ).rejects.toMatchObject({ code: "not-allowed" });
    expect(await vaultNames(app, setupId)).toContain("request-key.vault");
  });
});

describe("a save that fails in the middle", () => {
  test("of a new password leaves the old one and the PFX that it opens", async () => {
    const app = await openTestApp();
    const setupId = await newSetup(app);
    await create(app, setupId);
    await exportPfx(app, setupId);
    await withoutSaving(app, setupId, () =>
      expect(app.api.certificates.newPassword({ setupId, keep: true })).rejects.toMatchObject({
        code: "write-failed",
      }),
    );
    const again = await openTestApp(app);
    expect((await again.api.setups.open({ setupId })).certificate?.pfx).not.toBeNull();
    await expectPfxAsSaid(again, setupId);
  });

  test("of a new certificate leaves the old one and no key without a certificate", async () => {
    const app = await openTestApp();
    const setupId = await newSetup(app);
    const { certificate } = await create(app, setupId);
    await withoutSaving(app, setupId, () => expect(create(app, setupId)).rejects.toThrow());
    expect((await vaultNames(app, setupId)).toSorted()).toEqual([
      `key-${certificate?.sha1}.vault`,
      "pfx-password.vault",
    ]);
  });

  test("because the old key stays fails no work that is done: it is logged, and the key is listed", async () => {
    const app = await openTestApp();
    const setupId = await newSetup(app);
    const { certificate: old } = await create(app, setupId);
    await app.vault.remove(setupId, "pfx-password");
    const removing = vi.spyOn(app.vault, "remove").mockRejectedValue(new AppError("write-failed"));
    const replaced = await create(app, setupId);
    expect(replaced.certificate?.sha1).not.toBe(old?.sha1);
    expect(replaced.password.state).toBe("vault");
    expect((await app.api.certificates.remove({ setupId })).certificate).toBeNull();
    await app.api.certificates.createRequest({ setupId, task: newTask(), ...requestInput });
    expect((await app.api.certificates.discardRequest({ setupId })).request).toBeNull();
    expect(app.logged).toEqual(Array(3).fill("secret without use not removed"));
    removing.mockRestore();
    const [stored] = await app.api.secrets.list();
    expect(stored?.secrets.filter(({ kind }) => kind === "private-key")).toMatchObject([
      { current: false },
      { current: false },
    ]);
    await app.api.secrets.removeAll({ setupId });
    expect(await vaultNames(app, setupId)).toEqual([]);
  });

  test("of the activity fails no change: what was saved is shown as saved", async () => {
    const app = await openTestApp();
    const setupId = await newSetup(app);
    const journal = join(app.userData, "setups", setupId, "journal.jsonl");
    await rm(journal);
    await mkdir(journal);
    const view = await app.api.setups.setField({ setupId, field: "tenantName", value: "Contoso" });
    expect(view.summary.tenantName).toBe("Contoso");
    expect(app.logged).toEqual(["activity not written"]);
    await rmdir(journal);
    await app.api.setups.rename({ setupId, name: "Contoso Ltd" });
    const { entries } = await app.api.setups.activity({ setupId });
    expect(entries.map(({ kind }) => kind)).toEqual(["value-changed", "setup-renamed"]);
  });
});

describe("changes that change nothing", () => {
  test("leave no entry and not the time of the setup; nor does looking at a step", async () => {
    const app = await openTestApp();
    const setupId = await newSetup(app);
    const before = await app.api.setups.open({ setupId });
    await app.api.setups.setPosition({ setupId, step: "certificate" });
    await app.api.setups.markApplicable({ setupId, step: "certificate" });
    await app.api.setups.withdraw({ setupId, step: "certificate" });
    await app.api.setups.rename({ setupId, name: "Contoso AG" });
    const after = await app.api.setups.open({ setupId });
    expect(after.position).toBe("certificate");
    expect(after.summary.updatedAt).toBe(before.summary.updatedAt);
    expect((await app.api.setups.activity({ setupId })).entries).toHaveLength(1);
  });

  test("do not hide a new password that looks like the one before", async () => {
    const app = await openTestApp();
    const setupId = await newSetup(app);
    await app.api.certificates.newPassword({ setupId, keep: true });
    await app.api.certificates.newPassword({ setupId, keep: true });
    const { entries } = await app.api.setups.activity({ setupId });
    expect(entries.filter(({ kind }) => kind === "password-set")).toHaveLength(2);
  });
});

describe("taking Rollout back like any step", () => {
  test("takes its record back as well, so that the setup no longer says it is connected", async () => {
    const app = await openTestApp();
    const setupId = await newSetup(app);
    const typed = {
      tenantDomain: "contoso.onmicrosoft.com",
      applicationId,
      tenantId,
      portalUrl: "https://portal.iam.example",
    } as const;
    for (const [field, value] of Object.entries(typed)) {
      await app.api.setups.setField({ setupId, field: field as keyof typeof typed, value });
    }
    const { certificate } = await create(app, setupId);
    await exportPfx(app, setupId);
    const value = certificate?.sha1 ?? "";
    await app.api.setups.setField({ setupId, field: "uploadedThumbprint", value });
    for (const step of stepIds.filter((id) => id !== "rollout" && id !== "certificate")) {
      await app.api.setups.confirm({ setupId, step, by: "Ada", note: "" });
    }
    await app.api.rollout.record({ setupId, result: "connected", text: "", by: "Ada" });
    await app.api.rollout.close({ setupId });
    const failed = await app.api.rollout.record({ setupId, result: "failed", text: "No answer", by: "Ada" });
    expect(failed.rollout).toMatchObject({ record: { result: "failed" }, closedAt: null });
    await app.api.rollout.record({ setupId, result: "connected", text: "", by: "Ada" });
    const view = await app.api.setups.withdraw({ setupId, step: "rollout" });
    expect(view.rollout.record).toBeNull();
    expect(view.summary.rolledOut).toBe(false);
  });
});

describe("files from elsewhere", () => {
  test("the password of an imported PFX is copied as it was typed, umlauts included", async () => {
    const app = await openTestApp();
    const setupId = await newSetup(app);
    const at = (name: string) => join(app.saved, name);
    const password = "Grüße-aus-Köln-42";
    const subject = ["-subj", "/CN=contoso.org", "-days", "90"];
    const out = ["-keyout", at("k.pem"), "-out", at("c.pem")];
    execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", ...subject, ...out], {
      stdio: "ignore",
    });
    const files = ["-inkey", at("k.pem"), "-in", at("c.pem"), "-out", at("own.pfx")];
    execFileSync("openssl", ["pkcs12", "-export", ...files, "-passout", `pass:${password}`]);
    const file = { name: "own.pfx", bytes: new Uint8Array(await readFile(at("own.pfx"))) };
    const { fileId } = await app.api.certificates.offerImport({ setupId, file });
    const accept = { setupId, task: newTask(), fileId, password, keepPassword: true };
    await app.api.certificates.acceptImport(accept);
    await app.api.certificates.copyPassword({ setupId });
    expect(app.copied).toEqual([password]);
    await expect(app.api.certificates.acceptImport(accept), "the file is erased").rejects.toMatchObject({
      code: "file-not-found",
    });
  });

  test("a setup file that is far too large is called no setup file, not a certificate", async () => {
    const app = await openTestApp();
    await writeFile(join(app.saved, "huge.json"), Buffer.alloc(6_000_000, 0x20));
    app.answers.push(join(app.saved, "huge.json"));
    await expect(app.api.setups.importFile()).rejects.toMatchObject({ code: "setup-file-invalid" });
  });
});
