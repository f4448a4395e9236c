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

function accept(app: TestApp, setupId: string, fileId: string, password = passwordText): Promise<SetupView> {
  const choice = { fileId, password, keepPassword: true };
  return app.api.certificates.acceptImport({ setupId, task: newTask(), ...choice });
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

describe("the same certificate imported again", () => {
  const stateOf = (view: SetupView) => view.steps.find(({ id }) => id === "certificate")?.state;
  const savedKinds = ({ certificate }: SetupView) => certificate?.exports.map(({ kind }) => kind);

  async function dropped(app: TestApp, setupId: string, path: string, password = passwordText) {
    const file = { name: "dropped", bytes: new Uint8Array(await readFile(path)) };
    const { fileId } = await app.api.certificates.offerImport({ setupId, file });
    return accept(app, setupId, fileId, password);
  }

  test("keeps the place of its PFX and the saved files when the same file is dropped", async () => {
    const { app, setupId, path } = await withCngPfx();
    app.answers.push(join(app.saved, "public.cer"));
    await app.api.certificates.exportPublic({ setupId, format: "cer-der" });
    // Whose password was lost gets it back like this.
    await app.api.certificates.forgetPassword({ setupId });
    const view = await dropped(app, setupId, path);
    expect(view.certificate?.pfx?.path).toBe(path);
    expect(savedKinds(view)).toEqual(["cer-der"]);
    expect(stateOf(view)).toBe("done");
    expect(view.password.state).toBe("vault");
  });

  test.each(["windows.pfx", "windows.pfx.pem"])(
    "keeps the PFX that the app saved when it is dropped in another form: %s",
    async (name) => {
      const { app, setupId } = await withCngPfx();
      const saved = join(app.saved, "connect.pfx");
      app.answers.push(saved);
      await app.api.certificates.exportPfx({ setupId, task: newTask(), profile: "strong" });
      const before = await app.api.setups.open({ setupId });
      const password = name.endsWith(".pem") ? "" : passwordText;
      const view = await dropped(app, setupId, join(app.saved, name), password);
      expect(view.certificate).toMatchObject({ pfx: before.certificate?.pfx, keyProvider: "csp" });
      expect(savedKinds(view)).toEqual(["pfx"]);
      expect(stateOf(view)).toBe("done");
      await app.api.certificates.checkPfx({ setupId });
    },
  );

  test("takes a chosen file in the place of the saved PFX, and shows that one", async () => {
    const { app, setupId, path } = await withCngPfx();
    app.answers.push(join(app.saved, "connect.pfx"));
    await app.api.certificates.exportPfx({ setupId, task: newTask(), profile: "strong" });
    const view = await importChosen(app, setupId, path);
    expect(view.certificate).toMatchObject({ pfx: { path }, keyProvider: "cng" });
    expect(savedKinds(view)).toEqual(["pfx"]);
    await app.api.certificates.showExport({ setupId, kind: "pfx" });
    expect(app.opened).toEqual([path]);
  });
});
