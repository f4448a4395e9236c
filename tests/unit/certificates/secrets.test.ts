import { fork } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { erase, secretBuffer, secretCopy } from "../../../main/certificates/secrets.ts";
import { bundledChild } from "../../support/bundled-child.ts";

describe("a secret Buffer", () => {
  test("has at least 128 bytes of its own behind it, so that nothing moves or shares it", () => {
    for (const size of [0, 1, 24, 64, 127, 128, 4_000]) {
      const buffer = secretBuffer(size);
      expect(buffer).toHaveLength(size);
      expect(buffer.buffer.byteLength).toBe(Math.max(128, size));
      expect(buffer.byteOffset).toBe(0);
    }
  });

  test("is erased in place", () => {
    const source = Buffer.from("a secret");
    const copy = secretCopy(source);
    erase(copy, null, undefined);
    expect(copy.every((octet) => octet === 0)).toBe(true);
    expect(source.toString()).toBe("a secret");
  });
});

/** How often each pattern occurs in the writable memory of a process (Linux). */
function countInMemory(pid: number, patterns: Record<string, Buffer>): Record<string, number> {
  const counts = Object.fromEntries(Object.keys(patterns).map((name) => [name, 0]));
  const chunk = Buffer.allocUnsafeSlow(4 * 1024 * 1024);
  const overlap = Math.max(...Object.values(patterns).map(({ length }) => length));
  const memory = openSync(`/proc/${pid}/mem`, "r");
  try {
    for (const { from, to } of writableRanges(pid)) {
      for (let at = from; at < to; at += chunk.length - overlap) {
        const view = readMemory(memory, chunk.subarray(0, Math.min(chunk.length, to - at)), at);
        for (const [name, pattern] of Object.entries(patterns)) {
          counts[name] = (counts[name] ?? 0) + occurrences(view, pattern);
        }
      }
    }
    return counts;
  } finally {
    closeSync(memory);
  }
}

/** Where the process may have written. */
function writableRanges(pid: number): { from: number; to: number }[] {
  const pagemap = openSync(`/proc/${pid}/pagemap`, "r");
  try {
    return readFileSync(`/proc/${pid}/smaps`, "utf8")
      .split(/\n(?=[0-9a-f]+-[0-9a-f]+ )/)
      .flatMap((range) => {
        const [line, from, to, access] = /^([0-9a-f]+)-([0-9a-f]+) (\S+).*/.exec(range) ?? [];
        if (!line || !from || !to || !access?.startsWith("rw") || line.includes("[v")) return [];
        const pageBytes = Number(/^KernelPageSize: +(\d+) kB/m.exec(range)?.[1]) * 1024;
        return touchedRanges(pagemap, Number.parseInt(from, 16), Number.parseInt(to, 16), pageBytes);
      });
  } finally {
    closeSync(pagemap);
  }
}

/** The pages of a range that are in memory or swapped out: V8 keeps half a gigabyte for code and uses a hundredth. */
function touchedRanges(pagemap: number, from: number, to: number, pageBytes: number) {
  const entries = Buffer.alloc(((to - from) / pageBytes) * 8);
  if (readSync(pagemap, entries, 0, entries.length, (from / pageBytes) * 8) < entries.length) {
    throw new Error("the map of the memory is cut off");
  }
  const touched: { from: number; to: number }[] = [];
  for (let page = 0; page * 8 < entries.length; page += 1) {
    // Bit 63: present; bit 62: swapped out.
    if (((entries[page * 8 + 7] ?? 0) & 0xc0) === 0) continue;
    const at = from + page * pageBytes;
    const last = touched.at(-1);
    if (last?.to === at) last.to += pageBytes;
    else touched.push({ from: at, to: at + pageBytes });
  }
  return touched;
}

function readMemory(memory: number, into: Buffer, at: number): Buffer {
  try {
    return into.subarray(0, readSync(memory, into, 0, into.length, at));
  } catch {
    // Reserved and never touched.
    return into.subarray(0, 0);
  }
}

function occurrences(view: Buffer, pattern: Buffer): number {
  if (pattern.length < 8) throw new Error("nothing to look for");
  let count = 0;
  for (let found = view.indexOf(pattern); found >= 0; found = view.indexOf(pattern, found + 1)) count += 1;
  return count;
}

/** Copies of password and private key in a process that has written PFX files and now waits. */
async function copiesIn(mode: "erase" | "keep"): Promise<Record<string, number>> {
  const script = await bundledChild("tests/unit/certificates/memory-subject.ts");
  const child = fork(script, [mode], { serialization: "advanced", execArgv: ["--expose-gc"] });
  try {
    const [told] = (await once(child, "message")) as [{ password: Uint8Array; prime: Uint8Array }];
    // It tells them with every bit turned, so that the message itself is not what is found.
    const unturned = (bytes: Uint8Array) => Buffer.from(bytes.map((octet) => octet ^ 0xff));
    const password = unturned(told.password);
    const passwordUtf16 = Buffer.from(password.toString("latin1"), "utf16le");
    const passwordBmp = Buffer.from(passwordUtf16).swap16();
    return countInMemory(child.pid ?? 0, {
      password,
      passwordUtf16,
      passwordBmp,
      prime: unturned(told.prime),
    });
  } finally {
    child.kill("SIGKILL");
  }
}

describe.runIf(process.platform === "linux")("the memory of a process that has written PFX files", () => {
  // Of the key OpenSSL's decoder leaves copies in memory it has freed, which nobody can erase and which are gone
  // only when chance overwrites them: that is why each job has a process of its own that ends with it.
  test("holds the password in no form once the Buffers are erased", async () => {
    expect(await copiesIn("erase")).toMatchObject({ password: 0, passwordUtf16: 0, passwordBmp: 0 });
  }, 60_000);

  test("would show them otherwise: the search finds what is not erased", async () => {
    const copies = await copiesIn("keep");
    expect(copies.password).toBeGreaterThan(0);
    expect(copies.prime).toBeGreaterThan(0);
  }, 60_000);
});
