import { AppError } from "../errors.ts";
import { beforeExchange } from "../setups/before-exchange.ts";
import { removeCertificate } from "../setups/certificate-records.ts";
import type { Observations } from "../setups/checks.ts";
import type { Rotation, SetupDocument } from "../setups/document.ts";
import { confirm } from "../setups/intents.ts";
import { activeEvidence, stepsDoneAnew } from "../setups/status.ts";
import { rotationSteps, rotationFacts } from "./rotation.ts";

/** What a person does in the exchange of a certificate, as pure functions from document to document. */

/**
 * The certificate becomes the old one, and the setup asks for a new one. Nothing changes in Entra or in the portal.
 * @throws AppError "certificate-missing", or "not-allowed" before a Rollout that connected and during an exchange.
 */
export function startRotation(document: SetupDocument, by: string, now: Date): SetupDocument {
  const { certificate, password, fields } = document;
  if (certificate === null) throw new AppError("certificate-missing");
  if (!mayStart(document)) throw new AppError("not-allowed", { step: "certificate" });
  const rotation: Rotation = {
    startedAt: now.toISOString(),
    by: by.trim(),
    old: certificate,
    password,
    uploadedThumbprint: fields.uploadedThumbprint ?? "",
    evidence: stepsDoneAnew.flatMap((step) => activeEvidence(document, step)?.id ?? []),
    oldKey: null,
    removed: null,
  };
  const { uploadedThumbprint: _old, ...kept } = fields;
  return { ...removeCertificate(document, now), fields: kept, password: null, rotation };
}

/** Before Rollout nothing is in use: there the certificate is simply replaced. */
function mayStart({ rotation, rollout }: SetupDocument): boolean {
  return rotation === null && rollout.record?.result === "connected";
}

/**
 * Everything as before the start; only what happened meanwhile stays in the record, as withdrawn.
 * @throws AppError "not-allowed" once the portal has the new certificate.
 */
export function cancelRotation(document: SetupDocument, now: Date): SetupDocument {
  const { rotation } = document;
  if (rotation === null || !rotationFacts(document, now).canCancel)
    throw new AppError("not-allowed", { step: "certificate" });
  return beforeExchange(document, now);
}

/**
 * A person says that ConnectPFX and its password in the portal are the new ones: the confirmation of step 14.
 * @throws AppError "not-allowed" before the new certificate is in place and tried, or while a value is missing.
 */
export function confirmExchanged(
  document: SetupDocument,
  by: string,
  note: string,
  observations: Observations,
): SetupDocument {
  const step = rotationSteps(document, observations.now).find(({ id }) => id === "exchange");
  if (step?.state !== "open") throw new AppError("not-allowed", { step: "technical-attributes" });
  return confirm(document, "technical-attributes", by, note, observations);
}

/**
 * The portal has the old certificate again, or never had the new one.
 * @throws AppError "not-allowed" when the old key may be gone, or after a Rollout with the new certificate.
 */
export function withdrawExchanged(document: SetupDocument, now: Date): SetupDocument {
  const { rotation } = document;
  if (rotation === null || !rotationFacts(document, now).canWithdrawExchanged)
    throw new AppError("not-allowed", { step: "technical-attributes" });
  const withdrawnAt = now.toISOString();
  return {
    ...document,
    evidence: document.evidence.map((one) =>
      one.step === "technical-attributes" && one.at >= rotation.startedAt && one.withdrawnAt === null
        ? { ...one, withdrawnAt }
        : one,
    ),
  };
}

/**
 * A person says that they took the old key out of Entra.
 * @throws AppError "not-allowed" while the new pair is not in use.
 */
export function confirmRemoved(document: SetupDocument, by: string, now: Date): SetupDocument {
  const { rotation } = document;
  if (rotation === null || !rotationFacts(document, now).canConfirmRemoved)
    throw new AppError("not-allowed", { step: "upload-certificate" });
  return { ...document, rotation: { ...rotation, removed: { at: now.toISOString(), by: by.trim() } } };
}

/** @throws AppError "not-allowed" while a step is not done. */
export function finishRotation(document: SetupDocument, now: Date): SetupDocument {
  const steps = rotationSteps(document, now);
  if (steps.length === 0 || steps.some(({ state }) => state !== "done"))
    throw new AppError("not-allowed", { step: "certificate" });
  return { ...document, rotation: null };
}
