import { readdir } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { policyHeader, productionPolicy } from "./csp.ts";
import { appHost, appScheme } from "./page.ts";

/** Every address the app answers, with its file. What is not in here does not exist. */
export type ServedFiles = ReadonlyMap<string, string>;

/** The answer to one request; `file` is what to send, null when there is nothing. */
export interface Answer {
  status: 200 | 400 | 404 | 405;
  headers: Record<string, string>;
  file: string | null;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};

/** Lists `folder` once. Files of a type that a page does not need are left out. */
export async function listServedFiles(folder: string): Promise<ServedFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, string>();
  for (const entry of entries) {
    if (!entry.isFile() || contentTypes[extname(entry.name)] === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    files.set(`/${relative(folder, file).split(sep).join("/")}`, file);
  }
  return files;
}

/** Decides what a request gets. Only listed files, only GET, always with the content security policy. */
export function answerFor(request: { method: string; url: string }, files: ServedFiles): Answer {
  if (request.method !== "GET") return { ...nothing(405), headers: { ...commonHeaders(), Allow: "GET" } };
  if (!URL.canParse(request.url)) return nothing(400);
  const url = new URL(request.url);
  if (url.protocol !== `${appScheme}:` || url.host !== appHost || url.username !== "") return nothing(404);
  const path = url.pathname === "/" || url.pathname === "" ? "/index.html" : url.pathname;
  const file = files.get(path);
  if (file === undefined) return nothing(404);
  const type = contentTypes[extname(path)];
  if (type === undefined) return nothing(404);
  return { status: 200, headers: { ...commonHeaders(), "Content-Type": type }, file };
}

function nothing(status: 400 | 404 | 405): Answer {
  return { status, headers: { ...commonHeaders(), "Content-Type": "text/plain; charset=utf-8" }, file: null };
}

function commonHeaders(): Record<string, string> {
  return {
    "Content-Security-Policy": policyHeader(productionPolicy),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
  };
}
