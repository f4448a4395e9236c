import { contract } from "../../preload/contract.ts";
import { App } from "./app.ts";
import { expect, test } from "./fixture.ts";

// As a user starts it.
test.use({ appOptions: { ownBrowser: true } });

test("the app opens one window, once, with its methods and nothing else, comes back after any end, and ends with its window", async ({
  page,
  app,
}) => {
  await expect(page).toHaveTitle(/Exchange Rollout/);
  await expect(page.getByRole("main")).toBeVisible();
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);

  await test.step("the page has the app's methods and nothing of Node or Electron", async () => {
    const found = await page.evaluate(() => ({
      node: ["require", "process", "module", "Buffer", "global", "ipcRenderer", "electron"].filter(
        (name) => name in globalThis,
      ),
      areas: Object.keys((globalThis as unknown as { rollout: object }).rollout).toSorted(),
      frozen: Object.isFrozen((globalThis as unknown as { rollout: object }).rollout),
    }));
    expect(found).toEqual({
      node: [],
      areas: [...Object.keys(contract), "on"].toSorted(),
      frozen: true,
    });
  });
  await test.step("main validates what the page asks for", async () => {
    const answer = await page.evaluate(async () => {
      const { rollout } = globalThis as unknown as {
        rollout: { setups: { open(input: unknown): Promise<{ ok: boolean }> } };
      };
      return rollout.setups.open({ setupId: "../../etc/passwd" });
    });
    expect(answer).toMatchObject({ ok: false });
    expect(await app.evaluate(({ app: electron }) => electron.isPackaged)).toBe(false);
  });

  await test.step("a second start ends at once and brings the first window to the front", async () => {
    await app.evaluate(({ app: electron, BrowserWindow }) => {
      electron.on("second-instance", () => Object.assign(globalThis, { sawSecondInstance: true }));
      BrowserWindow.getAllWindows()[0]?.minimize();
    });
    const visible = () =>
      app.evaluate(({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows();
        return window?.isVisible() === true && !window.isMinimized();
      });
    await expect.poll(visible).toBe(false);
    expect(await app.startSecondInstance()).toBe(0);
    await expect.poll(() => app.evaluate(() => "sawSecondInstance" in globalThis)).toBe(true);
    await expect.poll(visible).toBe(true);
  });

  await test.step("it comes back after it was closed", async () => {
    await expect((await app.restart()).getByRole("main")).toBeVisible();
    await app.kill9();
  });
  // On the same data, on a system whose language has changed.
  const german = new App(app.userDataDir, { ownBrowser: true, language: "de" });
  try {
    await test.step("and after it was killed, in the language the system has now", async () => {
      await expect((await german.start()).getByRole("main")).toBeVisible();
      await expect(german.page.locator("html")).toHaveAttribute("lang", /^de/);
    });
    await test.step("closing the window ends it", async () => {
      const ended = german.ended();
      // It may end before its answer has left.
      const asked = german
        .evaluate(({ BrowserWindow }) => {
          setImmediate(() => BrowserWindow.getAllWindows()[0]?.close());
        })
        .catch(() => undefined);
      expect(await ended).toBe(0);
      await asked;
    });
  } finally {
    await german.end();
  }
  expect(german.problems).toEqual([]);
});

test.describe("a page that was taken over", () => {
  test.use({
    expectedProblems: [
      /Content Security Policy|example\.com|ERR_BLOCKED|ERR_ABORTED|Refused to|TrustedScript/,
    ],
  });

  test("opens no window, goes nowhere, fetches and runs nothing, and gets no permission", async ({
    app,
    page,
  }) => {
    await test.step("it opens no window", async () => {
      expect(await page.evaluate(() => window.open("https://example.com/") === null)).toBe(true);
      expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
      expect(
        page
          .context()
          .pages()
          .some((other) => other.url().includes("example.com")),
      ).toBe(false);
    });

    await test.step("it goes to no other address", async () => {
      const before = page.url();
      await page.evaluate(() => {
        window.location.href = "https://example.com/";
      });
      await page.waitForTimeout(300);
      expect(page.url()).toBe(before);
      await expect(page.getByRole("main")).toBeVisible();
    });

    await test.step("it fetches nothing from outside", async () => {
      const answer = await page.evaluate(() =>
        fetch("https://example.com/").then(
          () => "answered",
          () => "refused",
        ),
      );
      expect(answer).toBe("refused");
    });

    await test.step("it runs no script that is written into it", async () => {
      const ran = await page.evaluate(async () => {
        const script = document.createElement("script");
        try {
          script.text = "globalThis.injected = true";
          document.body.append(script);
          await new Promise((resolve) => setTimeout(resolve, 50));
        } catch {
          // Trusted Types refuse the text itself.
        }
        return "injected" in globalThis;
      });
      expect(ran).toBe(false);
    });

    await test.step("it gets no permission", async () => {
      const states = await page.evaluate(() =>
        Promise.all(
          (["geolocation", "notifications", "camera", "microphone"] as PermissionName[]).map(
            async (name) => (await navigator.permissions.query({ name })).state,
          ),
        ),
      );
      expect(states).toEqual(["denied", "denied", "denied", "denied"]);
    });
  });
});
