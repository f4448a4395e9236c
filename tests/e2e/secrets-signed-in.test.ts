import { mkdtempSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App } from "./app.ts";
import { expect, test } from "./fixture.ts";
import { handOverByKeys, rollOut } from "./hand-over.ts";
import { needlesOf, search, searchHeap } from "./needles.ts";
import type { Needles } from "./needles.ts";
import { ask, openBoth, person, prepare } from "./strip-run.ts";
import { Walker } from "./walker.ts";

/** A temp folder of the app's own, so that everything in it can be searched. */
const temp = mkdtempSync(join(tmpdir(), "exchange-rollout-secrets-"));
test.use({ appOptions: { ownBrowser: true, environment: { TMPDIR: temp, TMP: temp, TEMP: temp } } });

test.afterAll(async () => {
  await rm(temp, { recursive: true, force: true, maxRetries: 5 });
});

/** Keeps each token that main sends or is sent, where only this test looks. */
async function watchTokens(app: App): Promise<void> {
  await app.evaluate(() => {
    const seen = new Set<string>();
    const { Request } = globalThis;
    const originalOf = <Body>(name: "json" | "text") =>
      Object.getOwnPropertyDescriptor(Response.prototype, name)?.value as (this: Response) => Promise<Body>;
    const json = originalOf<unknown>("json");
    const text = originalOf<string>("text");
    const note = (body: string) => {
      for (const [, token = ""] of body.matchAll(/"(?:access|refresh|id)_token":\s*"([^"]+)"/g))
        seen.add(token);
    };
    Object.assign(globalThis, {
      seenTokens: seen,
      Request: class extends Request {
        constructor(...made: ConstructorParameters<typeof Request>) {
          super(...made);
          const token = /^Bearer (.+)$/.exec(this.headers.get("authorization") ?? "")?.[1];
          if (token !== undefined) seen.add(token);
        }
      },
    });
    Response.prototype.json = async function () {
      const value = await json.call(this);
      note(JSON.stringify(value));
      return value;
    };
    Response.prototype.text = async function () {
      const value = await text.call(this);
      note(value);
      return value;
    };
  });
}

/** The secret end of each token: a JWT's signature, or all of a refresh token. */
async function tokenNeedles(app: App): Promise<Needles> {
  const tokens = await app.evaluate(() => [
    ...(globalThis as unknown as { seenTokens: Set<string> }).seenTokens,
  ]);
  return tokens.flatMap((token) => {
    const secret = token.split(".").at(-1) ?? token;
    expect(secret.length).toBeGreaterThan(30);
    const name = token.startsWith("eyJ") ? "JWT" : "refresh token";
    return [
      { name, bytes: Buffer.from(secret) },
      { name: `${name}, UTF-16`, bytes: Buffer.from(secret, "utf16le") },
    ];
  });
}

test("after the whole signed-in way to Connected, by keys, no secret is where the user did not put it", async ({
  app,
}, testInfo) => {
  test.setTimeout(240_000);
  const walker = new Walker(app);
  const { t } = walker;
  const folder = testInfo.outputPath("files");
  await watchTokens(app);
  const { setup, pfx } = await prepare(app, folder);
  const { strip, portal } = await openBoth(app, setup);
  const setupId = setup.summary.id;

  await test.step("the dry run connects", async () => {
    await walker.go("rollout");
    await walker.button("dryRun.entry.open").click();
    await walker.button("dryRun.run").click();
    await expect(app.page.getByText(t("dryRun.states.passed"), { exact: true }).first()).toBeVisible({
      timeout: 60_000,
    });
  });

  let password = "";
  await test.step("the keyboard alone hands everything over, and Rollout connects", async () => {
    password = await handOverByKeys({ app, strip, portal, pfx });
    await rollOut(portal);
  });

  await test.step("the result is recorded, and everything is written that the app writes", async () => {
    await strip.keyboard.press("Enter");
    await walker.rollout("connected");
    await walker.writeReports("rollout.handover.write", folder, "both");
    await expect(walker.button("rollout.handover.show")).toBeVisible({ timeout: 60_000 });
    for (const format of ["csv", "jsonl"] as const) {
      await app.nextSaveDialog(join(folder, `activity.${format}`));
      await ask(app.page, "setups", "exportActivity", { setupId, format });
    }
    await app.nextSaveDialog(join(folder, "setup.json"));
    await ask(app.page, "setups", "exportFile", { setupId });
    await walker.button("frame.settings").click();
    await app.nextSaveDialog(join(folder, "diagnostics.txt"));
    await walker.button("settings.data.diagnostics").click();
    await expect
      .poll(() =>
        readFile(join(folder, "diagnostics.txt")).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  });

  expect(password).toMatch(/^\S{24}$/);
  const tokens = await tokenNeedles(app);
  expect(new Set(tokens.map(({ name }) => name))).toEqual(
    new Set(["JWT", "JWT, UTF-16", "refresh token", "refresh token, UTF-16"]),
  );
  const needles = [...needlesOf(pfx, password), ...tokens];

  await test.step("the searches find each of them where it does lie", async () => {
    const control = testInfo.outputPath("control");
    await mkdir(control);
    for (const [index, { bytes }] of needles.entries()) await writeFile(join(control, String(index)), bytes);
    const { found } = await search(control, needles);
    for (const index of needles.keys())
      expect(found.some((line) => line.startsWith(`${join(control, String(index))}: `))).toBe(true);
  });

  await test.step("neither window holds one in its memory, where a sign put there is found", async () => {
    const sign = `sign-${testInfo.testId}`;
    const held = { name: "sign", bytes: Buffer.from(sign) };
    for (const page of [app.page, strip]) {
      await page.evaluate((text) => Object.assign(window, { sign: [text] }), sign);
      expect(await searchHeap(page, [held, ...needles])).toEqual(["sign"]);
    }
  });

  const nowhere = async () => {
    for (const place of [app.userDataDir, temp, folder]) {
      const { found, files } = await search(place, needles);
      expect(found).toEqual([]);
      if (place !== temp) expect(files).toBeGreaterThan(4);
    }
  };
  await test.step("no file, no output and no clipboard has one while the app runs", async () => {
    await nowhere();
    const clipboard = await app.clipboardText();
    for (const { bytes } of needles) {
      expect(app.output.includes(bytes.toString("latin1"))).toBe(false);
      expect(clipboard.includes(bytes.toString("latin1"))).toBe(false);
    }
  });

  await test.step("Escape closes the strip", async () => {
    await strip.bringToFront();
    // The window closes when the key goes down, before that is answered.
    await strip.keyboard.down("Escape").catch(() => undefined);
    await expect
      .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length))
      .toBe(1);
  });

  await test.step("nor any file after the end", async () => {
    const { rollout } = await ask(app.page, "setups", "open", { setupId });
    expect(rollout.record).toMatchObject({ result: "connected", by: person });
    expect(await app.quit()).toBe(0);
    await nowhere();
  });
  await portal.context().close();
});
