import { createHash } from "node:crypto";
import type { PageWords } from "./words.ts";

export interface PagePlan {
  words: PageWords;
  title: string;
  /** HTML. */
  body: string;
  style: string;
  /** Runs when the page is there; none when left out. */
  script?: string;
  /** Whether forms lead to other origins, as a sign-in's answer does. */
  leadsElsewhere?: boolean;
  /** 200 when left out. */
  status?: number;
}

/** A page that loads nothing, and runs and styles only what is written here. */
export function htmlPage({
  words,
  title,
  body,
  style,
  script = "",
  leadsElsewhere = false,
  status = 200,
}: PagePlan): Response {
  const code = script === "" ? "" : `<script>${script}</script>`;
  const html = `<!doctype html><html lang="${words.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title><style>${style}</style></head><body>${body}${code}</body></html>`;
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    ...(script === "" ? [] : [`script-src '${hashOf(script)}'`]),
    // Browsers apply it to the redirects after a form as well, and those of a sign-in end at the client.
    ...(leadsElsewhere ? [] : ["form-action 'self'"]),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return new Response(html, {
    status,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": policy.join("; "),
      "Cache-Control": "no-store",
      "Referrer-Policy": "same-origin",
      "X-Content-Type-Options": "nosniff",
      "X-Frame-Options": "DENY",
    },
  });
}

function hashOf(source: string): string {
  return `sha256-${createHash("sha256").update(source).digest("base64")}`;
}

/** Text as HTML, in elements and in quoted attributes. */
export function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** Colours of all practice pages, in light, dark and forced colours. */
export const colours = `:root{color-scheme:light dark;--ground:light-dark(#f2f3f5,#16181c);--surface:light-dark(#fff,#1e2126);--text:light-dark(#1b1f26,#e9ebee);--quiet:light-dark(#4f5763,#aab1bb);--line:light-dark(#dde0e5,#33383f);--edge:light-dark(#767c86,#8b93a0);--accent:light-dark(#0b5cad,#6cb4ff);--on-accent:light-dark(#fff,#06121f);--practice:light-dark(#7a4100,#f2b45a);--on-practice:light-dark(#fff,#201300);--good:light-dark(#14703c,#5fd08a);--bad:light-dark(#b3261e,#ff8f86)}
@media (forced-colors:active){:root{--practice:Canvas;--on-practice:CanvasText}}
*{box-sizing:border-box}body{font:16px/1.5 "Segoe UI",system-ui,sans-serif;margin:0;background:var(--ground);color:var(--text);overflow-wrap:anywhere}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.practice{background:var(--practice);color:var(--on-practice);margin:0;padding:.5rem .75rem;border-bottom:1px solid transparent}`;
