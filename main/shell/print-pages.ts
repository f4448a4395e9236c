import { randomUUID } from "node:crypto";
import { appScheme } from "./page.ts";

/** Pages that are printed and not shown lie on a host of their own, so that they are never taken for the app's. */
const printHost = "print";

export interface PrintPages {
  /** Offers a page until it is withdrawn. Its address is not to be guessed. */
  offer(html: string): { url: string; withdraw: () => void };
  /** The answer to a request for such a page; null when the request is for another host. */
  answer(request: { method: string; url: string }): Response | null;
}

/** Keeps pages for printing in memory; nothing of them gets onto the disk. */
export function createPrintPages(): PrintPages {
  const pages = new Map<string, string>();
  return {
    offer(html) {
      const url = `${appScheme}://${printHost}/${randomUUID()}`;
      pages.set(url, html);
      return { url, withdraw: () => void pages.delete(url) };
    },
    answer({ method, url }) {
      if (!URL.canParse(url)) return null;
      const { protocol, host } = new URL(url);
      if (protocol !== `${appScheme}:` || host !== printHost) return null;
      const page = method === "GET" ? pages.get(url) : undefined;
      return new Response(page ?? null, { status: page === undefined ? 404 : 200, headers });
    },
  };
}

/** No scripts, no forms, no other resources, whatever the page says. */
const headers = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
};
