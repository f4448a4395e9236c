/** What the stand-in takes although some of it never happens there; everything else throws. */
function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** Events of app. */
export const appEvents = words(`
  ready will-finish-launching window-all-closed before-quit will-quit quit activate
  second-instance web-contents-created browser-window-created browser-window-focus
  browser-window-blur open-file open-url certificate-error select-client-certificate login
  child-process-gone render-process-gone continue-activity accessibility-support-changed
  session-created gpu-info-update
`);

/** Events of BrowserWindow. */
export const windowEvents = words(`
  close closed ready-to-show show hide focus blur resize resized move moved maximize unmaximize
  minimize restore enter-full-screen leave-full-screen session-end query-session-end unresponsive
  responsive page-title-updated system-context-menu app-command
`);

/** Events of webContents. */
export const contentsEvents = words(`
  will-navigate will-frame-navigate will-redirect did-navigate did-navigate-in-page
  did-finish-load did-fail-load did-start-loading did-stop-loading dom-ready will-attach-webview
  will-prevent-unload render-process-gone unresponsive responsive destroyed zoom-changed
  context-menu before-input-event console-message preload-error page-title-updated focus blur
  did-create-window devtools-opened select-bluetooth-device
`);

/** BrowserWindow's options. */
export const windowOptions = words(`
  width height minWidth minHeight x y show backgroundColor title webPreferences icon
  autoHideMenuBar center useContentSize titleBarStyle titleBarOverlay trafficLightPosition
  resizable accentColor name windowStatePersistence darkTheme maximizable minimizable
  fullscreenable alwaysOnTop
`);
