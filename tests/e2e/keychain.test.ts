import { mkdtempSync, rmSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SecretService } from "../support/secret-service.ts";
import { startSecretService } from "../support/secret-service.ts";
import { App } from "./app.ts";
import { expect, test as base } from "./fixture.ts";
import { prepareOffline } from "./strip-run.ts";
import { Walker } from "./walker.ts";

interface WithKeyring {
  service: SecretService;
  /** The app on a real Secret Service; not started yet. */
  own: App;
  folder: string;
}

/** A real gnome-keyring on a D-Bus of its own, and the app on it. */
const test = base.extend<WithKeyring>({
  service: async ({ appOptions: _options }, provide) => {
    const service = await startSecretService();
    await service.restart("unlocked");
    await provide(service);
    await service.stop();
  },
  folder: async ({ appOptions: _options }, provide) => {
    const folder = mkdtempSync(join(tmpdir(), "exchange-rollout-keychain-"));
    await provide(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  own: async ({ service, folder }, provide) => {
    const own = appOn(service, folder);
    await provide(own);
    await own.end();
    expect(own.problems).toEqual([]);
  },
});

/** The app on a Secret Service, always with the same data. */
function appOn(service: SecretService, folder: string): App {
  const environment = Object.fromEntries(
    Object.entries(service.env).filter(([name]) => name !== "PATH"),
  ) as Record<string, string>;
  return new App(join(folder, "data"), { keychain: "real", environment });
}

/** Starts the app, makes a setup with a certificate and an exported PFX, and opens it. */
async function withCertificate(app: App, folder: string): Promise<{ walker: Walker; name: string }> {
  await app.start();
  const { setup } = await prepareOffline(app, folder);
  const { name } = setup.summary;
  const walker = new Walker(app);
  await app.page.reload();
  await walker.openSetup(name);
  await expect.poll(() => walker.state("certificate")).toBe("done");
  return { walker, name };
}

test("what is sealed comes back with the keychain, and stays as it is while that is locked, another, or the file is damaged", async ({
  own,
  service,
  folder,
}) => {
  const { walker, name } = await withCertificate(own, folder);
  await walker.go("admin-portal");
  await walker.fill("tenantDomain", "fabrikam.onmicrosoft.com");
  await own.quit();
  const sealed = await sealedFiles(folder);
  expect(Object.keys(sealed)).not.toEqual([]);

  await test.step("a locked keychain is named, and nothing is overwritten", async () => {
    await service.restart("locked");
    await own.start();
    await expect(own.page.getByText(walker.t("vault.locked.title")).first()).toBeVisible({ timeout: 15_000 });
    await walker.openSetup(name);
    await walker.go("certificate");
    expect(await walker.state("certificate")).toBe("done");
    expect(await sealedFiles(folder)).toEqual(sealed);
    await walker.go("admin-portal");
    await own.quit();
  });

  await test.step("with an unlocked one the app goes on where it was, key and password included", async () => {
    await service.restart("unlocked");
    await own.start();
    await expect(own.page.getByText(walker.t("frame.vault.ready"))).toBeVisible();
    await walker.openSetup(name);
    await expect(own.page.getByRole("heading", { level: 1 })).toHaveText(walker.title("admin-portal"));
    const box = own.page.getByRole("textbox", { name: walker.t("fields.tenantDomain.label") });
    await expect(box).toHaveValue("fabrikam.onmicrosoft.com");
    await walker.go("certificate");
    const again = join(folder, "again.pfx");
    await own.nextSaveDialog(again);
    await walker.button("certificate.export.pfx").click();
    const size = () =>
      readFile(again).then(
        ({ length }) => length,
        () => 0,
      );
    await expect.poll(size).toBeGreaterThan(2_000);
    expect(await sealedFiles(folder)).toEqual(sealed);
    await own.quit();
  });

  await test.step("a lost key is named, and sealed files stay", async () => {
    const fresh = await startSecretService();
    const moved = appOn(fresh, folder);
    try {
      await fresh.restart("unlocked");
      await moved.start();
      await expect(moved.page.getByText(walker.t("vault.key-lost.title")).first()).toBeVisible();
      const there = new Walker(moved);
      await there.openSetup(name);
      await there.go("certificate");
      expect(await there.state("certificate")).toBe("done");
      expect(await sealedFiles(folder)).toEqual(sealed);
    } finally {
      await moved.end();
      await fresh.stop();
    }
    expect(moved.problems).toEqual([]);
  });

  await test.step("a sealed file that was tampered with is reported and kept", async () => {
    for (const path of Object.keys(sealed)) {
      const bytes = await readFile(path);
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      await writeFile(path, bytes);
    }
    const tampered = await sealedFiles(folder);
    await own.start();
    await walker.openSetup(name);
    await walker.go("certificate");
    await expect(own.page.getByText(walker.t("errors.vault-file-tampered.title")).first()).toBeVisible();
    expect(await sealedFiles(folder)).toEqual(tampered);
    await expect(walker.button("certificate.export.pfx")).toHaveAttribute("aria-disabled", "true");
  });
});

/** Every sealed file with its content. */
async function sealedFiles(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(join(folder, "data", "setups"), {
    recursive: true,
    withFileTypes: true,
  })) {
    if (!entry.isFile() || !entry.name.endsWith(".vault")) continue;
    const path = join(entry.parentPath, entry.name);
    found[path] = (await readFile(path)).toString("base64");
  }
  return found;
}
