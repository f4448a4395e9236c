import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { TestApp } from "./app.ts";
import { certificateInput, newTask, openTestApp } from "./app.ts";
import { signInAs } from "./practice-browser.ts";

const password = "Canary-Kanarienvogel-7!";

/** Everything in the vault of a setup, as somebody would look for it: whole, in base64, in hexadecimal, in pieces. */
async function secretsOf(app: TestApp, setupId: string): Promise<string[]> {
  const found: string[] = [];
  for (const { purpose } of (await app.vault.list()).filter((one) => one.setupId === setupId)) {
    const secret = await app.vault.get(setupId, purpose);
    if (secret === null) continue;
    const text = secret.toString("utf8");
    if (text.trimStart().startsWith("{")) found.push(...longTexts(JSON.parse(text)));
    else {
      found.push(text, secret.toString("hex"), secret.toString("base64").slice(40, 100));
      // A private key's numbers begin somewhere inside; any 24 bytes of it give it away.
      if (secret.length > 200) found.push(secret.subarray(120, 144).toString("hex"));
    }
  }
  return found.filter((one) => one.length >= 8);
}

/** The tokens of MSAL's cache. */
function longTexts(value: unknown, name = ""): string[] {
  if (typeof value === "string") return name === "secret" ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => longTexts(inner, key));
}

async function journals(app: TestApp): Promise<string> {
  const folder = join(app.userData, "setups");
  const files = await Promise.all(
    (await readdir(folder, { recursive: true }))
      .filter((name) => name.endsWith(".jsonl"))
      .map((name) => readFile(join(folder, name), "utf8")),
  );
  return files.join("\n");
}

test(
  "nothing that the app writes down, shows or exports of its activity holds a secret",
  { timeout: 120_000 },
  async () => {
    const app = await openTestApp();
    const { api } = app;
    const { summary } = await api.practice.create({ sample: "empty" });
    const setupId = summary.id;
    await signInAs(app, setupId, "alex");
    const secrets = new Set<string>([password]);
    const collect = async () => {
      for (const one of await secretsOf(app, setupId)) secrets.add(one);
    };

    const details = {
      commonName: "contoso.org",
      organization: "Contoso AG",
      dnsNames: [],
      keySize: 2048 as const,
    };
    await api.certificates.createRequest({ setupId, task: newTask(), ...details });
    await collect();
    await api.certificates.discardRequest({ setupId });
    await api.certificates.create({ setupId, task: newTask(), ...certificateInput });
    await api.certificates.setPassword({ setupId, password, keep: true });
    await collect();
    const pfx = join(app.saved, "canary.pfx");
    app.answers.push(pfx, join(app.saved, "canary.pem"), join(app.saved, "canary.cer"));
    await api.certificates.exportPfx({ setupId, task: newTask(), profile: "strong" });
    await api.certificates.exportPem({ setupId, task: newTask() });
    await api.certificates.exportPublic({ setupId, format: "cer-der" });
    await api.certificates.checkPfx({ setupId, password });
    await api.certificates.revealPassword({ setupId });
    await api.certificates.copyPassword({ setupId });
    const file = { name: "canary.pfx", bytes: new Uint8Array(await readFile(pfx)) };
    const { fileId } = await api.certificates.offerImport({ setupId, file });
    await api.certificates.acceptImport({ setupId, task: newTask(), fileId, password, keepPassword: true });

    await api.tenant.signIn({ setupId, method: "browser", chooseAccount: false, guest: false });
    const read = await api.tenant.check({ setupId, quiet: false });
    const applied = await api.tenant.apply({ setupId, planId: read.tenant.plan?.id ?? "" });
    await collect();
    await api.setups.startWaiting({ setupId, step: "exchange-role", who: "Grace", note: "asked" });
    await api.rollout
      .record({ setupId, result: "failed", text: "UnAuthorized", by: "Ada" })
      .catch(() => null);
    await api.tenant.undo({ setupId, planId: applied.tenant.undo?.id ?? "" });
    await api.watch.run();
    await api.secrets.removeAll({ setupId });

    expect(secrets.size).toBeGreaterThan(6);
    const { entries } = await api.setups.allActivity();
    const kinds = new Set(entries.map(({ kind }) => kind));
    for (const kind of ["password-set", "exported-pfx", "signed-in", "tenant-change", "secret-removed"]) {
      expect(kinds).toContain(kind);
    }
    const exported = [join(app.saved, "all.csv"), join(app.saved, "all.jsonl")];
    app.answers.push(...exported);
    await api.setups.exportAllActivity({ format: "csv" });
    await api.setups.exportAllActivity({ format: "jsonl" });
    const written = [
      await journals(app),
      JSON.stringify(entries),
      ...(await Promise.all(exported.map((path) => readFile(path, "utf8")))),
      app.logged.join("\n"),
    ];
    for (const secret of secrets) {
      for (const text of written) expect(text.includes(secret)).toBe(false);
    }
    // The search itself finds what is there.
    expect(written[0]).toContain("contoso");
    await app.practice.close();
  },
);
