import { execFileSync } from "node:child_process";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { BatchChoices, BatchView } from "../../../preload/model/bulk.ts";
import type { TestApp } from "../api/app.ts";

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

export const choices: BatchChoices = {
  keySize: 2048,
  notBefore: day(0),
  notAfter: day(365),
  profile: "strong",
  passwords: "vault",
  setups: true,
  cloud: "global",
};

/** A list of that many customers, as its file. */
export function listOf(count: number) {
  const rows = Array.from({ length: count }, (_, index) => `Customer ${index};customer${index}.example`);
  return { name: "customers.csv", bytes: new TextEncoder().encode(["Name;DNS name", ...rows].join("\n")) };
}

/** Offers a list and places it in a folder. */
export async function placed(
  app: TestApp,
  file: ReturnType<typeof listOf>,
  folder: string,
): Promise<BatchView> {
  const { batchId } = await app.api.bulk.offerList({ file });
  app.answers.push(folder);
  const chosen = await app.api.bulk.chooseFolder({ batchId });
  if (chosen.canceled) throw new Error("no folder");
  return chosen.batch;
}

/** Opens the earlier batch of a folder. */
export async function opened(app: TestApp, folder: string): Promise<BatchView> {
  app.answers.push(folder);
  const chosen = await app.api.bulk.openFolder();
  if (chosen.canceled) throw new Error("no folder");
  return chosen.batch;
}

export const states = (batch: BatchView) => batch.rows.map(({ state, error }) => error?.code ?? state);

/** The names of the folder's files with this ending. */
export function filesWith(folder: string, ending: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .toSorted();
}

/** What OpenSSL reads: the SHA-256 thumbprints of the certificates in the PFX and in the CER. */
export function thumbprints(folder: string, file: string, password: string): { pfx: string; cer: string } {
  const openssl = (args: string[]) =>
    execFileSync("openssl", args, {
      env: { ...process.env, PASS: password },
      stdio: ["ignore", "pipe", "pipe"],
    }).toString();
  const whole = openssl(["pkcs12", "-in", join(folder, `${file}.pfx`), "-passin", "env:PASS", "-nodes"]);
  const certificate = new X509Certificate(whole.slice(whole.indexOf("-----BEGIN CERTIFICATE")));
  const key = createPrivateKey(whole.slice(whole.indexOf("-----BEGIN PRIVATE KEY")));
  if (!certificate.checkPrivateKey(key)) throw new Error(`${file}: key and certificate are no pair`);
  const print = ["x509", "-noout", "-fingerprint", "-sha256", "-inform", "DER"];
  const printed = openssl([...print, "-in", join(folder, `${file}.cer`)]);
  return { pfx: certificate.fingerprint256, cer: printed.slice(printed.indexOf("=") + 1).trim() };
}
