import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { SetupView } from "../../../preload/model/setup.ts";
import { passwordText, sample } from "../certificates/sample.ts";
import { run } from "../certificates/tools.ts";
import type { TestApp } from "./app.ts";
import { newTask, openTestApp } from "./app.ts";

const cngProvider = "Microsoft Software Key Storage Provider";

/** Writes a PFX that asks for CNG, as Windows exports it. */
async function cngPfx(path: string): Promise<string> {
  const { key, certificate } = await sample();
  const pem = createPrivateKey({ key: Buffer.from(key), format: "der", type: "pkcs8" });
  await writeFile(
    `${path}.pem`,
    pem.export({ type: "pkcs8", format: "pem" }) + String(new X509Certificate(certificate)),
  );
  const options = ["-CSP", cngProvider, "-passout", "env:PASS", "-in", `${path}.pem`, "-out", path];
  run("openssl", ["pkcs12", "-export", ...options]);
  return path;
}

async function newSetup(app: TestApp): Promise<string> {
  return (await app.api.setups.create({ name: "Contoso AG", cloud: "global" })).summary.id;
}

function accept(app: TestApp, setupId: string, fileId: string): Promise<SetupView> {
  const password = { password: passwordText, keepPassword: true };
  return app.api.certificates.acceptImport({ setupId, task: newTask(), fileId, ...password });
}

async function importChosen(app: TestApp, setupId: string, path: string): Promise<SetupView> {
  app.answers.push(path);
  const chosen = await app.api.certificates.chooseImport({ setupId });
  if (chosen.canceled) throw new Error("the dialog was closed");
  return accept(app, setupId, chosen.fileId);
}

async function withCngPfx() {
  const app = await openTestApp();
  const setupId = await newSetup(app);
  const path = await cngPfx(join(app.saved, "windows.pfx"));
  return { app, setupId, path, view: await importChosen(app, setupId, path) };
}

describe("the key store that the PFX asks for", () => {
  test("is that of the imported file, until the app writes the PFX itself", async () => {
    const { app, setupId, view } = await withCngPfx();
    expect(view.certificate?.keyProvider).toBe("cng");
    app.answers.push(join(app.saved, "connect.pfx"));
    await app.api.certificates.exportPfx({ setupId, task: newTask(), profile: "strong" });
    expect((await app.api.setups.open({ setupId })).certificate?.keyProvider).toBe("csp");
  });

  test("is read anew when the saved PFX is checked", async () => {
    const { app, setupId, path } = await withCngPfx();
    app.answers.push(join(app.saved, "connect.pfx"));
    await app.api.certificates.exportPfx({ setupId, task: newTask(), profile: "strong" });
    await writeFile(join(app.saved, "connect.pfx"), await readFile(path));
    const checked = await app.api.certificates.checkPfx({ setupId });
    expect(checked.certificate?.keyProvider).toBe("cng");
  });
});
