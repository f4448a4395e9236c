/**
 * A process that writes a PFX and then waits, so that its memory can be searched. It tells the password and a
 * prime factor of its key with every bit turned, so that the message itself is not what is found.
 */
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { generatePassword } from "../../../main/certificates/password.ts";
import { childrenOf, octetsOf, readDer } from "../../../main/certificates/der.ts";
import { perform } from "../../../main/certificates/perform.ts";
import { erase } from "../../../main/certificates/secrets.ts";

const kept: Uint8Array[] = [];
const turned = (bytes: Buffer) => Uint8Array.from(bytes, (octet) => octet ^ 0xff);

async function work(): Promise<{ password: Uint8Array; prime: Uint8Array }> {
  const password = generatePassword(randomBytes);
  const { key, certificate } = await perform(
    {
      kind: "create-with-pfx",
      commonName: "memory",
      organization: "",
      dnsNames: [],
      keySize: 2048,
      notBefore: "2026-11-24",
      notAfter: "2027-11-24",
      now: "2026-11-24T10:00:00Z",
      password,
      profile: "strong",
      friendlyName: "memory",
    },
    () => undefined,
  );
  const content = { key, certificate, chain: [], friendlyName: "memory" };
  await perform({ kind: "write-pfx", ...content, password, profile: "older-windows" }, () => undefined);
  const { pfx } = await perform(
    { kind: "write-pfx", ...content, password, profile: "strong" },
    () => undefined,
  );
  const opened = await perform(
    { kind: "import", bytes: pfx, password, now: "2026-11-24T10:00:00Z" },
    () => undefined,
  );
  const [, , wrapped] = childrenOf(readDer(Buffer.from(key.buffer, key.byteOffset, key.byteLength)));
  const prime = childrenOf(readDer(octetsOf(wrapped)))[4];
  const told = {
    password: turned(password),
    prime: turned((prime?.content ?? Buffer.alloc(0)).subarray(1, 65)),
  };
  if (process.argv[2] === "keep") kept.push(password, key, opened.key);
  else erase(password, key, opened.key);
  return told;
}

const told = await work();
// OpenSSL's own copies go when their owners are collected.
for (let round = 0; round < 5; round += 1) {
  (globalThis as { gc?: () => void }).gc?.();
  await wait(20);
}
process.send?.(told);
setInterval(() => kept.length, 1_000);
