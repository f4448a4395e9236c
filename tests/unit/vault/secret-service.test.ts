import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Keychain } from "../../../main/ports.ts";
import { vaultPlaces } from "../../../main/vault/vault-files.ts";
import { createVault } from "../../../main/vault/vault.ts";
import type { VaultView } from "../../../preload/model/app.ts";
import { openRealKeychain, startSecretService } from "../../support/secret-service.ts";
import type { RealKeychain, SecretService } from "../../support/secret-service.ts";
import { tempFolders } from "../../support/temp-folder.ts";

const setup = "0b2c6d4e-1f3a-4b5c-8d7e-9f0a1b2c3d4e";
const secret = () => Buffer.from("the private key of the connector");
const folder = tempFolders();

let service: SecretService;
const keychains: RealKeychain[] = [];

beforeEach(async () => {
  service = await startSecretService();
});
afterEach(async () => {
  await Promise.all(keychains.splice(0).map((one) => one.stop()));
  await service.stop();
});

async function keychain(env = service.env): Promise<Keychain> {
  const opened = await openRealKeychain(env);
  keychains.push(opened);
  return opened;
}

async function vaultIn(
  at: string,
  options: { keychain?: Keychain; timeoutMs?: number; onChange?: (view: VaultView) => void } = {},
) {
  mkdirSync(join(at, setup), { recursive: true });
  return createVault({
    keychain: options.keychain ?? (await keychain()),
    service: "Exchange Rollout",
    account: "vault-key",
    ...vaultPlaces(at, join(at, ".trash")),
    randomBytes,
    clock: { now: () => new Date("2026-11-24T08:00:00Z") },
    timeoutMs: options.timeoutMs ?? 10_000,
    ...(options.onChange === undefined ? {} : { onChange: options.onChange }),
  });
}

const sealed = (at: string) => join(at, setup, "vault", "private-key.vault");

describe("with a real Secret Service", { timeout: 60_000 }, () => {
  it("keeps a secret beyond the end of the app and of the keychain service", async () => {
    const at = folder();
    await service.restart("unlocked");
    const first = await vaultIn(at);
    expect(await first.open()).toEqual({ kind: "ready", detail: "" });
    expect(await first.put(setup, "private-key", secret())).toBe("vault");
    first.close();
    await service.restart("unlocked");
    const second = await vaultIn(at);
    expect(await second.open()).toEqual({ kind: "ready", detail: "" });
    expect(await second.get(setup, "private-key")).toEqual(secret());
  });

  it("leaves one entry in the keychain, a key of 44 characters, and no trial entry", async () => {
    await service.restart("unlocked");
    const real = await keychain();
    await (await vaultIn(folder(), { keychain: real })).open();
    expect(await real.getPassword("Exchange Rollout", "vault-key")).toHaveLength(44);
    expect(await real.getPassword("Exchange Rollout", "vault-key-trial")).toBeNull();
  });

  it("says locked after a start without unlocking, keeps the sealed file, and reads it once unlocked", async () => {
    const at = folder();
    await service.restart("unlocked");
    const first = await vaultIn(at);
    await first.open();
    await first.put(setup, "private-key", secret());
    const before = readFileSync(sealed(at));
    await service.restart("locked");
    const second = await vaultIn(at);
    // A dismissed dialog makes libsecret answer "nothing there"; that must not pass for a lost key.
    expect(await second.open()).toMatchObject({ kind: "locked", detail: expect.stringContaining("locked") });
    await expect(second.get(setup, "private-key")).rejects.toMatchObject({ code: "keychain-locked" });
    expect(await second.where(setup, "private-key")).toBe("unreadable");
    expect(await second.renew()).toMatchObject({ kind: "locked" });
    expect(readFileSync(sealed(at))).toEqual(before);
    await service.restart("unlocked");
    // libsecret keeps its connection to the service, so the next start of the app asks the new one.
    const third = await vaultIn(at);
    expect(await third.open()).toMatchObject({ kind: "ready" });
    expect(await third.get(setup, "private-key")).toEqual(secret());
  });

  it("says locked when the collection is locked while the service runs", async () => {
    const at = folder();
    await service.restart("unlocked");
    await (await vaultIn(at)).open();
    await service.lock();
    expect(await (await vaultIn(at)).open()).toMatchObject({ kind: "locked" });
  });

  it("does not wait longer than its limit for a service that does not answer, and goes on when it does", async () => {
    const at = folder();
    await service.restart("unlocked");
    const before = await vaultIn(at);
    await before.open();
    await before.put(setup, "private-key", secret());
    const real = await keychain();
    await real.getPassword("Exchange Rollout", "vault-key");
    service.freeze();
    const changed = Promise.withResolvers<VaultView>();
    const vault = await vaultIn(at, { keychain: real, timeoutMs: 500, onChange: changed.resolve });
    const start = performance.now();
    expect(await vault.open()).toEqual({ kind: "locked", detail: "no answer within 500 ms" });
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(await vault.put(setup, "pfx-password", secret())).toBe("session");
    service.thaw();
    expect(await changed.promise).toMatchObject({ kind: "ready" });
    expect(await vault.get(setup, "private-key")).toEqual(secret());
    expect(await vault.where(setup, "pfx-password")).toBe("vault");
  });

  it("says key-lost when the keychain was emptied, and overwrites nothing until the user decides", async () => {
    const at = folder();
    await service.restart("unlocked");
    const real = await keychain();
    const first = await vaultIn(at, { keychain: real });
    await first.open();
    await first.put(setup, "private-key", secret());
    const before = readFileSync(sealed(at));
    await real.deletePassword("Exchange Rollout", "vault-key");
    const second = await vaultIn(at);
    expect(await second.open()).toMatchObject({ kind: "key-lost" });
    expect(await real.getPassword("Exchange Rollout", "vault-key")).toBeNull();
    expect(await second.renew()).toMatchObject({ kind: "ready" });
    expect(readdirSync(join(at, setup, "vault"))).toEqual(["private-key.vault.lost-20261124"]);
    expect(readFileSync(`${sealed(at)}.lost-20261124`)).toEqual(before);
    expect(await second.put(setup, "private-key", Buffer.from("new"))).toBe("vault");
  });
});

describe("without a keychain", { timeout: 60_000 }, () => {
  const noBus = { DISPLAY: undefined, WAYLAND_DISPLAY: undefined, DBUS_SESSION_BUS_ADDRESS: undefined };
  const busGone = { ...noBus, DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent/bus" };

  it.each([
    ["a bus without a keychain service", {}, "no-secret-service"],
    ["no bus", noBus, "no-d-bus"],
    ["a bus that is gone", busGone, "no-d-bus"],
  ])("with %s, secrets last for this run and no file is written", async (_name, change, reason) => {
    expect(await outcome({ ...service.env, ...change })).toEqual(sessionOnly(reason));
  });

  it("with a keychain service in which nothing was ever set up, it is the same", async () => {
    await service.restart("locked");
    expect(await outcome(service.env)).toEqual(sessionOnly("no-collection"));
  });

  async function outcome(env: NodeJS.ProcessEnv) {
    const at = folder();
    const vault = await vaultIn(at, { keychain: await keychain(env) });
    return {
      view: await vault.open(),
      put: await vault.put(setup, "private-key", secret()),
      got: await vault.get(setup, "private-key"),
      onDisk: existsSync(join(at, setup, "vault")),
    };
  }

  function sessionOnly(reason: string) {
    const detail: unknown = expect.stringContaining(`${reason}: `);
    return { view: { kind: "session-only", detail }, put: "session", got: secret(), onDisk: false };
  }
});
