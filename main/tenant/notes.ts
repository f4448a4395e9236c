import type { PermissionId, StepId } from "../../preload/model/guide.ts";
import type { ActualTenant, Application, UnknownReason } from "./actual.ts";
import type { ChangeKind } from "./change.ts";
import { isCertificate } from "./key-credentials.ts";
import { isOtherTenant } from "./plan.ts";
import { certificateVerdict } from "./policies.ts";
import type { PolicyVerdict } from "./policies.ts";
import { resolvePermissions } from "./resolve.ts";
import type { DesiredTenant } from "./desired.ts";

/**
 * What the user has to know beside the plan; the text is `tenant.notes.<kind>`. "stop": nothing is planned until
 * it is settled; "attention": something stays undone; "info": worth knowing.
 */
export type Note = { level: "stop" | "attention" | "info"; step: StepId } & (
  | { kind: "other-tenant"; expected: string; found: string; foundName: string }
  | { kind: "application-not-found"; appId: string }
  /** It lies among the deleted items, and the plan restores it. */
  | { kind: "application-deleted"; appId: string; deletedAt: string | null }
  | { kind: "name-missing" }
  /** Others of that name exist: take one over, or make a new one beside them. */
  | { kind: "same-name"; applications: readonly { appId: string; createdAt: string | null; keys: number }[] }
  | { kind: "not-offered"; permission: PermissionId; essential: boolean }
  | { kind: "identifier-differs"; permission: PermissionId }
  | { kind: "api-missing"; resourceAppId: string }
  | { kind: "policy"; verdict: PolicyVerdict }
  | { kind: "certificate-missing" }
  | { kind: "certificate-expired"; notAfter: string }
  | { kind: "disabled-by-microsoft" }
  | { kind: "service-principal-disabled" }
  /** Has to be made before what a colleague's request asks for, and is not asked for itself. */
  | { kind: "request-needs"; change: ChangeKind }
  /** Would make what is asked for, and more. */
  | { kind: "request-exceeds"; change: ChangeKind }
  /** Asked for, not in place, and nothing of the above. */
  | { kind: "request-open" }
  | { kind: "unreadable"; part: string; reason: UnknownReason; detail: string; requestId: string }
);

/** Everything worth telling about a plan, most important first. `now` decides whether the certificate is valid. */
export function notes(desired: DesiredTenant, actual: ActualTenant, now: Date): Note[] {
  if (isOtherTenant(desired, actual) && actual.organization.known) {
    const { id, displayName } = actual.organization.value;
    const expected = desired.tenantId;
    return [
      {
        level: "stop",
        step: "admin-portal",
        kind: "other-tenant",
        expected,
        found: id,
        foundName: displayName,
      },
    ];
  }
  return [
    ...applicationNotes(desired, actual),
    ...permissionNotes(desired, actual),
    ...certificateNotes(desired, actual, now),
    ...principalNotes(actual),
    ...unreadableNotes(actual),
  ];
}

function applicationNotes(desired: DesiredTenant, actual: ActualTenant): Note[] {
  if (!actual.application.known) return [];
  const existing = actual.application.value;
  const { appId, besideNamesake, displayName } = desired.application;
  const step = "create-application";
  if (existing !== null) {
    return existing.disabledByMicrosoft ? [{ level: "attention", step, kind: "disabled-by-microsoft" }] : [];
  }
  const deleted = actual.deletedApplication.known ? actual.deletedApplication.value : null;
  if (deleted !== null) {
    return [
      {
        level: "info",
        step,
        kind: "application-deleted",
        appId: deleted.appId,
        deletedAt: deleted.deletedAt,
      },
    ];
  }
  if (appId !== null) return [{ level: "stop", step, kind: "application-not-found", appId }];
  if (displayName === "") return [{ level: "stop", step, kind: "name-missing" }];
  const others = actual.sameName.known ? actual.sameName.value : [];
  if (others.length === 0) return [];
  const level = besideNamesake ? "info" : "stop";
  return [{ level, step, kind: "same-name", applications: others.map(brief) }];
}

function brief({ appId, createdAt, keyCredentials }: Application) {
  return { appId, createdAt, keys: keyCredentials.length };
}

function permissionNotes(desired: DesiredTenant, actual: ActualTenant): Note[] {
  const step = "api-permissions";
  const missingApis = Object.entries(actual.resources)
    .filter(([, resource]) => resource.known && resource.value === null)
    .map(([resourceAppId]): Note => ({ level: "attention", step, kind: "api-missing", resourceAppId }));
  const rows = resolvePermissions(desired, actual).flatMap(({ row, offer, guidDiffers }): Note[] => {
    if (!offer.known) return [];
    if (offer.value === null) {
      const { id: permission, essential } = row;
      return [{ level: "attention", step, kind: "not-offered", permission, essential }];
    }
    return guidDiffers ? [{ level: "info", step, kind: "identifier-differs", permission: row.id }] : [];
  });
  return [...missingApis, ...rows];
}

function certificateNotes(desired: DesiredTenant, actual: ActualTenant, now: Date): Note[] {
  const { certificate } = desired;
  if (certificate === null) return [{ level: "attention", step: "certificate", kind: "certificate-missing" }];
  const step = "upload-certificate";
  const found: Note[] = [];
  if (Date.parse(certificate.notAfter) <= now.getTime()) {
    found.push({ level: "attention", step, kind: "certificate-expired", notAfter: certificate.notAfter });
  }
  const application = actual.application.known ? actual.application.value : null;
  if (application?.keyCredentials.some((key) => isCertificate(key, certificate)) === true) return found;
  const verdict = certificateVerdict(actual.policies, certificate, application?.createdAt ?? null);
  // Policies that could not be read are told as unreadable.
  if (verdict.kind !== "allowed" && verdict.because !== "not-read") {
    const level = verdict.kind === "refused" ? "attention" : "info";
    found.push({ level, step, kind: "policy", verdict });
  }
  return found;
}

function principalNotes(actual: ActualTenant): Note[] {
  if (!actual.servicePrincipal.known || actual.servicePrincipal.value?.accountEnabled !== false) return [];
  return [{ level: "attention", step: "register-application", kind: "service-principal-disabled" }];
}

const partSteps = {
  organization: "admin-portal",
  application: "create-application",
  deletedApplication: "create-application",
  sameName: "create-application",
  servicePrincipal: "register-application",
  roleGrants: "admin-consent",
  scopeGrants: "admin-consent",
  roleAssignments: "exchange-role",
  policies: "upload-certificate",
  ownRoles: "admin-portal",
} as const satisfies Partial<Record<keyof ActualTenant, StepId>>;

function unreadableNotes(actual: ActualTenant): Note[] {
  const parts = Object.entries(partSteps).map(
    ([part, step]) => [part, step, actual[part as keyof typeof partSteps]] as const,
  );
  const resources = Object.entries(actual.resources).map(
    ([appId, resource]) => [appId, "api-permissions", resource] as const,
  );
  return [...parts, ...resources].flatMap(([part, step, value]): Note[] => {
    // What hangs on another unreadable part is told with that one.
    if (value.known || value.reason === "depends") return [];
    const { reason, detail, requestId } = value;
    return [{ level: "attention", step, kind: "unreadable", part, reason, detail, requestId }];
  });
}
