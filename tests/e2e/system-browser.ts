import { setTimeout as pause } from "node:timers/promises";
import type { Browser, Page } from "playwright/test";
import { createWords } from "../../main/shell/words.ts";
import type { App } from "./app.ts";
import { personBrowser } from "./browsers.ts";
import type { Hooks } from "./hooks.ts";

/** The people of a practice tenant, by what the account picker calls them. */
export const people = {
  globalAdministrator: "Alex Wilber",
  privilegedRoleAdministrator: "Pia Brandt",
  cloudApplicationAdministrator: "Chris Green",
  blocked: "Béla Nowak",
} as const;

/** One person being signed in on page after page; `at` says where that is. */
interface Followed {
  stopped: boolean;
  at: string;
  loop: Promise<void>;
}

const waitsForMain = "waiting for an address";

/** How long a page may take on a busy machine. */
const pageMs = 20_000;

/**
 * The browser of the person at the computer: a Chromium of its own, which opens what the app hands to the system and
 * signs in on the practice tenant's pages.
 */
export class SystemBrowser {
  /** The last words of each page that was gone through. */
  readonly ends: string[] = [];
  readonly #browser: Browser;
  readonly #language: "en" | "de";
  readonly #followed: Followed[] = [];

  private constructor(browser: Browser, language: "en" | "de") {
    this.#browser = browser;
    this.#language = language;
  }

  static async open(language: "en" | "de" = "en"): Promise<SystemBrowser> {
    return new SystemBrowser(await personBrowser(), language);
  }

  /** Signs in as this person on every page that the app opens from now on, until another one is followed. */
  async follow(app: App, person: string): Promise<void> {
    await this.leave();
    const followed: Followed = { stopped: false, at: "the start", loop: Promise.resolve() };
    let seen = (await app.openedExternally()).length;
    const serve = async (page: Page): Promise<void> => {
      while (!followed.stopped && app.isRunning) {
        followed.at = waitsForMain;
        // The app may end at any moment, or be killed.
        const address = await nextAddress(app, seen).catch(() => pause(50, undefined));
        if (address === undefined) continue;
        seen += 1;
        followed.at = address;
        this.ends.push(await this.#signIn(page, address, person).catch((error: unknown) => String(error)));
      }
      followed.at = "closing its page";
    };
    followed.loop = this.#onPage(serve);
    // Whoever leaves hears of it; it must not end the tests before.
    followed.loop.catch(() => undefined);
    this.#followed.push(followed);
  }

  /** Opens nothing more by itself; whoever has opened one leaves it at the end. */
  async leave(): Promise<void> {
    for (const followed of this.#followed.splice(0)) {
      followed.stopped = true;
      const left = await Promise.race([followed.loop.then(() => true), pause(pageMs, false, { ref: false })]);
      if (left) continue;
      if (followed.at === waitsForMain) throw new Error("The main process does not say what it opened");
      // Its page has served; that it does not close is not what the tests are about.
      console.log(`The browser of the person is still there: ${followed.at}`);
    }
  }

  /** Enters a device code on its page and goes on as this person; gives the last page's heading. */
  async enterCode(address: string, code: string, person: string): Promise<string> {
    return this.#onPage(async (page) => {
      const { t } = createWords(this.#language, this.#language);
      await page.goto(address);
      await page.getByRole("textbox").fill(code);
      await page.getByRole("button", { name: t("practice.sign-in.next") }).click();
      await page.getByRole("button", { name: person }).click();
      await page.getByRole("button", { name: t("practice.sign-in.proceed") }).click();
      await page.waitForLoadState();
      return page.getByRole("heading", { level: 1 }).innerText();
    });
  }

  /** Goes through a sign-in as this person, agreeing to what is asked for; gives the last page's heading. */
  async #signIn(page: Page, address: string, person: string): Promise<string> {
    const { t } = createWords(this.#language, this.#language);
    await page.goto(address);
    await page.getByRole("button", { name: person }).click();
    const accept = page.getByRole("button", { name: t("practice.sign-in.accept"), exact: true });
    const back = page.getByRole("button", { name: t("practice.sign-in.back"), exact: true });
    const end = page
      .getByText(t("identity.pages.done.title"))
      .or(page.getByText(t("identity.pages.failed.title")));
    await accept.or(back).or(end).first().waitFor();
    for (const button of [accept, back]) if (await button.isVisible()) await button.click();
    await end.first().waitFor();
    return end.first().innerText();
  }

  async #onPage<Result>(visit: (page: Page) => Promise<Result>): Promise<Result> {
    const context = await this.#browser.newContext({ locale: this.#language });
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(pageMs);
      return await visit(page);
    } finally {
      await context.close();
    }
  }
}

/** The address after so many others that goes to the system's browser, if one does within a moment. */
function nextAddress(app: App, seen: number): Promise<string | undefined> {
  // Waited for there: asking the process again and again costs more than all the sign-ins.
  return app.evaluate(async (_electron, known) => {
    const { opened } = (globalThis as unknown as { exchangeRolloutTest: Hooks }).exchangeRolloutTest;
    for (let look = 0; look < 10 && opened.length <= known; look += 1)
      await new Promise((resolve) => setTimeout(resolve, 25));
    return opened[known];
  }, seen);
}
