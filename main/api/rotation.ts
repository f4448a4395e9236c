import type { Handlers } from "../../preload/contract.ts";
import { erase } from "../certificates/secrets.ts";
import * as rotation from "../rollout/rotation-intents.ts";
import { forgetPfx } from "../setups/certificate-records.ts";
import { portalConfirmation } from "../setups/certificates-in-use.ts";
import { oldPasswordName, pfxPasswordName, privateKeyName } from "../setups/secret-names.ts";
import type { CertificateContext } from "./certificates/context.ts";
import { removeUnnamed } from "./certificates/context.ts";

/**
 * The exchange of a certificate that is in use. Document and secrets change one after the other, in an order in which
 * the app may end at any moment: a secret leaves only after nothing names it, and no PFX counts as opened with a
 * password that is not its own.
 */
export function rotationHandlers(context: CertificateContext): Handlers["rotation"] {
  const { services, vault, turns } = context;
  const { setups, shell, clock } = services;
  const person = (by: string) => by.trim() || shell.settings().person;

  /** Copies a secret where it can be read; keeps it for this run only where the first one is. */
  async function copySecret(setupId: string, from: string, to: string): Promise<boolean> {
    const where = await vault.where(setupId, from);
    // What cannot be opened now may be opened later, so it must not be taken for absent.
    const secret = where === "none" ? null : await vault.get(setupId, from);
    if (secret === null) return false;
    try {
      await vault.put(setupId, to, secret, { keep: where === "vault" });
      return true;
    } finally {
      erase(secret);
    }
  }

  return {
    start: ({ setupId, by }) =>
      turns.inTurn(setupId, async () => {
        const document = setups.document(setupId);
        const now = clock.now();
        rotation.startRotation(document, person(by), now);
        const sha1 = document.certificate?.facts.sha1 ?? "";
        await copySecret(setupId, pfxPasswordName, oldPasswordName(sha1));
        const details = { by: person(by), sha1 };
        const note = { kind: "rotation-started", step: "certificate" as const, details };
        await setups.change(setupId, note, (one) => rotation.startRotation(one, person(by), now));
        await vault.remove(setupId, pfxPasswordName);
        return setups.view(setupId);
      }),
    cancel: ({ setupId }) =>
      turns.inTurn(setupId, async () => {
        const before = setups.document(setupId);
        const now = clock.now();
        rotation.cancelRotation(before, now);
        const oldSha1 = before.rotation?.old.facts.sha1 ?? "";
        const newSha1 = before.certificate?.facts.sha1;
        await setups.change(setupId, null, (one) => forgetPfx(one, now));
        const restored = await copySecret(setupId, oldPasswordName(oldSha1), pfxPasswordName);
        if (!restored) await vault.remove(setupId, pfxPasswordName);
        const note = { kind: "rotation-canceled", step: "certificate" as const, details: { sha1: oldSha1 } };
        await setups.change(setupId, note, (one) => rotation.cancelRotation(one, now));
        await removeUnnamed(context, setupId, oldPasswordName(oldSha1));
        if (newSha1 !== undefined && newSha1 !== oldSha1)
          await removeUnnamed(context, setupId, privateKeyName(newSha1));
        return setups.view(setupId);
      }),
    confirmExchanged: async ({ setupId, by, note }) => {
      const observations = await setups.observations(setupId);
      const sha1 = setups.document(setupId).certificate?.facts.sha1 ?? "";
      const details = { by: person(by), sha1 };
      const entry = { kind: "rotation-exchanged", step: "technical-attributes" as const, details };
      return setups.change(setupId, entry, (one) =>
        rotation.confirmExchanged(one, person(by), note, observations),
      );
    },
    withdrawExchanged: async ({ setupId }) => {
      const sha1 = portalConfirmation(setups.document(setupId))?.facts["certificate"] ?? "";
      const entry = {
        kind: "rotation-exchange-withdrawn",
        step: "technical-attributes" as const,
        details: { sha1 },
      };
      return setups.change(setupId, entry, (one) => rotation.withdrawExchanged(one, clock.now()));
    },
    confirmRemoved: async ({ setupId, by }) => {
      const sha1 = setups.document(setupId).rotation?.old.facts.sha1 ?? "";
      const details = { by: person(by), sha1 };
      const entry = { kind: "rotation-removed", step: "upload-certificate" as const, details };
      return setups.change(setupId, entry, (one) => rotation.confirmRemoved(one, person(by), clock.now()));
    },
    finish: ({ setupId }) =>
      turns.inTurn(setupId, async () => {
        const before = setups.document(setupId);
        rotation.finishRotation(before, clock.now());
        const old = before.rotation?.old.facts.sha1 ?? "";
        const details = { old, sha1: before.certificate?.facts.sha1 ?? "" };
        const note = { kind: "rotation-finished", step: "certificate" as const, details };
        // Entra no longer knows the old key, so nothing is lost with it.
        await vault.remove(setupId, privateKeyName(old));
        await vault.remove(setupId, oldPasswordName(old));
        return setups.change(setupId, note, (one) => rotation.finishRotation(one, clock.now()));
      }),
  };
}
