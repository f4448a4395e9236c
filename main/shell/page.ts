/** Scheme and host under which the app's own files are served. */
export const appScheme = "app";
export const appHost = "main";

/** The app's pages, each in a window of its own. */
export const appPages = { main: "index.html", transfer: "transfer.html" } as const;
export type AppPage = keyof typeof appPages;

/** Address of one of the app's pages, on the development server if there is one. */
export function pageUrl(page: AppPage, devUrl: string | null): string {
  return new URL(appPages[page], devUrl ?? `${appScheme}://${appHost}/`).href;
}

const loopback = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Address of Vite's development server from `EXCHANGE_ROLLOUT_DEV_URL`, or null. A packaged app never has
 * one, and it can only be on this machine.
 */
export function devServerUrl(value: string | undefined, isPackaged: boolean): string | null {
  if (isPackaged || value === undefined) return null;
  const url = parse(value);
  if (url === null || url.protocol !== "http:" || !loopback.includes(url.hostname)) return null;
  return url.href;
}

/** Whether `url` is a page of this app: from its own scheme and host, or from the development server if any. */
export function isOurPage(url: string, devUrl: string | null): boolean {
  const page = parse(url);
  if (page === null || page.username !== "" || page.password !== "") return false;
  // Protocol and host, because the origin of a scheme that Node does not know is the word "null".
  if (page.protocol === `${appScheme}:`) return page.host === appHost;
  const server = devUrl === null ? null : parse(devUrl);
  return server !== null && page.protocol === server.protocol && page.host === server.host;
}

/** Who called: the frame's address (null when the frame is gone), its place, and the window it belongs to. */
export interface Sender {
  url: string | null;
  isMainFrame: boolean;
  webContentsId: number;
}

/** The windows that are open now: the page that each shows, and the number of its contents. */
export type OpenWindows = readonly { page: AppPage; webContentsId: number }[];

/** Whether a call comes from the main frame of one of our windows while it shows the page that belongs there. */
export function isTrustedSender(
  sender: Sender,
  expected: { windows: OpenWindows; devUrl: string | null },
): boolean {
  const { url, isMainFrame, webContentsId } = sender;
  if (url === null || !isMainFrame || !isOurPage(url, expected.devUrl)) return false;
  const window = expected.windows.find((one) => one.webContentsId === webContentsId);
  return window !== undefined && isPage(url, window.page);
}

/** The main page is also what an address without a file name gives. */
function isPage(url: string, page: AppPage): boolean {
  const path = parse(url)?.pathname ?? null;
  return path === `/${appPages[page]}` || (page === "main" && (path === "/" || path === ""));
}

function parse(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null;
}
