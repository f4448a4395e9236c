import { BrowserWindow } from "electron";
import type { Printer } from "../rollout/printer.ts";
import { createTurns } from "../turns.ts";
import type { PrintPages } from "./print-pages.ts";

const limitMilliseconds = 60_000;

/** Prints with Chromium, in a window that is never shown; a new one costs more than printing. */
export function createPrinter(
  pages: PrintPages,
  onError: (message: string, error: unknown) => void,
): Printer {
  const turns = createTurns();
  return {
    pdfs: (all) =>
      turns.inTurn("print", async () => {
        try {
          return await printAll(all, pages);
        } catch (error) {
          onError("report not printed", error);
          throw error;
        }
      }),
  };
}

async function printAll(all: readonly string[], pages: PrintPages): Promise<Buffer[]> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  });
  try {
    const printed = [];
    for (const html of all) printed.push(await print(html, window, pages));
    return printed;
  } finally {
    window.destroy();
  }
}

async function print(html: string, window: BrowserWindow, pages: PrintPages): Promise<Buffer> {
  const page = pages.offer(html);
  let timer: NodeJS.Timeout | null = null;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("Printing took too long")), limitMilliseconds);
  });
  const load = async () => {
    await window.loadURL(page.url);
    return window.webContents.printToPDF({
      pageSize: "A4",
      // Margins and what stands in them come from the page.
      preferCSSPageSize: true,
      printBackground: true,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
  };
  try {
    return await Promise.race([load(), tooLate]);
  } finally {
    if (timer !== null) clearTimeout(timer);
    page.withdraw();
  }
}
