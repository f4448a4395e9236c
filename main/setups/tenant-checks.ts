import type { StepId } from "../../preload/model/guide.ts";
import type { CheckView } from "../../preload/model/setup.ts";
import { presentCertificate } from "./certificates-in-use.ts";
import type { ObservedFact, SetupDocument } from "./document.ts";
import { effective } from "./fields.ts";

const ofCertificate = new Set(["certificate-uploaded"]);
const ofPermissions = new Set(["permissions-requested", "permissions-granted"]);

/** What the last reading of the tenant says about one step; nothing where it was about other values. */
export function tenantChecks(step: StepId, document: SetupDocument): CheckView[] {
  return factsInForce(document)
    .filter((fact) => fact.step === step)
    .map(checkOf);
}

/** The facts of the last reading that are about the setup's present tenant, application, profile and certificate. */
export function factsInForce(document: SetupDocument): ObservedFact[] {
  const { observed, profile } = document.tenant;
  if (observed === null) return [];
  const tenantId = effective(document, "tenantId");
  if (tenantId !== "" && observed.tenantId !== "" && tenantId !== observed.tenantId) return [];
  const applicationId = effective(document, "applicationId");
  const sameApplication = applicationId === observed.appId;
  const sha1 = presentCertificate(document)?.facts.sha1 ?? "";
  return observed.facts.filter(({ id }) => {
    if (id === "tenant-matches") return true;
    if (!sameApplication) return false;
    if (ofCertificate.has(id)) return observed.certificate === sha1 && sha1 !== "";
    return !ofPermissions.has(id) || observed.profile === profile;
  });
}

function checkOf(fact: ObservedFact): CheckView {
  const { id, step, result, at, expected, found, unread } = fact;
  const variant = result === "unknown" && unread !== null ? `unknown-${unread.reason}` : result;
  return {
    id,
    result,
    reason: {
      key: `checks.${id}.${variant}`,
      params: { expected, found, at, detail: unread?.detail ?? "" },
      target: { step },
    },
    at,
    unread: unread === null || result === "unknown" ? null : { at: unread.at, reason: unread.reason },
  };
}
