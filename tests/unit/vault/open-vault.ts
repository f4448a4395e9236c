import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { vaultPlaces } from "../../../main/vault/vault-files.ts";
import { createVault } from "../../../main/vault/vault.ts";
import type { MemoryKeychain } from "../../support/memory-keychain.ts";
import { memoryKeychain } from "../../support/memory-keychain.ts";

export const setup = "0b2c6d4e-1f3a-4b5c-8d7e-9f0a1b2c3d4e";
export const other = "1b2c6d4e-1f3a-4b5c-8d7e-9f0a1b2c3d4e";
export const entryName = "Exchange Rollout/vault-key";
export const secret = () => Buffer.from("correct horse battery staple");
export const fileOf = (at: string, purpose = "pfx-password", id = setup) =>
  join(at, id, "vault", `${purpose}.vault`);

/** A vault in a folder of setups, not opened yet. */
export function vaultIn(at: string, keychain: MemoryKeychain, timeoutMs = 1_000) {
  for (const id of [setup, other]) mkdirSync(join(at, id), { recursive: true });
  return createVault({
    keychain,
    service: "Exchange Rollout",
    account: "vault-key",
    ...vaultPlaces(at, join(at, ".trash")),
    randomBytes,
    clock: { now: () => new Date("2026-11-24T08:00:00Z") },
    timeoutMs,
  });
}

/** The same, opened with a keychain that works. */
export async function openVault(at: string, keychain = memoryKeychain()) {
  const vault = vaultIn(at, keychain);
  expect(await vault.open()).toEqual({ kind: "ready", detail: "" });
  return { vault, keychain };
}
