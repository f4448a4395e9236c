import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { newPasswords } from "../../main/certificates/bulk/password-list.ts";
import { planRows } from "../../main/certificates/bulk/plan.ts";
import { runBatch } from "../../main/certificates/bulk/run.ts";
import { pfxIterations } from "../../main/certificates/pfx-write.ts";
import { secretCopy } from "../../main/certificates/secrets.ts";
import { root } from "../support/project.ts";
import { spawnTestWorker } from "../support/worker-process.ts";
import type { Row } from "./row.ts";

const workerBundle = join(root, "dist", "main", "worker.cjs");

/**
 * Many certificates with their PFX, RSA 3072, beside a loop over the openssl command line that does the same at the
 * same strength. Ours opens each PFX once more, which the loop does not.
 */
export async function benchBulk(count = 100): Promise<Row[]> {
  const directory = mkdtempSync(join(tmpdir(), "bench-bulk-"));
  try {
    const ours = await seconds(() => batch(join(directory, "ours"), count));
    const theirs = await seconds(async () => opensslLoop(join(directory, "theirs"), count));
    const title = `${count} × certificate + PFX, RSA 3072`;
    const cores = availableParallelism();
    return [
      { what: `${title}: this app, ${cores} at a time`, value: ours, unit: "ms", target: null },
      { what: `${title}: openssl in a loop`, value: theirs, unit: "ms", target: null },
      { what: `${title}: this app / openssl`, value: ours / theirs, unit: "×", target: 1 },
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function batch(folder: string, count: number): Promise<void> {
  mkdirSync(folder);
  const rows = planRows(
    Array.from({ length: count }, (_, index) => ({
      number: index + 2,
      name: `bench ${index}`,
      dnsName: `bench${index}.example`,
      commonName: "",
      file: "",
    })),
  );
  const passwords = newPasswords(rows, randomBytes);
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  const failures: unknown[] = [];
  await runBatch(rows, {
    folder,
    choices: {
      keySize: 3072,
      notBefore: day(0),
      notAfter: day(365),
      profile: "strong",
      passwords: "list",
      setups: false,
      cloud: "global",
    },
    spawnWorker: () => spawnTestWorker(workerBundle),
    parallel: availableParallelism(),
    passwordOf: async ({ number }) => secretCopy(passwords.get(number) ?? new Uint8Array()),
    keep: async () => undefined,
    onRow: (_row, _state, error) => {
      if (error !== null) failures.push(error);
    },
    now: () => new Date(),
    signal: new AbortController().signal,
  });
  assertComplete(folder, count, failures);
}

function opensslLoop(folder: string, count: number): void {
  mkdirSync(folder);
  const run = (args: string[]) => {
    const { status, stderr } = spawnSync("openssl", args, {
      env: { ...process.env, PASS: "Correct-Horse.Battery:24" },
    });
    if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr.toString()}`);
  };
  for (let index = 0; index < count; index += 1) {
    const at = (ending: string) => join(folder, `bench ${index}.${ending}`);
    const subject = ["-subj", `/CN=bench${index}.example`, "-days", "365", "-sha256"];
    const pair = ["-keyout", at("key"), "-out", at("cer")];
    run(["req", "-x509", "-newkey", "rsa:3072", "-nodes", ...subject, ...pair]);
    const strength = ["-keypbe", "AES-256-CBC", "-certpbe", "AES-256-CBC", "-macalg", "sha256"];
    const input = ["-inkey", at("key"), "-in", at("cer"), "-iter", String(pfxIterations.strong)];
    run(["pkcs12", "-export", ...input, ...strength, "-passout", "env:PASS", "-out", at("pfx")]);
  }
  assertComplete(folder, count, []);
}

function assertComplete(folder: string, count: number, failures: readonly unknown[]): void {
  const made = readdirSync(folder).filter((name) => name.endsWith(".pfx")).length;
  if (made !== count) throw new Error(`${made} of ${count} PFX files were made`, { cause: failures[0] });
}
