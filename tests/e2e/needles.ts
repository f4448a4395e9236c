import { execFileSync } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright/test";

/** Secrets to search for, byte by byte. */
export type Needles = { name: string; bytes: Buffer }[];

/** A secret in every form in which it could have been written down. */
export function forms(name: string, secret: Buffer): Needles {
  const hex = secret.toString("hex");
  // Base64 of a part depends on where in the whole it begins; the edges depend on their neighbours.
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), secret]).toString("base64");
    return text.slice(shift === 0 ? 0 : 4, secret.length % 3 === 0 && shift === 0 ? undefined : -4);
  });
  const texts = [
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
    [...secret].join(","),
  ];
  return [
    { name, bytes: secret },
    { name: `${name}, UTF-16`, bytes: Buffer.from(secret.toString("latin1"), "utf16le") },
    ...texts.map((text) => ({ name: `${name}, as text`, bytes: Buffer.from(text) })),
  ];
}

/** The password, the PKCS#8 key and its parts, as openssl reads them from the saved PFX. */
export function needlesOf(pfx: string, password: string): Needles {
  const pem = execFileSync(
    "openssl",
    ["pkcs12", "-in", pfx, "-passin", `pass:${password}`, "-nocerts", "-nodes"],
    {
      stdio: "pipe",
    },
  );
  const key = createPrivateKey(pem);
  const { d, p, q } = key.export({ format: "jwk" });
  const part = (value = "") => Buffer.from(value, "base64url").subarray(8, 56);
  return [
    ...forms("password", Buffer.from(password)),
    // The beginning of PKCS#8 is the same for every key.
    ...forms("private key", key.export({ format: "der", type: "pkcs8" }).subarray(40)),
    ...forms("private exponent", part(d)),
    ...forms("prime", part(p)),
    ...forms("prime", part(q)),
  ];
}

/** Where below a folder a secret is found: `<file>: <what>`. Line breaks inside base64 do not hide it. */
export async function search(folder: string, needles: Needles): Promise<{ found: string[]; files: number }> {
  const found: string[] = [];
  let files = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    // The browser's own files come and go while it runs.
    const bytes = await readFile(path).catch(() => null);
    if (bytes === null) continue;
    files += 1;
    const joined = Buffer.from(bytes.toString("latin1").replaceAll(/\s/g, ""), "latin1");
    for (const { name, bytes: needle } of needles)
      if (bytes.includes(needle) || joined.includes(needle)) found.push(`${path}: ${name}`);
  }
  return { found, files };
}

/** Which secrets the renderer of this page holds anywhere in its memory, by a snapshot of its heap. */
export async function searchHeap(page: Page, needles: Needles): Promise<string[]> {
  const devTools = await page.context().newCDPSession(page);
  const parts: string[] = [];
  devTools.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => parts.push(chunk));
  await devTools.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await devTools.detach();
  const heap = parts.join("");
  return needles.filter(({ bytes }) => heap.includes(bytes.toString("latin1"))).map(({ name }) => name);
}
