import { mkdtempSync, rmSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SecretService } from "../support/secret-service.ts";
import { startSecretService } from "../support/secret-service.ts";
import { App } from "./app.ts";
import { expect, test as base } from "./fixture.ts";
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
    const environment = Object.fromEntries(
      Object.entries(service.env).filter(([name]) => name !== "PATH"),
    ) as Record<string, string>;
    const own = new App(join(folder, "data"), { keychain: "real", environment });
    await provide(own);
    await own.end();
    expect(own.problems).toEqual([]);
  },
});

/** A setup with a certificate and an exported PFX. */
async function withCertificate(app: App, folder: string): Promise<Walker> {
  await app.start();
  const walker = new Walker(app);
  await walker.createSetup("Contoso AG");
  await walker.go("certificate");
  await walker.makeCertificate(folder);
  return walker;
}

async function openCertificate(app: App): Promise<Walker> {
  const walker = new Walker(app);
  await walker.openSetup("Contoso AG");
  await walker.go("certificate");
  return walker;
}

test("closed in the middle, the app goes on where it was, key and password included", async ({
  own,
  folder,
}) => {
  const walker = await withCertificate(own, folder);
  await walker.go("admin-portal");
  await walker.fill("tenantDomain", "contoso.onmicrosoft.com");
  await own.restart();
  await walker.openSetup("Contoso AG");
  await expect(own.page.getByRole("heading", { level: 1 })).toHaveText(walker.title("admin-portal"));
  const box = own.page.getByRole("textbox", { name: walker.t("fields.tenantDomain.label") });
  await expect(box).toHaveValue("contoso.onmicrosoft.com");
  await walker.go("certificate");
  const again = join(folder, "again.pfx");
  await own.nextSaveDialog(again);
  await walker.button("certificate.export.pfx").click();
  await expect
    .poll(() =>
      readFile(again).then(
        (bytes) => bytes.length,
        () => 0,
      ),
    )
    .toBeGreaterThan(2_000);
});

test("a locked keychain is named, nothing is overwritten, and unlocking brings everything back", async ({
  own,
  service,
  folder,
}) => {
  await withCertificate(own, folder);
  await own.quit();
  const sealed = await sealedFiles(folder);
  await service.restart("locked");
  await own.start();
  await expect(own.page.getByText(new Walker(own).t("vault.locked.title")).first()).toBeVisible({
    timeout: 15_000,
  });
  const walker = await openCertificate(own);
  expect(await walker.state("certificate")).toBe("done");
  expect(await sealedFiles(folder)).toEqual(sealed);
  await own.quit();
  await service.restart("unlocked");
  await own.start();
  await expect(own.page.getByText(walker.t("frame.vault.ready"))).toBeVisible();
  await openCertificate(own);
  await own.nextSaveDialog(join(folder, "again.pfx"));
  await walker.button("certificate.export.pfx").click();
  await expect.poll(() => readdir(folder)).toContain("again.pfx");
  expect(await sealedFiles(folder)).toEqual(sealed);
});

test("a lost key is named and sealed files stay", async ({ own, folder }) => {
  await withCertificate(own, folder);
  await own.quit();
  const sealed = await sealedFiles(folder);
  const fresh = await startSecretService();
  try {
    await fresh.restart("unlocked");
    const environment = Object.fromEntries(
      Object.entries(fresh.env).filter(([name]) => name !== "PATH"),
    ) as Record<string, string>;
    const moved = new App(join(folder, "data"), { keychain: "real", environment });
    try {
      await moved.start();
      const walker = new Walker(moved);
      await expect(moved.page.getByText(walker.t("vault.key-lost.title")).first()).toBeVisible();
      await openCertificate(moved);
      expect(await walker.state("certificate")).toBe("done");
      expect(await sealedFiles(folder)).toEqual(sealed);
    } finally {
      await moved.end();
    }
  } finally {
    await fresh.stop();
  }
});

test("a sealed file that was tampered with is reported and kept", async ({ own, folder }) => {
  await withCertificate(own, folder);
  await own.quit();
  for (const path of Object.keys(await sealedFiles(folder))) {
    const bytes = await readFile(path);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(path, bytes);
  }
  const sealed = await sealedFiles(folder);
  await own.start();
  const walker = await openCertificate(own);
  await expect(own.page.getByText(walker.t("errors.vault-file-tampered.title")).first()).toBeVisible();
  expect(await sealedFiles(folder)).toEqual(sealed);
  await expect(walker.button("certificate.export.pfx")).toHaveAttribute("aria-disabled", "true");
});

test("without any keychain the user is told that secrets last until the app closes", async ({ folder }) => {
  const own = new App(join(folder, "data"), { keychain: "none" });
  try {
    const walker = await withCertificate(own, folder);
    await expect(own.page.getByText(walker.t("frame.vault.session-only"))).toBeVisible();
    expect(await sealedFiles(folder)).toEqual({});
  } finally {
    await own.end();
  }
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
