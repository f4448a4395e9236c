/** The app's own page, by the scheme that Electron shows or the origin that the stand-in uses for it. */
export function isAppPage(url: string): boolean {
  return /^app:\/\/|^https:\/\/[^/]+\.app\.stand-in\.invalid\//.test(url);
}
