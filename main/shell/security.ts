import type { App, IpcMainInvokeEvent, Session, WebContents } from "electron";
import { isOurPage, type Sender } from "./page.ts";

/** Refuses everything a page can ask the browser for: permissions, devices, screens, downloads. */
export function denyAll(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // An answer of null refuses the request; Electron's typing of the callback wants a streams object or null.
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.on("will-download", (event) => event.preventDefault());
}

/** Keeps every window on our own page: no navigation, no new windows, no embedded pages. */
export function confineWindows(app: App, devUrl: string | null): void {
  app.on("web-contents-created", (_event, contents) => confine(contents, devUrl));
}

function confine(contents: WebContents, devUrl: string | null): void {
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  contents.on("will-navigate", (event) => {
    // A reload of our own page is a navigation, too.
    if (!isOurPage(event.url, devUrl)) event.preventDefault();
  });
  contents.on("will-frame-navigate", (event) => {
    if (!event.isMainFrame || !isOurPage(event.url, devUrl)) event.preventDefault();
  });
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
}

/** What the sender check needs to know about a call. */
export function senderOf(event: IpcMainInvokeEvent): Sender {
  const frame = event.senderFrame;
  return {
    url: frame === null ? null : frame.url,
    isMainFrame: frame !== null && frame.parent === null,
    webContentsId: event.sender.id,
  };
}
