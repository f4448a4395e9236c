import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Answer, Job, JobKind } from "../../../main/certificates/jobs.ts";
import { perform } from "../../../main/certificates/perform.ts";

/** Characters that trip up shells, quotes and encodings, as far as a password may have them. */
export const passwordText = "aB3$ %&'\"\\x!{}~0123456789";
export const now = new Date("2026-11-24T10:00:00Z");

export const passwordBytes = (text = passwordText): Buffer => Buffer.from(text, "utf8");

export const subject = {
  commonName: "Exchange Rollout Zürich €",
  organization: "Müller & Söhne AG",
  dnsNames: ["connector.example.com"],
  keySize: 2048,
  notBefore: "2026-11-24",
  notAfter: "2027-11-24",
} as const;

/** Does a job in this process. */
export function doJob<K extends JobKind>(job: Job<K>): Promise<Answer<K>> {
  return perform(job, () => undefined);
}

let sharedSample: Promise<Answer<"create">> | null = null;

/** One self-signed certificate with its key, made once for the whole file. */
export function sample(): Promise<Answer<"create">> {
  sharedSample ??= doJob({
    kind: "create",
    ...subject,
    dnsNames: [...subject.dnsNames],
    now: now.toISOString(),
  });
  return sharedSample;
}

/** A folder that is removed when the test ends, and files in it. */
export function folder(): {
  path: (name: string) => string;
  write: (name: string, bytes: Uint8Array | string) => string;
} {
  const directory = mkdtempSync(join(tmpdir(), "certificates-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const path = (name: string) => join(directory, name);
  return {
    path,
    write(name, bytes) {
      writeFileSync(path(name), bytes, { mode: 0o600 });
      return path(name);
    },
  };
}
