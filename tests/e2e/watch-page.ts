import type { Page } from "playwright/test";
import { isLoopback } from "../electron/stand-in/urls.ts";
import { isAppPage } from "./app-page.ts";

/** Notes every request that leaves this machine, every error and every blocked resource of a page. */
export function watchPage(page: Page, problems: string[]): void {
  page.on("request", (request) => {
    const url = request.url();
    if (!isAppPage(url) && !isClipboard(url) && !/^(data|blob|about):/.test(url) && !isLoopback(url))
      problems.push(`request to ${url}`);
  });
  page.on("requestfailed", (request) =>
    problems.push(`failed: ${request.url()} ${request.failure()?.errorText ?? ""}`),
  );
  page.on("pageerror", (error) => problems.push(`page error: ${error.stack ?? error.message}`));
  page.on("crash", () => problems.push("the page crashed"));
  // Chromium reports a violation of the content security policy as an error of the console.
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()}`);
  });
}

/** The stand-in's clipboard, which the browser without windows shows among the pages. */
function isClipboard(url: string): boolean {
  return url === "https://clipboard.stand-in.invalid/";
}
