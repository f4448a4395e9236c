import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { extractFile, listPackage, statFile } from "@electron/asar";
import { FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { methodNames } from "../../preload/contract/names.ts";
import { packageApp } from "../support/package.ts";
import { root } from "../support/project.ts";

const asarLimit = 5_000_000;
const work = mkdtempSync(join(tmpdir(), "exchange-rollout-package-"));
const output = join(work, "out");
const unpacked = join(output, "linux-unpacked");
const asar = join(unpacked, "resources", "app.asar");

/** The bytes by which the fuses are found in Electron's program, then version, count and defaults. */
const fuseSentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";

/** What electron-builder needs of Electron's distribution folder, without Electron. */
function standInDistribution(): string {
  const folder = join(work, "electron");
  mkdirSync(join(folder, "locales"), { recursive: true });
  mkdirSync(join(folder, "resources"));
  const wire = Buffer.concat([Buffer.from(fuseSentinel), Buffer.from([1, 9]), Buffer.from("101100011")]);
  writeFileSync(join(folder, "electron"), Buffer.concat([Buffer.alloc(64), wire, Buffer.alloc(64)]), {
    mode: 0o755,
  });
  for (const name of ["LICENSE", "LICENSES.chromium.html", "version"])
    writeFileSync(join(folder, name), "45");
  for (const name of ["en-US", "de", "fr"]) writeFileSync(join(folder, "locales", `${name}.pak`), "");
  return folder;
}

function packedFiles(): string[] {
  return listPackage(asar, { isPack: false })
    .map((path) => path.replaceAll("\\", "/").slice(1))
    .filter((path) => !("files" in statFile(asar, path)));
}

describe("the package", () => {
  beforeAll(async () => {
    const packed = await packageApp([
      "--linux",
      "--x64",
      "--dir",
      `-c.electronDist=${standInDistribution()}`,
      `-c.directories.output=${output}`,
    ]);
    if (!packed) throw new Error("electron-builder failed");
  }, 120_000);
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  it("holds the bundles, package.json, one picture and keytar, and nothing else", () => {
    const allowed = [
      /^package\.json$/,
      /^dist\/main\/(index|worker|chunk-[\w-]+)\.cjs$/,
      /^dist\/preload\/index\.cjs$/,
      /^dist\/renderer\/(index|transfer)\.html$/,
      /^assets\/icons\/64x64\.png$/,
      /^dist\/renderer\/assets\/[\w.-]+\.(js|css|svg|png|woff2)$/,
      /^node_modules\/keytar\/(package\.json|LICENSE\.md|lib\/keytar\.js)$/,
      /^node_modules\/keytar\/prebuilds\/linux-x64\/keytar\.node$/,
    ];
    expect(packedFiles().filter((path) => !allowed.some((pattern) => pattern.test(path)))).toEqual([]);
  });

  it("holds everything that the app starts from", () => {
    expect(packedFiles()).toEqual(
      expect.arrayContaining([
        "package.json",
        "dist/main/index.cjs",
        "dist/main/worker.cjs",
        "dist/preload/index.cjs",
        "dist/renderer/index.html",
        "dist/renderer/transfer.html",
        "assets/icons/64x64.png",
        "node_modules/keytar/lib/keytar.js",
      ]),
    );
  });

  it("keeps keytar's native part outside the archive, where it can be loaded", () => {
    const native = "node_modules/keytar/prebuilds/linux-x64/keytar.node";
    expect(statFile(asar, native)).toMatchObject({ unpacked: true });
    expect(statSync(join(`${asar}.unpacked`, native)).size).toBeGreaterThan(0);
  });

  it("says nothing of scripts or development in its package.json", () => {
    const bundled = packedPackageJson();
    expect(bundled).toMatchObject({ name: "exchange-rollout", main: "dist/main/index.cjs" });
    expect(bundled).not.toHaveProperty("devDependencies");
    expect(bundled).not.toHaveProperty("scripts");
  });

  it("gives the preload the names of all methods and no schema", () => {
    const preload = extractFile(asar, "dist/preload/index.cjs").toString();
    for (const name of Object.values(methodNames).flat()) expect(preload).toContain(`"${name}"`);
    expect(preload).not.toMatch(/zod/i);
  });

  it("draws its pages with React as users get it, whoever asked for the build", () => {
    const scripts = packedFiles().filter((path) => /^dist\/renderer\/.*\.js$/.test(path));
    expect(scripts.length).toBeGreaterThan(1);
    const forDevelopers = (path: string) => /react-devtools/.test(extractFile(asar, path).toString());
    expect(scripts.filter(forDevelopers)).toEqual([]);
  });

  it(`stays under ${asarLimit / 1_000_000} MB`, () => {
    expect(statSync(asar).size).toBeLessThan(asarLimit);
  });

  it("carries the fuses that keep the app from being used as Node", async () => {
    const wire = await getCurrentFuseWire(join(unpacked, "exchange-rollout"));
    const on = "1".charCodeAt(0);
    const off = "0".charCodeAt(0);
    expect(wire).toMatchObject({
      [FuseV1Options.RunAsNode]: off,
      [FuseV1Options.EnableCookieEncryption]: on,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
      [FuseV1Options.EnableNodeCliInspectArguments]: off,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
      [FuseV1Options.OnlyLoadAppFromAsar]: on,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: off,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
    });
  });
});

describe("electron-builder.yml", () => {
  const config = readFileSync(join(root, "electron-builder.yml"), "utf8");

  it("names an installer for each system", () => {
    for (const target of ["nsis", "dmg", "zip", "AppImage", "deb"])
      expect(config).toMatch(new RegExp(`- (target: )?${target}\\b`));
    expect(config).toContain("- libsecret-1-0");
  });

  it("installs for one user on Windows, and hardens the app on macOS", () => {
    expect(config).toMatch(/oneClick: false\s+perMachine: false/);
    expect(config).toContain("hardenedRuntime: true");
    const entitlements = readFileSync(join(root, "assets", "entitlements.mac.plist"), "utf8");
    expect(entitlements.match(/<key>.*?<\/key>/g)).toEqual(["<key>com.apple.security.cs.allow-jit</key>"]);
  });
});

function packedPackageJson(): unknown {
  return JSON.parse(extractFile(asar, "package.json").toString("utf8"));
}
