import type { Session as DevToolsSession } from "./devtools.ts";

type Size = { width: number; height: number };
interface Options {
  landscape?: boolean;
  displayHeaderFooter?: boolean;
  printBackground?: boolean;
  scale?: number;
  pageSize?: string | Size;
  margins?: { top?: number; bottom?: number; left?: number; right?: number };
  pageRanges?: string;
  headerTemplate?: string;
  footerTemplate?: string;
  preferCSSPageSize?: boolean;
  generateTaggedPDF?: boolean;
  generateDocumentOutline?: boolean;
}

/** Options that mean the same in the DevTools protocol, with Electron's defaults. */
const sameInBoth = {
  landscape: false,
  displayHeaderFooter: false,
  printBackground: false,
  scale: 1,
  pageRanges: "",
  headerTemplate: "",
  footerTemplate: "",
  preferCSSPageSize: false,
  generateTaggedPDF: false,
  generateDocumentOutline: false,
};

/** Paper in inches. */
const sizes: Record<string, Size> = {
  A3: { width: 11.7, height: 16.54 },
  A4: { width: 8.27, height: 11.7 },
  A5: { width: 5.83, height: 8.27 },
  Letter: { width: 8.5, height: 11 },
  Legal: { width: 8.5, height: 14 },
};
const margins = { top: 0.4, bottom: 0.4, left: 0.4, right: 0.4 };

/** What `Page.printToPDF` needs for Electron's options. An option, paper or margin that is not known here throws. */
export function printParameters(options: Options): Record<string, unknown> {
  refuseUnknown("option", options, { ...sameInBoth, pageSize: "", margins });
  const { pageSize = "Letter", margins: given = {}, ...same } = options;
  refuseUnknown("margin", given, margins);
  const size = typeof pageSize === "string" ? sizes[pageSize] : pageSize;
  if (size === undefined)
    throw new Error(`The stand-in for Electron does not know the paper ${JSON.stringify(pageSize)}`);
  const { top, bottom, left, right } = { ...margins, ...given };
  return {
    ...sameInBoth,
    ...same,
    paperWidth: size.width,
    paperHeight: size.height,
    marginTop: top,
    marginBottom: bottom,
    marginLeft: left,
    marginRight: right,
  };
}

/** Prints the page as it is now. */
export async function printToPdf(page: DevToolsSession, options: Options): Promise<Buffer> {
  const { data } = await page.send<{ data: string }>("Page.printToPDF", printParameters(options));
  return Buffer.from(data, "base64");
}

function refuseUnknown(what: string, given: object, known: object): void {
  const unknown = Object.keys(given).find((name) => !(name in known));
  if (unknown !== undefined)
    throw new Error(`The stand-in for Electron does not know printToPDF's ${what} ${unknown}`);
}
