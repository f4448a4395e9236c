import { execFileSync } from "node:child_process";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { SetupView } from "../../../preload/model/setup.ts";
import type { StepId } from "../../../preload/model/guide.ts";
import { stepIds } from "../../../preload/model/guide.ts";
import { bundledChild } from "../../support/bundled-child.ts";
import { spawnTestWorker } from "../../support/worker-process.ts";
import { applicationId, tenantId } from "../setups/sample.ts";
import type { TestApp } from "./app.ts";
import { certificateInput, copyOfApp, newTask, openTestApp } from "./app.ts";

const stateOf = (view: SetupView, id: StepId) => view.steps.find((step) => step.id === id)?.state;

const workerFile = await bundledChild("main/certificates/worker.ts");
/** With certificate workers in processes of their own. */
const withProcesses = { certificateWorker: () => spawnTestWorker(workerFile) };

async function newSetup(app: TestApp): Promise<string> {
  return (await app.api.setups.create({ name: "Contoso AG", cloud: "global" })).summary.id;
}

async function savePfx(app: TestApp, setupId: string): Promise<{ path: string; view: SetupView }> {
  await app.api.certificates.create({ setupId, task: newTask(), ...certificateInput });
  const path = join(app.saved, "connect.pfx");
  app.answers.push(path);
  const chosen = await app.api.certificates.exportPfx({ setupId, task: newTask(), profile: "strong" });
  if (chosen.canceled) throw new Error("the save dialog was closed");
  return chosen;
}

/** An app with a setup whose certificate is made and whose PFX is saved; made once. */
async function makeTemplate() {
  const app = await openTestApp();
  const setupId = await newSetup(app);
  await savePfx(app, setupId);
  await app.quit();
  return { app, setupId };
}

let template: ReturnType<typeof makeTemplate> | null = null;

async function withSavedPfx(): Promise<{ app: TestApp; setupId: string; path: string }> {
  const made = await (template ??= makeTemplate());
  const app = await copyOfApp(made.app);
  return { app, setupId: made.setupId, path: join(app.saved, "connect.pfx") };
}

describe("the offline path through main", () => {
  test("goes from an empty setup to a closed one, across restarts, with files openssl reads", async () => {
    let app = await openTestApp(undefined, undefined, withProcesses);
    const setupId = await newSetup(app);
    const fields = {
      tenantDomain: "contoso.onmicrosoft.com",
      applicationId,
      tenantId,
      portalUrl: "https://portal.iam.example",
    } as const;
    for (const [field, value] of Object.entries(fields)) {
      await app.api.setups.setField({ setupId, field: field as keyof typeof fields, value });
    }
    const { path, view } = await savePfx(app, setupId);
    expect(stateOf(view, "certificate")).toBe("done");
    expect(view.steps.find((step) => step.id === "certificate")?.basis).toBe("verified");

    app = await openTestApp(app, undefined, withProcesses);
    const { password } = await app.api.certificates.revealPassword({ setupId });
    const shown = execFileSync("openssl", [
      "pkcs12",
      "-in",
      path,
      "-passin",
      `pass:${password}`,
      "-nokeys",
      "-clcerts",
    ]);
    expect(shown.toString()).toContain("contoso.org");
    app.answers.push(join(app.saved, "connect.cer"));
    await app.api.certificates.exportPublic({ setupId, format: "cer-der" });
    const printed = execFileSync("openssl", [
      "x509",
      "-inform",
      "der",
      "-in",
      join(app.saved, "connect.cer"),
      "-noout",
      "-fingerprint",
    ]);
    const sha1 = view.certificate?.sha1 ?? "";
    expect(printed.toString().replaceAll(":", "")).toContain(sha1);
    await app.api.setups.setField({ setupId, field: "uploadedThumbprint", value: sha1 });

    for (const step of stepIds.filter((id) => id !== "rollout" && id !== "certificate")) {
      await app.api.setups.confirm({ setupId, step, by: "Ada", note: "" });
    }
    app = await openTestApp(app, undefined, withProcesses);
    const ready = await app.api.setups.open({ setupId });
    expect(ready.rollout.missing).toEqual([]);
    await app.api.rollout.record({ setupId, result: "connected", text: "", by: "Ada" });
    app.answers.push(app.saved);
    const handover = await app.api.rollout.handover({ setupId, languages: ["en", "de"] });
    expect(handover.canceled).toBe(false);
    expect((await app.api.rollout.close({ setupId })).rollout.closedAt).not.toBeNull();
    const activity = await app.api.setups.activity({ setupId });
    expect(activity.chain).toEqual({ intact: true, brokenAt: null });

    for (const file of await readdir(app.userData, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const bytes = await readFile(join(file.parentPath, file.name));
      expect(bytes.includes(password), `${file.name} holds the password`).toBe(false);
      expect(bytes.includes("PRIVATE KEY"), `${file.name} holds a key`).toBe(false);
    }
  });

  test("a new password makes the saved PFX worthless until it is saved again", async () => {
    const { app, setupId } = await withSavedPfx();
    const changed = await app.api.certificates.newPassword({ setupId, keep: true });
    expect(stateOf(changed, "certificate")).toBe("in-progress");
    expect(changed.certificate?.pfx).toBeNull();
    app.answers.push(join(app.saved, "again.pfx"));
    await app.api.certificates.exportPfx({ setupId, task: newTask(), profile: "older-windows" });
    expect(stateOf(await app.api.setups.open({ setupId }), "certificate")).toBe("done");
  });

  test("a password that is not kept is gone after a restart, and the typed one opens the PFX again", async () => {
    let app = await openTestApp();
    const setupId = await newSetup(app);
    await app.api.certificates.setPassword({ setupId, password: "Correct-Horse-42", keep: false });
    await savePfx(app, setupId);
    app = await openTestApp(app);
    const view = await app.api.setups.open({ setupId });
    expect(view.password.state).toBe("none");
    expect(stateOf(view, "certificate")).toBe("done");
    await expect(app.api.certificates.checkPfx({ setupId })).rejects.toMatchObject({
      code: "secret-missing",
    });
    await expect(
      app.api.certificates.checkPfx({ setupId, password: "Wrong-Horse-43" }),
    ).rejects.toMatchObject({
      code: "password-wrong",
    });
    expect(
      (await app.api.certificates.checkPfx({ setupId, password: "Correct-Horse-42" })).password.state,
    ).toBe("vault");
  });

  test("a PFX that is gone is noticed when it is checked, but may be elsewhere: the step stays done", async () => {
    const { app, setupId, path } = await withSavedPfx();
    await rm(path);
    await expect(app.api.certificates.checkPfx({ setupId })).rejects.toMatchObject({
      code: "file-not-found",
    });
    await expect(app.api.certificates.checkPfx({ setupId, password: "Wrong-Horse-43" })).rejects.toThrow();
    expect(stateOf(await app.api.setups.open({ setupId }), "certificate")).toBe("done");
  });

  test("a PFX replaced by something else is no longer called verified, and has to be saved again", async () => {
    const { app, setupId, path } = await withSavedPfx();
    await writeFile(path, "something else");
    await expect(app.api.certificates.checkPfx({ setupId })).rejects.toMatchObject({
      code: "certificate-not-recognised",
    });
    const view = await app.api.setups.open({ setupId });
    expect(stateOf(view, "certificate")).toBe("in-progress");
    expect(view.certificate?.pfx).toBeNull();
    const { entries } = await app.api.setups.activity({ setupId });
    expect(entries.at(-1)?.kind).toBe("pfx-check-failed");
  });

  test("an existing PFX is recognised, asked for its password and becomes the setup's own", async () => {
    const { app, setupId: first, path } = await withSavedPfx();
    const { password } = await app.api.certificates.revealPassword({ setupId: first });
    const setupId = await newSetup(app);
    const file = { name: "connect.pfx", bytes: new Uint8Array(await readFile(path)) };
    const offered = await app.api.certificates.offerImport({ setupId, file });
    expect(offered.inspection).toMatchObject({ kind: "pfx", locked: true });
    const accept = { setupId, task: newTask(), fileId: offered.fileId, keepPassword: true };
    await expect(
      app.api.certificates.acceptImport({ ...accept, password: "not-the-password" }),
    ).rejects.toMatchObject({
      code: "password-wrong",
    });
    const view = await app.api.certificates.acceptImport({ ...accept, password });
    expect(view.certificate?.origin).toBe("imported");
    expect(stateOf(view, "certificate")).toBe("done");
  });

  test("a certificate authority's answer completes a request", async () => {
    const app = await openTestApp();
    const setupId = await newSetup(app);
    const { notBefore: _from, notAfter: _to, ...names } = certificateInput;
    const waiting = await app.api.certificates.createRequest({ setupId, task: newTask(), ...names });
    expect(stateOf(waiting, "certificate")).toBe("waiting");
    const csr = join(app.saved, "request.csr");
    app.answers.push(csr);
    await app.api.certificates.saveRequest({ setupId });
    const at = (name: string) => join(app.saved, name);
    execFileSync(
      "openssl",
      [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        at("ca.key"),
        "-out",
        at("ca.pem"),
        "-subj",
        "/CN=Test CA",
        "-days",
        "400",
      ],
      { stdio: "ignore" },
    );
    execFileSync(
      "openssl",
      [
        "x509",
        "-req",
        "-in",
        csr,
        "-CA",
        at("ca.pem"),
        "-CAkey",
        at("ca.key"),
        "-CAcreateserial",
        "-days",
        "300",
        "-sha256",
        "-out",
        at("issued.pem"),
      ],
      { stdio: "ignore" },
    );
    app.answers.push(at("issued.pem"));
    const chosen = await app.api.certificates.chooseIssued({ setupId });
    if (chosen.canceled) throw new Error("the dialog was closed");
    expect(chosen.view.certificate).toMatchObject({
      origin: "authority",
      issuer: expect.stringContaining("Test CA"),
      keyStored: true,
    });
    expect(chosen.view.request).toBeNull();
  });

  test("a wait ends with its step: what goes wrong there later needs attention", async () => {
    const app = await openTestApp();
    const setupId = await newSetup(app);
    const domain = async (value: string) =>
      stateOf(await app.api.setups.setField({ setupId, field: "tenantDomain", value }), "admin-portal");
    await domain("contoso.onmicrosoft.com");
    await app.api.setups.confirm({ setupId, step: "azure-active-directory", by: "Ada", note: "" });
    await app.api.setups.confirm({ setupId, step: "admin-portal", by: "Ada", note: "" });
    expect(await domain("fabrikam.onmicrosoft.com")).toBe("needs-attention");
    const wait = { setupId, step: "admin-portal", who: "Grace", note: "" } as const;
    expect(stateOf(await app.api.setups.startWaiting(wait), "admin-portal")).toBe("waiting");
    expect(await domain("contoso.onmicrosoft.com")).toBe("done");
    expect(await domain("fabrikam.onmicrosoft.com")).toBe("needs-attention");
  });

  test("replacing the certificate keeps the key that belongs to the record", async () => {
    const { app, setupId } = await withSavedPfx();
    const again = await savePfx(app, setupId);
    expect(again.view.certificate?.keyStored).toBe(true);
    const vault = await readdir(join(app.userData, "setups", setupId, "vault"));
    expect(vault.filter((name) => name.startsWith("key-"))).toHaveLength(1);
  });

  test("a closed dialog changes nothing", async () => {
    const app = await openTestApp();
    const setupId = await newSetup(app);
    await app.api.certificates.create({ setupId, task: newTask(), ...certificateInput });
    const before = await app.api.setups.open({ setupId });
    expect(await app.api.certificates.exportPfx({ setupId, task: newTask(), profile: "strong" })).toEqual({
      canceled: true,
    });
    expect(await app.api.setups.open({ setupId })).toEqual(before);
  });

  test("cancelling stops the work and leaves the setup as it was", async () => {
    const app = await openTestApp(undefined, undefined, withProcesses);
    const setupId = await newSetup(app);
    const task = newTask();
    const creating = app.api.certificates.create({ setupId, task, ...certificateInput, keySize: 4096 });
    await app.api.certificates.cancel({ task });
    await expect(creating).rejects.toMatchObject({ code: "canceled" });
    expect((await app.api.setups.open({ setupId })).certificate).toBeNull();
  });

  test("links open only when their values are there, and only on allowed hosts", async () => {
    const app = await openTestApp();
    const setupId = await newSetup(app);
    await expect(app.api.setups.openLink({ setupId, link: "application-permissions" })).rejects.toMatchObject(
      {
        code: "link-not-allowed",
      },
    );
    await app.api.setups.setField({ setupId, field: "applicationId", value: applicationId });
    await app.api.setups.openLink({ setupId, link: "application-permissions" });
    expect(app.opened).toEqual([expect.stringContaining(applicationId)]);
  });

  test("a setup file brings a colleague everything but secrets", async () => {
    const { app, setupId } = await withSavedPfx();
    const path = join(app.saved, "setup.json");
    app.answers.push(path, path);
    await app.api.setups.exportFile({ setupId });
    const imported = await app.api.setups.importFile();
    if (imported.canceled) throw new Error("the dialog was closed");
    const view = await app.api.setups.open({ setupId: imported.setupId });
    expect(view.certificate).toMatchObject({ keyStored: false, pfx: null });
    expect(view.password.state).toBe("none");
  });
});
