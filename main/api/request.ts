import { join } from "node:path";
import { writeFileAtomic } from "../files/atomic-file.ts";
import { fileName } from "../rollout/handover.ts";
import type { SetupDocument } from "../setups/document.ts";
import { requestPage } from "../tenant/request-page.ts";
import { toRequestFile } from "../tenant/request-file.ts";
import type { TenantRequest } from "../tenant/request-file.ts";
import type { Services } from "./services.ts";

/**
 * Writes the request where the user chooses: a file for this app, and beside it a page for the browser in both
 * languages. Gives the file's path, null when the dialog was closed. Errors: those of writing files.
 */
export async function writeRequest(
  { shell, clock }: Services,
  document: SetupDocument,
  request: TenantRequest,
): Promise<string | null> {
  const folder = await shell.folderDialog({ purpose: "request", titleKey: "dialogs.request" });
  if (folder === null) return null;
  const name = `${fileName(document.name)} request ${request.at.slice(0, 10)} ${request.id.slice(0, 8)}`;
  const path = join(folder, `${name}.exchange-rollout-request`);
  await writeFileAtomic(path, toRequestFile(document, request, clock.now()), { replace: false, mode: 0o644 });
  const page = requestPage(document, request, [shell.words("en"), shell.words("de")]);
  await writeFileAtomic(join(folder, `${name}.html`), page, { replace: false, mode: 0o644 });
  return path;
}
