import { cssString } from "./markup.ts";

export interface PaperMarks {
  /** On top of every page of paper; empty for none. */
  top: string;
  bottom: string;
  /** Before and after the two numbers of "Page 1 of 4". */
  page: string;
  of: string;
}

/**
 * The report's style: as wide as a page on screen, light or dark as the system is; on paper A4, always light.
 * Chromium prints the marks in the margins; other browsers leave them out.
 */
export function reportStyle({ top, bottom, page, of }: PaperMarks): string {
  return `${common}
@page {
  size: A4;
  margin: 20mm 17mm 19mm;
  @top-left { content: ${cssString(top)}; ${mark} font-size: 11pt; font-weight: 700; color: #8a3b00; }
  @bottom-left { content: ${cssString(bottom)}; ${mark} }
  @bottom-right { content: ${cssString(`${page} `)} counter(page) ${cssString(` ${of} `)} counter(pages); ${mark} }
}
`;
}

const fonts = `"Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif`;
const mark = `font: 8pt/1.2 ${fonts}; color: #555b63; white-space: nowrap;`;

const common = `
:root {
  color-scheme: light dark;
  --ink: #1b1f24; --quiet: #555b63; --ground: #fff; --line: #c9ced5; --head: #f1f3f6;
  --accent: #0b5cad; --warn: #8a3b00; --warn-ground: #fff4e8;
  font: 15px/1.5 ${fonts};
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ink: #e8eaed; --quiet: #a9b0b9; --ground: #16181c; --line: #454b54; --head: #22262c;
    --accent: #8abaf0; --warn: #ffc08a; --warn-ground: #3a2512;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 58rem; color: var(--ink); background: var(--ground); }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2.2rem 0 0.6rem; }
h3 { font-size: 1rem; line-height: 1.35; margin: 1.3rem 0 0.4rem; }
h2, h3, .intro { break-after: avoid; break-inside: avoid; }
p { margin: 0.35rem 0; orphans: 3; widows: 3; }
p, th, td, dt, dd, li { overflow-wrap: anywhere; unicode-bidi: isolate; }
.role { margin: 0; color: var(--accent); font-weight: 600; }
.quiet, small { color: var(--quiet); font-size: 0.875em; }
.notice { border: 1px solid var(--warn); border-inline-start-width: 5px; background: var(--warn-ground); color: var(--warn);
  padding: 0.5rem 0.8rem; margin: 0.8rem 0; font-weight: 600; break-inside: avoid; }
.said { white-space: pre-wrap; border-inline-start: 3px solid var(--line); padding-inline-start: 0.7rem; }
code, .mono { font-family: "Cascadia Mono", Consolas, Menlo, "DejaVu Sans Mono", monospace; font-size: 0.86em; }
/* A pixel less, or paper cuts the collapsed border off. */
table { border-collapse: collapse; width: calc(100% - 1px); table-layout: fixed; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 1px solid var(--line); padding: 0.32rem 0.55rem; text-align: start; vertical-align: top; }
thead th { background: var(--head); font-size: 0.85em; }
th[scope="row"] { font-weight: 600; }
th small { font-weight: 400; }
.values { break-inside: avoid; }
.values th:first-child { width: 32%; }
.steps th:first-child { width: 36%; }
.steps th:nth-child(2) { width: 16%; }
.permissions th:first-child { width: 31%; }
.permissions th:nth-child(2) { width: 14%; }
.permissions th:nth-child(3) { width: 19%; }
.changes th:first-child { width: 32%; }
.changes th:nth-child(2) { width: 36%; }
.exchanges th:first-child { width: 36%; }
.by-hand { height: 3.6rem; }
.by-hand small { display: block; }
dl { margin: 0; border-top: 1px solid var(--line); }
dl > div { display: grid; grid-template-columns: minmax(8rem, 30%) 1fr; border-bottom: 1px solid var(--line);
  break-inside: avoid; }
dl + .scroll { margin-top: 0.8rem; }
dt, dd { margin: 0; padding: 0.28rem 0.55rem 0.28rem 0; }
dt { font-weight: 600; }
ol, ul { margin: 0.3rem 0; padding-inline-start: 1.4rem; }
li { margin: 0.2rem 0; break-inside: avoid; }
.step { break-inside: avoid; border-top: 1px solid var(--line); padding-top: 0.1rem; }
.step > h3 { margin-top: 0.8rem; }
.evidence { list-style: none; padding: 0; margin: 0.3rem 0 0.9rem; }
.evidence > li { border-inline-start: 3px solid var(--line); padding: 0.1rem 0 0.1rem 0.7rem; margin: 0.45rem 0; }
.facts { border: 0; font-size: 0.93em; }
.facts > div { border: 0; }
.facts dt, .facts dd { padding-block: 0.06rem; }
.facts dt { font-weight: 400; color: var(--quiet); }
.guid { font-size: 0.76em; }
@media (max-width: 40rem) {
  dl > div { grid-template-columns: 1fr; }
  dt { padding-bottom: 0; }
  .scroll { overflow-x: auto; }
}
@media print {
  :root { color-scheme: light; font-size: 9.5pt; }
  body { padding: 0; max-width: none; }
  .guid { font-size: 7.3pt; white-space: nowrap; }
}
`;
