import { z } from "zod";
import { reportLanguages } from "../model/app.ts";
import { fieldIds } from "../model/guide.ts";
import type { SetupView } from "../model/setup.ts";
import type { PfxFileView } from "../model/transfer.ts";
import type { ReminderView } from "./events.ts";
import type { Chosen } from "./method.ts";
import { longText, method, nothing, ofSetup, setupId, stepId, text } from "./method.ts";

const reportInput = z.object({ setupId, languages: z.array(z.enum(reportLanguages)).min(1).max(2) });

export const rolloutArea = {
  /** What the event `reminder` has told since the start, for a page that was not there yet. */
  reminders: method(nothing).returns<ReminderView[]>(),
  record: method(
    z.object({ setupId, result: z.enum(["connected", "failed"]), text: longText, by: text }),
  ).returns<SetupView>(),
  withdraw: method(ofSetup).returns<SetupView>(),
  /** Writes the handover folder where the user chooses. `pdf` is false when its reports are there only as pages. */
  handover: method(reportInput).returns<Chosen<{ path: string; pdf: boolean; view: SetupView }>>(),
  /** The same folder at any time, for a setup that is not rolled out yet; it is no handover. */
  saveReport: method(reportInput).returns<Chosen<{ path: string; pdf: boolean }>>(),
  showHandover: method(ofSetup).returns<null>(),
  /** The day the certificate expires, with reminders, as a calendar file. */
  saveCalendar: method(ofSetup).returns<Chosen<{ path: string }>>(),
  close: method(ofSetup).returns<SetupView>(),
  reopen: method(ofSetup).returns<SetupView>(),
} as const;

/** The exchange of a certificate that is in use. How far it is stands in the setup's view. */
export const rotationArea = {
  /** The present certificate becomes the old one; the setup asks for a new one. */
  start: method(z.object({ setupId, by: text })).returns<SetupView>(),
  /** Everything as before, while the portal has the old certificate. The new key is forgotten. */
  cancel: method(ofSetup).returns<SetupView>(),
  /** A person says that the portal has the new PFX and its password (step 14). */
  confirmExchanged: method(z.object({ setupId, by: text, note: text })).returns<SetupView>(),
  withdrawExchanged: method(ofSetup).returns<SetupView>(),
  /** A person says that they took the old key out of Entra. */
  confirmRemoved: method(z.object({ setupId, by: text })).returns<SetupView>(),
  /** Ends a complete exchange and forgets the old key and password. */
  finish: method(ofSetup).returns<SetupView>(),
} as const;

/** The transfer strip: a small window beside the portal from which every value is handed over. */
export const transferArea = {
  /** Opens the strip for a setup; an open one shows that setup. */
  open: method(ofSetup).returns<null>(),
  close: method(nothing).returns<null>(),
  /** The setup that the strip shows. */
  current: method(nothing).returns<{ setupId: string | null }>(),
  /** Looks whether the saved PFX still is the one that was saved. */
  pfxFile: method(ofSetup).returns<PfxFileView>(),
  /** Begins to drag the saved PFX out of the strip, while the mouse button is held. Main knows which file. */
  dragPfx: method(ofSetup).returns<null>(),
  showPfx: method(ofSetup).returns<null>(),
  /** Copies the saved PFX's path, to be pasted into the dialog of the portal's file field. */
  copyPfxPath: method(ofSetup).returns<null>(),
  /** Shows a step in the main window. */
  showStep: method(z.object({ setupId, step: stepId, field: z.enum(fieldIds).optional() })).returns<null>(),
} as const;
