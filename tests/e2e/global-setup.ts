import { findElectron } from "../electron/electron-program.ts";
import { findHeadlessChromium, noChromium } from "../electron/stand-in/find-chromium.ts";
import { buildIfNeeded } from "../support/build.ts";
import openRunFolder from "../support/run-folder.ts";

/** Builds what is out of date and says which host the tests run on. Gives what tidies up after them. */
export default async function prepare(): Promise<() => void> {
  await buildIfNeeded();
  const electron = findElectron();
  const chromium = findHeadlessChromium();
  if (electron === undefined && chromium === undefined) throw new Error(noChromium);
  console.log(
    electron === undefined
      ? `End-to-end host: the stand-in for Electron on ${chromium}`
      : `End-to-end host: Electron, ${electron}`,
  );
  return openRunFolder();
}
