/** Scheme and host under which the app's own files are served. */
export const appScheme = "app";
export const appHost = "main";
export const appPage = `${appScheme}://${appHost}/index.html`;

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

/** Whether a call comes from the main frame of our own window while it shows our own page. */
export function isTrustedSender(
  sender: Sender,
  expected: { webContentsId: number | null; devUrl: string | null },
): boolean {
  return (
    sender.url !== null &&
    sender.isMainFrame &&
    expected.webContentsId !== null &&
    sender.webContentsId === expected.webContentsId &&
    isOurPage(sender.url, expected.devUrl)
  );
}

function parse(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null;
}
