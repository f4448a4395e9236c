import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { memoryKeychain } from "../../support/memory-keychain.ts";
import { tempFolders } from "../../support/temp-folder.ts";
import { openVault, secret, setup, vaultIn } from "./open-vault.ts";

const folder = tempFolders();

describe("sealed files of a deleted setup", () => {
  const trashed = (at: string, entry = setup) => join(at, ".trash", entry, "vault", "pfx-password.vault");

  async function withTrashed(entry = setup) {
    const at = folder();
    const { vault, keychain } = await openVault(at);
    await vault.put(setup, "pfx-password", secret());
    mkdirSync(join(at, ".trash"));
    renameSync(join(at, setup), join(at, ".trash", entry));
    return { at, vault, keychain };
  }

  it.each([setup, `${setup}.2`])("are listed and removed where they lie (%s)", async (entry) => {
    const { at, vault } = await withTrashed(entry);
    expect(await vault.list()).toMatchObject([
      { setupId: setup, purpose: "pfx-password", place: "vault", trashEntry: entry },
    ]);
    expect(await vault.has(setup, "pfx-password")).toBe(false);
    await vault.remove(setup, "pfx-password", entry);
    expect(existsSync(trashed(at, entry))).toBe(false);
    expect(await vault.list()).toEqual([]);
  });

  it("are sealed files like others when the keychain lost the key: no new key takes its place unasked", async () => {
    const { at, vault, keychain } = await withTrashed();
    vault.close();
    const again = vaultIn(at, memoryKeychain());
    expect(await again.open()).toMatchObject({ kind: "key-lost" });
    expect(await again.list()).toMatchObject([{ place: "unreadable", trashEntry: setup }]);
    const { vault: back } = await openVault(at, keychain);
    expect(await back.list()).toMatchObject([{ place: "vault", trashEntry: setup }]);
  });

  it("keep no other setup from its secrets when they cannot be looked through", async () => {
    const { at, vault, keychain } = await withTrashed();
    vault.close();
    rmSync(join(at, ".trash"), { recursive: true });
    symlinkSync(".trash", join(at, ".trash"));
    const { vault: again } = await openVault(at, keychain);
    expect(await again.put(setup, "pfx-password", secret())).toBe("vault");
    await expect(again.list()).rejects.toMatchObject({ code: "read-failed" });
  });

  it("do not hide one of a setup of the same ID that is there, nor go with it", async () => {
    const { at, vault } = await withTrashed();
    mkdirSync(join(at, setup));
    await vault.put(setup, "pfx-password", secret(), { keep: false });
    expect((await vault.list()).map(({ place, trashEntry }) => [place, trashEntry])).toEqual([
      ["session", null],
      ["vault", setup],
    ]);
    await vault.remove(setup, "pfx-password");
    expect(existsSync(trashed(at))).toBe(true);
  });
});
