import { daysLeft } from "../../preload/model/days.ts";
import type { Reason } from "../../preload/model/setup.ts";
import { isRolledOutAnew } from "../setups/certificates-in-use.ts";
import { expiringDays } from "../setups/checks.ts";
import type { SetupDocument } from "../setups/document.ts";
import { isCurrent } from "../setups/dry-run-view.ts";
import type { RotationFacts } from "./rotation.ts";

const warning = (key: string, params: Reason["params"] = {}, target: Reason["target"] = null): Reason => ({
  key: `rotation.warnings.${key}`,
  params,
  target,
});

/** What the person has to know beside the steps. Pure. */
export function rotationWarnings(
  document: SetupDocument,
  now: Date,
  { oldKey }: Pick<RotationFacts, "oldKey">,
): Reason[] {
  const { rotation, certificate } = document;
  if (rotation === null) return [];
  const warnings: Reason[] = [];
  const anew = isRolledOutAnew(document);
  if (seesOldOnly(document)) warnings.push(warning("still-old"));
  const { notAfter } = rotation.old.facts;
  const days = daysLeft(notAfter, now);
  if (!anew && oldKey === "gone") warnings.push(warning("old-gone", {}, { step: "upload-certificate" }));
  if (!anew && days < 0) warnings.push(warning("old-expired", { notAfter }));
  else if (!anew && days < expiringDays) warnings.push(warning("old-expires", { count: days, notAfter }));
  if (certificate !== null && Date.parse(certificate.facts.notAfter) <= Date.parse(notAfter))
    warnings.push(warning("shorter", { notAfter: certificate.facts.notAfter }, { step: "certificate" }));
  return warnings;
}

/** The last dry run with the new pair was refused because the service knows only the old key so far. */
function seesOldOnly(document: SetupDocument): boolean {
  const { dryRun } = document;
  if (dryRun === null || !isCurrent(dryRun, document)) return false;
  return dryRun.lights.some(
    ({ id, cause, pending, result }) =>
      id === "certificate" &&
      result !== "satisfied" &&
      (cause === "certificate-not-registered" || pending === "certificate"),
  );
}
