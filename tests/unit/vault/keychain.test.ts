import { describe, expect, it } from "vitest";
import { chooseKeychain, loadKeychain } from "../../../main/shell/keychain.ts";
import { memoryKeychain } from "../../support/memory-keychain.ts";

async function answering(message: string) {
  const keychain = memoryKeychain();
  keychain.before = async () => {
    throw new Error(message);
  };
  return loadKeychain(async () => ({ default: keychain }));
}

describe("the system's keychain", () => {
  it.each([
    ["Cannot create an item in a locked collection", "keychain-locked", "locked"],
    ["User interaction is not allowed.", "keychain-locked", "locked"],
    ["User canceled the operation.", "keychain-locked", "locked"],
    ["The user name or passphrase you entered is not correct.", "keychain-locked", "locked"],
    [
      "The name org.freedesktop.secrets was not provided by any .service files",
      "no-keychain",
      "no-secret-service",
    ],
    [
      "Object does not exist at path “/org/freedesktop/secrets/collection/login”",
      "no-keychain",
      "no-collection",
    ],
    ["Cannot autolaunch D-Bus without X11 $DISPLAY", "no-keychain", "no-d-bus"],
    ["Could not connect: No such file or directory", "no-keychain", "no-d-bus"],
    ["The stub received bad data", "no-keychain", "other"],
  ])("names what %j means", async (answer, code, reason) => {
    const keychain = await answering(answer);
    for (const call of [
      () => keychain.getPassword("s", "a"),
      () => keychain.setPassword("s", "a", "v"),
      () => keychain.deletePassword("s", "a"),
    ]) {
      await expect(call()).rejects.toMatchObject({ code, details: { reason, answer } });
    }
  });

  it("is one that always says so when keytar does not load", async () => {
    const keychain = await loadKeychain(async () => {
      throw new Error("Failed to load keytar native addon");
    });
    await expect(keychain.getPassword("s", "a")).rejects.toMatchObject({
      code: "no-keychain",
      details: { reason: "module-missing", answer: "Failed to load keytar native addon" },
    });
  });

  it("can be swapped from outside in an unpackaged run only", async () => {
    const real = memoryKeychain();
    const choose = (wanted: string | undefined, packaged: boolean) =>
      chooseKeychain(wanted, packaged, async () => real);
    for (const wanted of ["memory", "none", "locked", "nonsense", "", undefined]) {
      expect(await choose(wanted, true)).toBe(real);
    }
    expect(await choose(undefined, false)).toBe(real);
    const memory = await choose("memory", false);
    await memory.setPassword("s", "a", "v");
    expect(await memory.getPassword("s", "a")).toBe("v");
    expect(real.calls).toBe(0);
    const none = await choose("none", false);
    await expect(none.getPassword("s", "a")).rejects.toMatchObject({ code: "no-keychain" });
    const locked = await choose("locked", false);
    await expect(locked.getPassword("s", "a")).rejects.toMatchObject({ code: "keychain-locked" });
    await expect(choose("nonsense", false)).rejects.toThrow("nonsense");
  });
});
