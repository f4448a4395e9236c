import { randomBytes } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AppError } from "../../../main/errors.ts";
import { memoryKeychain } from "../../support/memory-keychain.ts";
import { tempFolders } from "../../support/temp-folder.ts";
import { entryName, fileOf, openVault, other, secret, setup, vaultIn } from "./open-vault.ts";

const folder = tempFolders();
const namesIn = (at: string, id = setup) => readdirSync(join(at, id, "vault")).toSorted();

describe("the vault with a working keychain", () => {
  it("gives a secret back after a restart, from a file for the owner alone", async () => {
    const at = folder();
    const { vault, keychain } = await openVault(at);
    expect(await vault.put(setup, "pfx-password", secret())).toBe("vault");
    expect(statSync(fileOf(at)).mode & 0o777).toBe(0o600);
    expect(statSync(join(at, setup, "vault")).mode & 0o777).toBe(0o700);
    expect(readFileSync(fileOf(at)).includes(secret())).toBe(false);
    vault.close();
    const again = await openVault(at, keychain);
    expect(await again.vault.get(setup, "pfx-password")).toEqual(secret());
    expect(await again.vault.where(setup, "pfx-password")).toBe("vault");
    expect(await again.vault.has(setup, "pfx-password")).toBe(true);
  });

  it("keeps nothing for a setup that was removed meanwhile, so that no empty shell of it comes back", async () => {
    const at = folder();
    const { vault } = await openVault(at);
    rmSync(join(at, setup), { recursive: true });
    await expect(vault.put(setup, "pfx-password", secret())).rejects.toMatchObject({
      code: "file-not-found",
    });
    expect(existsSync(join(at, setup))).toBe(false);
  });

  it("has nothing where nothing was put", async () => {
    const { vault } = await openVault(folder());
    expect(await vault.get(setup, "pfx-password")).toBeNull();
    expect(await vault.where(setup, "pfx-password")).toBe("none");
    expect(await vault.has(setup, "pfx-password")).toBe(false);
  });

  it("keeps a key of 32 random bytes in the keychain, far below Windows' limit, and asks once at later starts", async () => {
    const at = folder();
    const { keychain } = await openVault(at);
    expect([...keychain.entries.keys()]).toEqual([entryName]);
    expect(Buffer.from(keychain.entries.get(entryName)!, "base64")).toHaveLength(32);
    keychain.calls = 0;
    await openVault(at, keychain);
    expect(keychain.calls).toBe(1);
  });

  it("uses a new nonce for each write", async () => {
    const at = folder();
    const { vault } = await openVault(at);
    const nonces = new Set<string>();
    for (let round = 0; round < 50; round += 1) {
      await vault.put(setup, "pfx-password", secret());
      nonces.add(readFileSync(fileOf(at)).subarray(9, 21).toString("hex"));
    }
    expect(nonces.size).toBe(50);
  });

  it("gives and takes copies: what the caller zeroes stays in the vault", async () => {
    const { vault } = await openVault(folder());
    for (const keep of [true, false]) {
      const mine = secret();
      await vault.put(setup, "pfx-password", mine, { keep });
      mine.fill(0);
      (await vault.get(setup, "pfx-password"))!.fill(0);
      expect(await vault.get(setup, "pfx-password")).toEqual(secret());
    }
  });

  it("forgets what is removed", async () => {
    const at = folder();
    const { vault } = await openVault(at);
    await vault.put(setup, "pfx-password", secret());
    await vault.remove(setup, "pfx-password");
    expect(await vault.get(setup, "pfx-password")).toBeNull();
    expect(namesIn(at)).toEqual([]);
    await vault.remove(setup, "pfx-password");
  });

  it("keeps a secret in memory only when told so, and deletes the one it replaces", async () => {
    const at = folder();
    const { vault, keychain } = await openVault(at);
    await vault.put(setup, "pfx-password", Buffer.from("old"));
    expect(await vault.put(setup, "pfx-password", secret(), { keep: false })).toBe("session");
    expect(namesIn(at)).toEqual([]);
    expect(await vault.where(setup, "pfx-password")).toBe("session");
    await vault.retry();
    expect(namesIn(at)).toEqual([]);
    vault.close();
    expect(await (await openVault(at, keychain)).vault.get(setup, "pfx-password")).toBeNull();
  });

  it("runs changes one after the other", async () => {
    const { vault } = await openVault(folder());
    const puts = Array.from({ length: 20 }, (_unused, index) =>
      vault.put(setup, "pfx-password", Buffer.from(`value ${index}`)),
    );
    await Promise.all(puts);
    expect(await vault.get(setup, "pfx-password")).toEqual(Buffer.from("value 19"));
  });

  it("refuses names that lead out of the folder", async () => {
    const { vault } = await openVault(folder());
    for (const [id, purpose] of [
      ["../x", "pfx-password"],
      [setup, "../../setup"],
      [setup, ""],
    ] as const) {
      await expect(vault.put(id, purpose, secret())).rejects.toMatchObject({ code: "invalid-input" });
      await expect(vault.get(id, purpose)).rejects.toMatchObject({ code: "invalid-input" });
    }
  });

  it("zeroes everything when it is closed, and keeps nothing after that", async () => {
    const at = folder();
    const { vault } = await openVault(at);
    await vault.put(setup, "pfx-password", secret(), { keep: false });
    const pending = vault.put(setup, "private-key", secret());
    // Far enough that the write has begun to look at the disk, whose answer comes later than any of these turns.
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    vault.close();
    // A write that was under way must not end up sealed with a zeroed key.
    await expect(pending).rejects.toMatchObject({ code: "canceled" });
    expect(existsSync(fileOf(at, "private-key"))).toBe(false);
    expect(await vault.where(setup, "pfx-password")).toBe("none");
    await expect(vault.put(setup, "pfx-password", secret())).rejects.toMatchObject({ code: "canceled" });
    expect(await vault.retry()).toMatchObject({ kind: "session-only" });
  });
});

describe("a file that was tampered with", () => {
  it("is reported, stays as it is, and leaves the rest of the vault usable", async () => {
    const at = folder();
    const { vault, keychain } = await openVault(at);
    await vault.put(setup, "pfx-password", secret());
    const original = readFileSync(fileOf(at));
    for (const position of original.keys()) {
      const changed = Buffer.from(original);
      changed[position]! ^= 0x40;
      writeFileSync(fileOf(at), changed);
      await expect(vault.get(setup, "pfx-password")).rejects.toMatchObject({
        code: "vault-file-tampered",
        details: { path: "pfx-password.vault" },
      });
      expect(await vault.where(setup, "pfx-password")).toBe("unreadable");
      // Also at a start it must not pass for a lost key.
      expect(await vaultIn(at, keychain).open()).toMatchObject({ kind: "ready" });
      expect(readFileSync(fileOf(at))).toEqual(changed);
    }
  });

  it("is what another setup's file moved in is", async () => {
    const at = folder();
    const { vault } = await openVault(at);
    await vault.put(setup, "pfx-password", secret());
    mkdirSync(join(at, other, "vault"), { recursive: true });
    copyFileSync(fileOf(at), fileOf(at, "pfx-password", other));
    await expect(vault.get(other, "pfx-password")).rejects.toMatchObject({ code: "vault-file-tampered" });
  });

  it("is renamed aside, not overwritten or deleted, by a new secret and by forgetting", async () => {
    const at = folder();
    const { vault } = await openVault(at);
    for (const content of ["broken", ""]) {
      mkdirSync(join(at, setup, "vault"), { recursive: true });
      writeFileSync(fileOf(at), content);
      if (content === "") await vault.remove(setup, "pfx-password");
      else expect(await vault.put(setup, "pfx-password", secret())).toBe("vault");
    }
    const kept = ["pfx-password.vault.lost-20261124", "pfx-password.vault.lost-20261124-2"];
    expect(namesIn(at)).toEqual(kept);
    expect(kept.map((name) => readFileSync(join(at, setup, "vault", name), "utf8"))).toEqual(["broken", ""]);
  });
});

describe("a lost key", () => {
  async function lost(how: "gone" | "another" | "no key") {
    const at = folder();
    const { vault, keychain } = await openVault(at);
    await vault.put(setup, "pfx-password", secret());
    const oldEntry = keychain.entries.get(entryName)!;
    if (how === "gone") keychain.entries.clear();
    else keychain.entries.set(entryName, how === "another" ? randomBytes(32).toString("base64") : "damaged");
    const after = vaultIn(at, keychain);
    return {
      at,
      keychain,
      vault: after,
      oldEntry,
      before: readFileSync(fileOf(at)),
      view: await after.open(),
    };
  }

  it.each(["gone", "another", "no key"] as const)(
    "(%s) is named, and nothing is overwritten",
    async (how) => {
      const { at, keychain, vault, before, view } = await lost(how);
      const entries = [...keychain.entries];
      expect(view).toMatchObject({ kind: "key-lost" });
      await expect(vault.get(setup, "pfx-password")).rejects.toMatchObject({ code: "vault-key-lost" });
      expect(await vault.where(setup, "pfx-password")).toBe("unreadable");
      expect(await vault.put(setup, "pfx-password", Buffer.from("new"))).toBe("session");
      expect(await vault.get(setup, "pfx-password")).toEqual(Buffer.from("new"));
      await vault.retry();
      expect(readFileSync(fileOf(at))).toEqual(before);
      expect([...keychain.entries]).toEqual(entries);
    },
  );

  it.each(["gone", "another", "no key"] as const)(
    "(%s) gives way to a new key when the user says so",
    async (how) => {
      const { at, keychain, vault, before } = await lost(how);
      await vault.put(setup, "pfx-password", Buffer.from("new"));
      const entry = keychain.entries.get(entryName);
      expect(await vault.renew()).toEqual({ kind: "ready", detail: "" });
      expect(readFileSync(`${fileOf(at)}.lost-20261124`)).toEqual(before);
      // What waited in memory is kept now.
      expect(await vault.where(setup, "pfx-password")).toBe("vault");
      expect(await (await openVault(at, keychain)).vault.get(setup, "pfx-password")).toEqual(
        Buffer.from("new"),
      );
      if (how === "another") expect(keychain.entries.get(entryName)).toBe(entry);
      if (how === "no key") expect(keychain.entries.get(`${entryName}.lost-20261124`)).toBe("damaged");
    },
  );

  it("is over when the key comes back", async () => {
    const { vault, keychain, oldEntry } = await lost("gone");
    keychain.entries.set(entryName, oldEntry);
    expect(await vault.retry()).toEqual({ kind: "ready", detail: "" });
    expect(await vault.get(setup, "pfx-password")).toEqual(secret());
  });

  it("of one restored setup leaves the others usable", async () => {
    const at = folder();
    const { vault, keychain } = await openVault(at);
    await vault.put(setup, "pfx-password", secret());
    const elsewhere = folder();
    await (await openVault(elsewhere)).vault.put(other, "pfx-password", secret());
    mkdirSync(join(at, other, "vault"), { recursive: true });
    copyFileSync(fileOf(elsewhere, "pfx-password", other), fileOf(at, "pfx-password", other));
    const again = await openVault(at, keychain);
    expect(await again.vault.get(setup, "pfx-password")).toEqual(secret());
    await expect(again.vault.get(other, "pfx-password")).rejects.toMatchObject({ code: "vault-key-lost" });
    // Even when the only file of this key was damaged: it still names its key.
    writeFileSync(fileOf(at), Buffer.concat([readFileSync(fileOf(at)), Buffer.of(0)]));
    await openVault(at, keychain);
  });

  it("cannot be declared while the vault is well", async () => {
    const at = folder();
    const { vault, keychain } = await openVault(at);
    await vault.put(setup, "pfx-password", secret());
    const entries = [...keychain.entries];
    expect(await vault.renew()).toEqual({ kind: "ready", detail: "" });
    expect([...keychain.entries]).toEqual(entries);
    expect(namesIn(at)).toEqual(["pfx-password.vault"]);
  });
});

describe("a keychain in trouble", () => {
  const fails = (code: "no-keychain" | "keychain-locked") => async () => {
    throw new AppError(code, { reason: "named", answer: "in its words" });
  };

  it.each([
    ["no-keychain", "session-only"],
    ["keychain-locked", "locked"],
  ] as const)("(%s) leaves sealed files alone and catches up when it works again", async (code, kind) => {
    const at = folder();
    const { vault: first, keychain } = await openVault(at);
    await first.put(setup, "private-key", Buffer.from("key"));
    keychain.before = fails(code);
    const vault = vaultIn(at, keychain);
    expect(await vault.open()).toEqual({ kind, detail: "named: in its words" });
    await expect(vault.get(setup, "private-key")).rejects.toMatchObject({ code });
    expect(await vault.put(setup, "pfx-password", secret())).toBe("session");
    expect(await vault.put(setup, "token-cache", secret(), { keep: false })).toBe("session");
    expect(namesIn(at)).toEqual(["private-key.vault"]);
    keychain.before = async () => undefined;
    expect(await vault.retry()).toEqual({ kind: "ready", detail: "" });
    expect(await vault.get(setup, "private-key")).toEqual(Buffer.from("key"));
    expect(await vault.where(setup, "pfx-password")).toBe("vault");
    expect(await vault.where(setup, "token-cache")).toBe("session");
  });

  it("that says nothing is there but takes nothing is not a lost key", async () => {
    const at = folder();
    const { vault: first, keychain } = await openVault(at);
    await first.put(setup, "private-key", Buffer.from("key"));
    keychain.entries.clear();
    keychain.before = async (method) => {
      if (method === "setPassword") throw new AppError("keychain-locked", { reason: "locked" });
    };
    expect(await vaultIn(at, keychain).open()).toEqual({ kind: "locked", detail: "locked" });
  });

  it("that forgets what it is given is not used", async () => {
    const keychain = memoryKeychain();
    keychain.setPassword = async () => undefined;
    expect(await vaultIn(folder(), keychain).open()).toMatchObject({ kind: "session-only" });
  });

  it("that never answers is asked once, however often the user tries again", async () => {
    const keychain = memoryKeychain();
    keychain.before = () => new Promise(() => undefined);
    const vault = vaultIn(folder(), keychain, 20);
    for (let round = 0; round < 5; round += 1) {
      expect(await vault.retry()).toEqual({ kind: "locked", detail: "no answer within 20 ms" });
    }
    expect(keychain.calls).toBe(1);
    expect(vault.waitingForKeychain()).toBe(true);
  });

  it("has its limit at every call", async () => {
    for (const stuck of [1, 2, 3, 4, 5, 6, 7]) {
      const keychain = memoryKeychain();
      keychain.before = () => (keychain.calls === stuck ? new Promise(() => undefined) : Promise.resolve());
      expect(await vaultIn(folder(), keychain, 20).open()).toMatchObject({ kind: "locked" });
    }
  });
});
