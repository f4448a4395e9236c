import { readFile } from "node:fs/promises";
import { protocol } from "electron";
import { appScheme } from "./page.ts";
import type { PrintPages } from "./print-pages.ts";
import { answerFor, listServedFiles } from "./served-files.ts";

/** Makes `app:` a real, secure origin. Must be called once and before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: appScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Serves the built renderer in `folder` under `app://main/`, and pages for the printer. */
export async function serveApp(folder: string, printPages: PrintPages): Promise<void> {
  const files = await listServedFiles(folder);
  protocol.handle(appScheme, async (request) => {
    const page = printPages.answer(request);
    if (page !== null) return page;
    const answer = answerFor(request, files);
    const body = answer.file === null ? null : new Uint8Array(await readFile(answer.file));
    return new Response(body, { status: answer.status, headers: answer.headers });
  });
}
