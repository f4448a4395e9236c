import type { Handlers } from "../../../preload/contract.ts";
import { checkPassword, generatePassword } from "../../certificates/password.ts";
import { erase, secretBuffer } from "../../certificates/secrets.ts";
import { forgetPfx } from "../../setups/certificate-records.ts";
import { pfxPasswordName } from "../../setups/secret-names.ts";
import type { CertificateContext } from "./context.ts";

type Own = "newPassword" | "setPassword" | "revealPassword" | "copyPassword" | "forgetPassword";

/** A typed password as bytes that can be erased; the string it came in cannot. */
export function passwordBytes(password: string): Buffer {
  const bytes = secretBuffer(Buffer.byteLength(password));
  bytes.write(password);
  return bytes;
}

/**
 * Keeps a password and notes its facts. The caller erases its own copy. A PFX with another password is forgotten
 * first: if the app ends in between, the setup asks for a new PFX and never takes one for openable that is not.
 */
export async function keepPassword(
  { vault, services: { setups, clock } }: CertificateContext,
  setupId: string,
  password: Buffer,
  { keep, generated }: { keep: boolean; generated: boolean },
) {
  const before = await vault.get(setupId, pfxPasswordName).catch(() => null);
  const same = before?.equals(password) ?? false;
  erase(before);
  if (!same) await setups.change(setupId, null, (document) => forgetPfx(document, clock.now()));
  await vault.put(setupId, pfxPasswordName, password, { keep });
  const facts = { generated, length: password.length };
  // Noted by itself: the facts of a password and the next one may be the same.
  await setups.note(setupId, { kind: "password-set", step: "certificate" });
  return setups.change(setupId, null, (document) => ({ ...document, password: facts }));
}

export function passwordHandlers(context: CertificateContext): Pick<Handlers["certificates"], Own> {
  const { vault, passwords, services, randomBytes, turns } = context;
  return {
    newPassword: ({ setupId, keep }) =>
      turns.inTurn(setupId, async () => {
        services.setups.document(setupId);
        const password = generatePassword(randomBytes);
        try {
          return await keepPassword(context, setupId, password, { keep, generated: true });
        } finally {
          erase(password);
        }
      }),
    setPassword: ({ setupId, password, keep }) =>
      turns.inTurn(setupId, async () => {
        services.setups.document(setupId);
        const bytes = passwordBytes(password);
        try {
          checkPassword(bytes);
          return await keepPassword(context, setupId, bytes, { keep, generated: false });
        } finally {
          erase(bytes);
        }
      }),
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
