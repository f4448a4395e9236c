import type { Handlers } from "../../preload/contract.ts";
import type { CertificateContext } from "./certificates/context.ts";
import { createJobs } from "./certificates/context.ts";
import { exportingHandlers } from "./certificates/exporting.ts";
import { importingHandlers } from "./certificates/importing.ts";
import { makingHandlers } from "./certificates/making.ts";
import { passwordHandlers } from "./certificates/passwords.ts";

/** Step 9: everything about the certificate, its PFX and its password. */
export function certificateHandlers(context: CertificateContext): Handlers["certificates"] {
  const jobs = createJobs(context);
  return {
    ...makingHandlers(context, jobs),
    ...importingHandlers(context, jobs),
    ...exportingHandlers(context, jobs),
    ...passwordHandlers(context),
  };
}
