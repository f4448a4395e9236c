import { colours, escape, htmlPage } from "../html.ts";
import type { PageWords } from "../words.ts";

/** How a page speaks, and whether its links have to say so. */
export interface View {
  words: PageWords;
  /** The language that was asked for in the address; null when the browser decides. */
  lang: string | null;
}

export interface FramePlan {
  title: string;
  /** HTML. */
  body: string;
  /** The page's own address, as `hrefTo` gives it without a language. */
  self: string;
  /** Where in the navigation it lies. */
  place: "responsibilities" | "target-systems" | "below";
  /** 200 when left out. */
  status?: number;
}

/** The address of another page of the portal. All lie side by side, so that links need no folder. */
export function hrefTo({ lang }: View, path: string, query: Readonly<Record<string, string>> = {}): string {
  return addressOf(path, { ...query, ...(lang !== null && { lang }) });
}

function addressOf(path: string, query: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(query).toString();
  return text === "" ? path : `${path}?${text}`;
}

const style = `${colours}
.practice{padding:.5rem 1.5rem}
.top,main,footer{max-width:60rem;margin:0 auto;padding:0 1.5rem}
.top{display:flex;flex-wrap:wrap;gap:.5rem 2rem;align-items:baseline;padding-top:1rem}
.top p{margin:0;font-weight:600}nav ul,footer ul{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0;padding:0}
a{color:var(--accent)}nav a[aria-current=page]{font-weight:600}
h1{font-size:1.5rem;margin:1.5rem 0 .5rem}h2{font-size:1.15rem;margin:0 0 .5rem}h3{font-size:1rem;margin:0 0 .25rem}
section{background:var(--surface);border:1px solid var(--line);border-radius:.375rem;padding:1.25rem 1.5rem;margin:1rem 0}
section:focus{outline:none}.lead{margin:0 0 1rem;color:var(--quiet)}
.list{list-style:none;margin:0;padding:0}.list>li{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;justify-content:space-between;padding:.75rem 0;border-top:1px solid var(--line)}
.list>li:first-child{border-top:0}.list p{margin:0}.list small{display:block;color:var(--quiet)}
.field{margin:0 0 1.25rem}.field label{font-weight:600}.field .mark{display:inline-block;color:var(--quiet);font-size:.875rem;margin:0 .5rem}
.field p{margin:0 0 .25rem;color:var(--quiet);font-size:.9375rem}
input,select{font:inherit;width:100%;max-width:34rem;padding:.4375rem .625rem;border:1px solid var(--edge);border-radius:.25rem;background:var(--surface);color:inherit}
button{font:inherit;padding:.4375rem 1rem;border:1px solid var(--edge);border-radius:.25rem;background:var(--surface);color:inherit;cursor:pointer;min-height:2.25rem}
button.main{background:var(--accent);border-color:var(--accent);color:var(--on-accent);font-weight:600}
button:disabled{cursor:default;background:var(--ground);border:1px dashed var(--edge);color:var(--quiet);font-weight:400}
.note{border-left:.25rem solid var(--edge);margin:0 0 1rem;padding:.5rem .75rem;background:var(--ground)}
.note.good{border-color:var(--good)}.note.bad{border-color:var(--bad)}.note p{margin:.25rem 0 0}.note.good h3{color:var(--good)}.note.bad h3{color:var(--bad)}
code{font:.875rem/1.5 ui-monospace,"DejaVu Sans Mono",monospace}
footer{padding-top:.5rem;padding-bottom:2rem}form{margin:0}
@media (forced-colors:active){button:disabled{color:GrayText}}`;

/** A page of the portal, marked as practice, with navigation and a choice of language. */
export function framed(view: View, { title, body, self, place, status = 200 }: FramePlan): Response {
  const { words } = view;
  const name = words.t("practice.portal.name");
  const html = `<header><p class="practice">${escape(words.t("practice.portal.notice"))}</p>
<div class="top"><p>${escape(name)}</p>${navigation(view, place)}</div></header>
<main><h1>${escape(title)}</h1>${body}</main>
<footer>${languages(view, self)}</footer>`;
  return htmlPage({ words, title: `${title} – ${name}`, body: html, style, status });
}

function navigation(view: View, place: FramePlan["place"]): string {
  const { t } = view.words;
  const link = (path: "responsibilities" | "target-systems") =>
    `<li><a href="${escape(hrefTo(view, path))}"${path === place ? ' aria-current="page"' : ""}>${escape(t(`labels.${path}.page`))}</a></li>`;
  const below = link("responsibilities") + link("target-systems");
  return `<nav aria-label="${escape(t("practice.portal.navigation"))}"><ul>${below}</ul></nav>`;
}

function languages({ words }: View, self: string): string {
  const links = (["en", "de"] as const).map((language) => {
    const current = language === words.language ? ' aria-current="true"' : "";
    const [path = "", query = ""] = self.split("?");
    const address = addressOf(path, { ...Object.fromEntries(new URLSearchParams(query)), lang: language });
    return `<li><a href="${escape(address)}" lang="${language}" hreflang="${language}"${current}>${escape(words.t(`settings.language.${language}`))}</a></li>`;
  });
  return `<nav aria-label="${escape(words.t("settings.language.label"))}"><ul>${links.join("")}</ul></nav>`;
}

/** A message of the portal: a status after something was done, an alert when it was not. HTML. */
export function note(text: string, kind: "done" | "problem"): string {
  const role = kind === "done" ? "status" : "alert";
  return `<p class="note ${kind === "done" ? "good" : "bad"}" role="${role}">${escape(text)}</p>`;
}
