/**
 * Chromium opens no scheme that it does not know, so `app://name/path` is served to it as
 * `https://name.app.stand-in.invalid/path`: a secure origin of its own that can never resolve.
 */
const suffix = ".stand-in.invalid";

/** The address under which Chromium gets a page of one of the app's own schemes. */
export function toPageUrl(url: string, schemes: ReadonlySet<string>): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url);
  const [, scheme = "", host = "", rest = ""] = match ?? [];
  if (!schemes.has(scheme.toLowerCase())) return url;
  return `https://${host}.${scheme.toLowerCase()}${suffix}${rest}`;
}

/** The address as Electron would give it. */
export function toAppUrl(url: string): string {
  const match = /^https:\/\/([^/?#]*)\.([a-z0-9+-]+)\.stand-in\.invalid(?=[/?#]|$)(.*)$/is.exec(url);
  if (!match) return url;
  const [, host = "", scheme = "", rest = ""] = match;
  return `${scheme}://${host}${rest}`;
}

/** The scheme of a page of the app's own, or undefined for any other address. */
export function appScheme(url: string): string | undefined {
  const mapped = toAppUrl(url);
  return mapped === url ? undefined : mapped.slice(0, mapped.indexOf("://"));
}

/** Whether the address stays on this machine. */
export function isLoopback(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return /^(https?|wss?):$/.test(protocol) && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
