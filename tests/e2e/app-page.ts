import type { BrowserContext, Page } from "playwright/test";

/** The app's own page, by the scheme that Electron shows or the origin that the stand-in uses for it. */
export function isAppPage(url: string): boolean {
  return /^app:\/\/|^https:\/\/[^/]+\.app\.stand-in\.invalid\//.test(url);
}

/** The app's page, as soon as Playwright has heard that it is no longer the blank one. */
export async function appPage(context: BrowserContext, devUrl: string | undefined): Promise<Page> {
  const until = Date.now() + 10_000;
  while (Date.now() < until) {
    const page = context
      .pages()
      .find(
        (candidate) =>
          isAppPage(candidate.url()) || (devUrl !== undefined && candidate.url().startsWith(devUrl)),
      );
    if (page) return page;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(
    `The app's window does not show its page but ${context
      .pages()
      .map((page) => page.url())
      .join(", ")}`,
  );
}
