import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
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
test.afterAll(() => rm(temp, { recursive: true, force: true, maxRetries: 5 }));

test("after the whole signed-in way to Connected, by keys, no secret is where the user did not put it, and the password leaves the clipboard", async ({
  app,
  page,
}, testInfo) => {
  test.setTimeout(240_000);
  const walker = new Walker(app);
  const { t } = walker;
  const folder = testInfo.outputPath("files");
  const inFolder = (name: string) => join(folder, name);
  await walker.button("frame.settings").click();
  await page.getByText(t("settings.clipboard.seconds", { count: 15 }), { exact: true }).click();
  await watchTokens(app);
  const { setup, pfx } = await prepare(app, folder);
  const { strip, portal } = await openBoth(app, setup);
  const setupId = setup.summary.id;

  await test.step("the dry run connects", async () => {
    await walker.go("rollout");
    await walker.button("dryRun.entry.open").click();
    await walker.button("dryRun.run").click();
    await expect(page.getByText(t("dryRun.states.passed"), { exact: true }).first()).toBeVisible({
      timeout: 60_000,
    });
  });

  const password =
    await test.step("the keyboard alone hands everything over, and Rollout connects", async () => {
      const handedOver = await handOverByKeys({ app, strip, portal, pfx });
      await rollOut(portal);
      await strip.keyboard.press("Enter");
      await walker.rollout("connected");
      return handedOver;
    });
  expect(password).toMatch(/^\S{24}$/);

  const leftByStrip = await app.clipboardText();
  const copyPassword = async () => {
    await walker.go("certificate");
    await walker.button("common.copyWhat", { what: t("password.label") }).click();
    await expect.poll(() => app.clipboardText()).toBe(password);
  };
  await copyPassword();
  const copiedAt = Date.now();

  await test.step("everything is written that the app writes", async () => {
    const pem = inFolder("key-and-certificate.pem");
    await app.nextSaveDialog(pem);
    await walker.button("certificate.export.more").click();
    await page.getByRole("menuitem", { name: t("certificate.export.pem") }).click();
    // It is opened once more after it was written; only then the next export can begin.
    await page
      .getByText(t("home.savedTo", { path: pem }))
      .first()
      .waitFor({ state: "attached" });
    expect(existsSync(pem)).toBe(true);
    // An error on the way must not tell anything either.
    await app.nextSaveDialog(inFolder("no such folder/connect.pfx"));
    await walker.button("certificate.export.pfx").click();
    await expect(page.getByText(t("errors.file-not-found.title")).first()).toBeVisible();
    for (const format of ["csv", "jsonl"] as const) {
      await app.nextSaveDialog(inFolder(`activity.${format}`));
      await ask(page, "setups", "exportActivity", { setupId, format });
    }
    await app.nextSaveDialog(inFolder("setup.json"));
    await page.keyboard.press("Control+e");
    await expect.poll(() => existsSync(inFolder("setup.json"))).toBe(true);
    await walker.go("rollout");
    await walker.writeReports("rollout.handover.write", folder, "both");
    await expect(walker.button("rollout.handover.show")).toBeVisible({ timeout: 60_000 });
    await walker.button("frame.settings").click();
    await app.nextSaveDialog(inFolder("diagnostics.txt"));
    await walker.button("settings.data.diagnostics").click();
    await expect.poll(() => existsSync(inFolder("diagnostics.txt"))).toBe(true);
  });

  const tokens = await tokenNeedles(app);
  expect(new Set(tokens.map(({ name }) => name))).toEqual(
    new Set(["JWT", "JWT, UTF-16", "refresh token", "refresh token, UTF-16"]),
  );
  const needles = [...needlesOf(pfx, password), ...tokens];
  expect(needles.filter(({ bytes }) => leftByStrip.includes(bytes.toString("latin1")))).toEqual([]);

  await test.step("the search finds each of them where it does lie", async () => {
    const control = testInfo.outputPath("control");
    await mkdir(control);
    for (const [index, { bytes }] of needles.entries()) await writeFile(join(control, String(index)), bytes);
    const open = ["pkcs12", "-in", pfx, "-passin", `pass:${password}`, "-nocerts", "-nodes"];
    await writeFile(join(control, "key.pem"), execFileSync("openssl", open, { stdio: "pipe" }));
    const { found } = await search(control, needles);
    for (const name of [...needles.keys(), "key.pem"])
      expect(found.some((line) => line.startsWith(`${join(control, String(name))}: `))).toBe(true);
  });

  await test.step("neither window holds one in its memory, where a sign put there is found", async () => {
    const sign = `sign-${testInfo.testId}`;
    const held = { name: "sign", bytes: Buffer.from(sign) };
    for (const window of [page, strip]) {
      await window.evaluate((text) => Object.assign(globalThis, { sign: [text] }), sign);
      expect(await searchHeap(window, [held, ...needles])).toEqual(["sign"]);
    }
  });

  await test.step("the clipboard is cleared after 15 seconds", async () => {
    if (Date.now() - copiedAt < 12_000) expect(await app.clipboardText()).toBe(password);
    await expect.poll(() => app.clipboardText(), { timeout: 25_000 }).toBe("");
    expect(Date.now() - copiedAt).toBeGreaterThan(14_000);
  });

  const nowhere = async () => {
    for (const place of [app.userDataDir, temp, folder]) {
      const { found, files } = await search(place, needles);
      expect(found).toEqual([]);
      if (place !== temp) expect(files).toBeGreaterThan(4);
    }
    // The sealed secrets and the log are among what was searched.
    const kept = (await readdir(app.userDataDir, { recursive: true })).map(String);
    expect(kept.some((name) => name.endsWith(".vault"))).toBe(true);
    expect(kept.some((name) => name.startsWith("logs"))).toBe(true);
    expect(needles.filter(({ bytes }) => app.output.includes(bytes.toString("latin1")))).toEqual([]);
  };
  await test.step("they are found nowhere while the app runs", nowhere);

  await test.step("Escape closes the strip", async () => {
    await strip.bringToFront();
    // The window closes when the key goes down, before that is answered.
    await strip.keyboard.down("Escape").catch(() => undefined);
    await expect
      .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length))
      .toBe(1);
  });

  await test.step("the password is shown only as long as it is wanted; quitting clears the clipboard", async () => {
    const { rollout } = await ask(page, "setups", "open", { setupId });
    expect(rollout.record).toMatchObject({ result: "connected", by: person });
    await page.keyboard.press("Alt+Home");
    await walker.openSetup(setup.summary.name);
    await copyPassword();
    await walker.button("password.show").click();
    await expect(page.getByText(password)).toBeVisible();
    await walker.button("password.show").click();
    await expect(page.getByText(password)).toHaveCount(0);
    // The clipboard of the stand-in ends with it, so what happens to it is noted in a file before.
    const note = testInfo.outputPath("cleared");
    await app.evaluate(({ clipboard }, path) => {
      const clear = clipboard.clear.bind(clipboard);
      clipboard.clear = () => {
        clear();
        process.getBuiltinModule("node:fs").writeFileSync(path, "cleared");
      };
    }, note);
    expect(existsSync(join(app.userDataDir, "clipboard.json"))).toBe(true);
    expect(await app.quit()).toBe(0);
    expect(existsSync(note)).toBe(true);
    expect(existsSync(join(app.userDataDir, "clipboard.json"))).toBe(false);
  });

  await test.step("they are found nowhere after the end", nowhere);
  await portal.context().close();
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
