import type { Handlers } from "../../../preload/contract.ts";
import type { ChosenPassword } from "../../../preload/model/certificates.ts";
import type { SetupView } from "../../../preload/model/setup.ts";
import { checkPassword, generatePassword } from "../../certificates/password.ts";
import { erase, secretBuffer } from "../../certificates/secrets.ts";
import type { JournalNote } from "../../setups/activity.ts";
import { forgetPfx, restorePfx } from "../../setups/certificate-records.ts";
import type { SetupDocument } from "../../setups/document.ts";
import { pfxPasswordName } from "../../setups/secret-names.ts";
import type { CertificateContext } from "./context.ts";

type Own = "newPassword" | "setPassword" | "revealPassword" | "copyPassword" | "forgetPassword";

/** A typed password as bytes that can be erased; the string it came in cannot. */
export function passwordBytes(password: string): Buffer {
  const bytes = secretBuffer(Buffer.byteLength(password));
  bytes.write(password);
  return bytes;
}

/** A change of the document that is made together with the password's facts, and what the activity says of it. */
interface Together {
  note: JournalNote | null;
  change: (document: SetupDocument) => SetupDocument;
  /** The setup before the work that the password belongs to, when that has changed it already. */
  before?: SetupDocument;
}

const nothingElse: Together = { note: null, change: (document) => document };

/**
 * Keeps a password and notes its facts. The caller erases its own copy. A PFX with another password is forgotten
 * first: if the app ends in between, the setup asks for a new PFX and never takes one for openable that is not.
 */
export async function keepPassword(
  context: CertificateContext,
  setupId: string,
  password: Buffer,
  { keep, generated }: { keep: boolean; generated: boolean },
  together: Together = nothingElse,
) {
  const { vault } = context;
  const { setups, clock } = context.services;
  const before = together.before ?? setups.document(setupId);
  if (!(await isKept(context, setupId, password)))
    await setups.change(setupId, null, (document) => forgetPfx(document, clock.now()));
  try {
    await vault.put(setupId, pfxPasswordName, password, { keep });
  } catch (error) {
    // What the setup knew of its PFX still holds, unless the new password took the old one's place all the same.
    if (!(await isKept(context, setupId, password)))
      await setups.change(setupId, null, (document) => restorePfx(document, before)).catch(() => undefined);
    throw error;
  }
  const facts = { generated, length: password.length };
  // Noted by itself: the facts of a password and the next one may be the same.
  await setups.note(setupId, { kind: "password-set", step: "certificate" });
  return setups.change(setupId, together.note, (document) =>
    together.change({ ...document, password: facts }),
  );
}

/** Whether the setup's password is this one. */
async function isKept({ vault }: CertificateContext, setupId: string, password: Buffer): Promise<boolean> {
  const kept = await vault.get(setupId, pfxPasswordName).catch(() => null);
  const same = kept?.equals(password) ?? false;
  erase(kept);
  return same;
}

/** Refuses a typed password that cannot be used, before anything is begun with it. Errors: see `checkPassword`. */
export function checkChosen(chosen: ChosenPassword | undefined): void {
  if (chosen?.kind === "typed") checkPassword(chosen.password);
}

/**
 * Does work with the chosen password, or with the kept one when none was chosen. The work writes down what it has
 * done through `record`, which also keeps a chosen password: work that fails before changes nothing.
 */
export async function withChosen<T>(
  context: CertificateContext,
  setupId: string,
  chosen: ChosenPassword | undefined,
  work: (password: Buffer, record: (together?: Together) => Promise<SetupView>) => Promise<T>,
): Promise<T> {
  const { services, passwords, randomBytes } = context;
  if (chosen === undefined) {
    return passwords.withPassword(setupId, (password) =>
      work(password, ({ note, change } = nothingElse) => services.setups.change(setupId, note, change)),
    );
  }
  const generated = chosen.kind === "generated";
  const password = generated ? generatePassword(randomBytes) : passwordBytes(chosen.password);
  try {
    checkPassword(password);
    const facts = { keep: chosen.keep, generated };
    return await work(password, (together) => keepPassword(context, setupId, password, facts, together));
  } catch (error) {
    // The certificate may be there already, or the PFX that was recorded replaced: the window has to show it.
    services.shell.emit("changed", { setupId });
    throw error;
  } finally {
    erase(password);
  }
}

export function passwordHandlers(context: CertificateContext): Pick<Handlers["certificates"], Own> {
  const { vault, passwords, services, turns } = context;
  const keepChosen = (setupId: string, chosen: ChosenPassword) =>
    turns.inTurn(setupId, async () => {
      services.setups.document(setupId);
      return withChosen(context, setupId, chosen, (_password, record) => record());
    });
  return {
    newPassword: ({ setupId, keep }) => keepChosen(setupId, { kind: "generated", keep }),
    setPassword: ({ setupId, password, keep }) => keepChosen(setupId, { kind: "typed", password, keep }),
    revealPassword: async ({ setupId }) =>
      passwords.withPassword(setupId, async (password) => {
        await services.setups.note(setupId, { kind: "password-shown", step: "certificate" });
        return { password: password.toString("utf8") };
      }),
    copyPassword: async ({ setupId }) => ({ clearsIn: await passwords.copy(setupId) }),
    forgetPassword: ({ setupId }) =>
      turns.inTurn(setupId, async () => {
        await vault.remove(setupId, pfxPasswordName);
        const note = { kind: "password-forgotten", step: "certificate" as const };
        return services.setups.change(setupId, note, (document) => ({ ...document, password: null }));
      }),
  };
}
