import { AppError } from "../errors.ts";

/**
 * Opens an address in the system's browser. Callers give only addresses from the guide; this is the last
 * check before the operating system, which would start any program that claims an address's scheme.
 * Errors: link-not-allowed.
 */
export async function openExternal(url: string, open: (url: string) => Promise<void>): Promise<void> {
  if (!isHttps(url)) throw new AppError("link-not-allowed");
  await open(new URL(url).href);
}

/** Opens a page of this app's own loopback server, for practice tenants. Errors: link-not-allowed. */
export async function openLoopback(url: string, open: (url: string) => Promise<void>): Promise<void> {
  if (!isLoopback(url)) throw new AppError("link-not-allowed");
  await open(new URL(url).href);
}

function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password, hostname, port } = new URL(url);
  return (
    protocol === "http:" && hostname === "127.0.0.1" && port !== "" && username === "" && password === ""
  );
}

function isHttps(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password, hostname } = new URL(url);
  return protocol === "https:" && username === "" && password === "" && hostname !== "";
}
