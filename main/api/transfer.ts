import type { Handlers } from "../../preload/contract.ts";
import { AppError } from "../errors.ts";
import { intactPfx, pfxFile } from "../rollout/pfx-file.ts";
import type { Services } from "./services.ts";

/** The transfer strip: its window, and the PFX that leaves it as a file. */
export function transferHandlers({ setups, shell, strip }: Services): Handlers["transfer"] {
  return {
    open: async ({ setupId }) => {
      // A setup that is not there must not open a window.
      setups.document(setupId);
      await strip.open(setupId);
      return null;
    },
    close: async () => {
      strip.close();
      return null;
    },
    current: async () => ({ setupId: strip.setupId() }),
    pfxFile: async ({ setupId }) => pfxFile(setups.document(setupId)),
    dragPfx: async ({ setupId }) => {
      if (strip.setupId() !== setupId) throw new AppError("not-allowed");
      strip.drag(await intactPfx(setups.document(setupId)));
      await setups.note(setupId, { kind: "pfx-dragged", step: "technical-attributes" });
      return null;
    },
    showPfx: async ({ setupId }) => {
      shell.showInFolder(await intactPfx(setups.document(setupId)));
      return null;
    },
    copyPfxPath: async ({ setupId }) => {
      await shell.copyText(await intactPfx(setups.document(setupId)));
      return null;
    },
    showStep: async (target) => {
      setups.document(target.setupId);
      shell.emit("show", target);
      shell.focusWindow();
      return null;
    },
  };
}
