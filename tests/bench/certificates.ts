import { spawnSync } from "node:child_process";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { selfSign } from "../../main/certificates/issue.ts";
import { perform } from "../../main/certificates/perform.ts";
import { pfxIterations } from "../../main/certificates/pfx-write.ts";
import { publicKeyOf } from "../../main/certificates/pkcs8.ts";
import { runJob } from "../../main/certificates/runner.ts";
import type { KeySize, PfxProfile } from "../../preload/model/certificates.ts";
import { spawnTestWorker } from "../support/worker-process.ts";
import type { Row } from "./row.ts";
import { median } from "./row.ts";

const passwordText = "Correct-Horse.Battery:24";
/** The search for primes is random, so it takes many rounds until medians hold still. */
const rounds: Record<KeySize, number> = { 2048: 51, 3072: 31, 4096: 21 };
const targetRatio = 1.15;

const newCertificate = (keySize: KeySize) => {
  const now = new Date();
  const notBefore = now.toISOString().slice(0, 10);
  const notAfter = new Date(now.getTime() + 365 * 86_400_000).toISOString().slice(0, 10);
  const names = { commonName: "bench", organization: "", dnsNames: [] };
  return { ...names, keySize, notBefore, notAfter, now: now.toISOString() };
};
const quiet = (): void => undefined;
const password = (): Buffer => Buffer.from(passwordText);

/**
 * Creating a certificate and its PFX, and the parts of it, beside the openssl command line doing the same at
 * the same strength. Both take turns, so that both see the same machine.
 */
export async function benchCertificates(): Promise<Row[]> {
  const directory = mkdtempSync(join(tmpdir(), "bench-certificates-"));
  try {
    const cli = openssl(directory);
    const rows: Row[] = [];
    for (const keySize of [2048, 3072, 4096] as const) rows.push(...(await compareCreation(keySize, cli)));
    rows.push(...(await compareCreation(2048, cli, "older-windows")));
    rows.push(...(await compareParts(cli)), ...(await inWorker()));
    return rows;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function compareCreation(keySize: KeySize, cli: Cli, profile: PfxProfile = "strong"): Promise<Row[]> {
  const options = { profile, friendlyName: "bench" };
  const [ours, theirs] = await alternate(rounds[keySize], [
    () =>
      perform(
        { kind: "create-with-pfx", ...newCertificate(keySize), ...options, password: password() },
        quiet,
      ),
    () => {
      cli.create(keySize);
      cli.pfx(profile);
    },
  ]);
  const title = `certificate + PFX "${profile}", RSA ${keySize}`;
  return [
    row(`${title}: this app, ${rounds[keySize]} rounds`, ours, "ms"),
    row(`${title}: openssl`, theirs, "ms"),
    { ...row(`${title}: this app / openssl`, ours / theirs, "×"), target: targetRatio },
  ];
}

/** The parts that are not random, with one key for all rounds. */
async function compareParts(cli: Cli): Promise<Row[]> {
  const { key, certificate } = await perform({ kind: "create", ...newCertificate(2048) }, quiet);
  cli.keep(key, certificate);
  const names = { commonName: "bench", organization: "", dnsNames: [] };
  const pair = { key: Buffer.from(key), spki: publicKeyOf(Buffer.from(key)) };
  const validity = { notBefore: new Date(), notAfter: new Date(Date.now() + 86_400_000) };
  const [sign, theirSign] = await alternate(25, [() => selfSign(pair, names, validity), () => cli.sign()]);
  const rows = [
    row("signing a certificate, key reused: this app", sign, "ms"),
    row("signing a certificate, key reused: openssl", theirSign, "ms"),
  ];
  for (const profile of ["strong", "older-windows"] as const) {
    const content = { key, certificate, chain: [], friendlyName: "bench" };
    const [ours, theirs] = await alternate(25, [
      () => perform({ kind: "write-pfx", ...content, password: password(), profile }, quiet),
      () => cli.pfx(profile),
    ]);
    rows.push(
      row(`PFX "${profile}", key reused: this app`, ours, "ms"),
      row(`PFX "${profile}", key reused: openssl`, theirs, "ms"),
    );
  }
  return rows;
}

/** The same in the process of its own that the app uses, with its start and end. */
async function inWorker(): Promise<Row[]> {
  const options = { profile: "strong", friendlyName: "bench" } as const;
  const [whole] = await alternate(15, [
    () =>
      runJob(spawnTestWorker, {
        kind: "create-with-pfx",
        ...newCertificate(2048),
        ...options,
        password: password(),
      }),
  ]);
  return [row("certificate + PFX, RSA 2048, in a process started for it (from source)", whole, "ms")];
}

function row(what: string, value: number, unit: Row["unit"]): Row {
  return { what, value, unit, target: null };
}

/** Medians in milliseconds; the first round of each warms up and is not counted. */
async function alternate(count: number, tasks: (() => unknown)[]): Promise<[number, number]> {
  const times = tasks.map((): number[] => []);
  for (let round = 0; round <= count; round += 1) {
    for (const [index, task] of tasks.entries()) {
      const start = performance.now();
      await task();
      if (round > 0) times[index]?.push(performance.now() - start);
    }
  }
  const [first = 0, second = 0] = times.map((values) => median(values));
  return [first, second];
}

type Cli = ReturnType<typeof openssl>;

/** The command line with the same strength as ours. */
function openssl(directory: string) {
  const at = (name: string) => join(directory, name);
  const run = (args: string[]) => {
    const { status, error, stderr } = spawnSync("openssl", args, {
      env: { ...process.env, PASS: passwordText },
    });
    if (error)
      throw new Error("openssl is missing. Install it with: apt-get install -y openssl", { cause: error });
    if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr.toString()}`);
  };
  const pair = ["-keyout", at("key.pem"), "-out", at("cert.pem")];
  const request = ["req", "-x509", "-sha256", "-days", "365", "-subj", "/CN=bench"];
  const schemes: Record<PfxProfile, string[]> = {
    strong: ["-keypbe", "AES-256-CBC", "-certpbe", "AES-256-CBC", "-macalg", "sha256"],
    "older-windows": ["-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1"],
  };
  return {
    create: (keySize: KeySize) => run([...request, "-newkey", `rsa:${keySize}`, "-nodes", ...pair]),
    sign: () => run([...request, "-key", at("key.pem"), "-out", at("signed.pem")]),
    pfx: (profile: PfxProfile) => {
      const strength = [...schemes[profile], "-iter", String(pfxIterations[profile])];
      const input = ["-inkey", at("key.pem"), "-in", at("cert.pem")];
      run(["pkcs12", "-export", ...input, ...strength, "-passout", "env:PASS", "-out", at("out.pfx")]);
    },
    keep(key: Uint8Array, certificate: Uint8Array) {
      const loaded = createPrivateKey({ key: Buffer.from(key), format: "der", type: "pkcs8" });
      writeFileSync(at("key.pem"), loaded.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
      writeFileSync(at("cert.pem"), new X509Certificate(certificate).toString());
    },
  };
}
