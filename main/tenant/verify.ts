import type { PermissionId, PermissionRow, StepId } from "../../preload/model/guide.ts";
import type { ActualTenant, Known, UnknownReason } from "./actual.ts";
import { enterpriseApplicationTag } from "./desired.ts";
import type { DesiredTenant } from "./desired.ts";
import { isCertificate } from "./key-credentials.ts";
import { permissionTruth } from "./permission-truth.ts";
import type { PermissionTruth } from "./permission-truth.ts";
import { isOtherTenant, singleTenant } from "./plan.ts";

/** Never two values; the texts are `checks.<fact>.<result>`. */
export type FactResult =
  | { result: "satisfied" }
  | { result: "unsatisfied"; expected: string; found: string }
  | { result: "unknown"; reason: UnknownReason; detail: string; requestId: string };

export interface Fact {
  id: string;
  step: StepId;
  outcome: FactResult;
}

export interface Verification {
  readAt: string;
  facts: readonly Fact[];
  permissions: PermissionTruth;
}

type Fragment = [id: string, step: StepId, outcome: FactResult];

/** What a reading of the tenant says about each step, fact by fact. Pure. */
export function verify(desired: DesiredTenant, actual: ActualTenant): Verification {
  const permissions = permissionTruth(desired, actual);
  const { application, servicePrincipal } = actual;
  const fragments: Fragment[] = [
    ["tenant-matches", "admin-portal", tenantMatches(desired, actual)],
    ["application-exists", "create-application", from(application, (value) => exists(value))],
    [
      "enterprise-application-exists",
      "register-application",
      from(servicePrincipal, (value) => exists(value)),
    ],
    [
      "enterprise-application-listed",
      "register-application",
      from(servicePrincipal, (value) =>
        compare(enterpriseApplicationTag, value?.tags.includes(enterpriseApplicationTag) === true, ""),
      ),
    ],
    [
      "enterprise-application-enabled",
      "register-application",
      from(servicePrincipal, (value) => compare("enabled", value?.accountEnabled === true, "disabled")),
    ],
    [
      "single-tenant",
      "single-tenant",
      from(application, (value) =>
        compare(singleTenant, value?.signInAudience === singleTenant, value?.signInAudience ?? ""),
      ),
    ],
    [
      "application-id-matches",
      "application-ids",
      from(application, (value) => {
        const expected = desired.application.appId ?? value?.appId ?? "";
        return compare(expected, value !== null && value.appId === expected, value?.appId ?? "");
      }),
    ],
    ["permissions-requested", "api-permissions", allOf(permissions, "requested")],
    ["permissions-granted", "admin-consent", allOf(permissions, "granted")],
    ["certificate-uploaded", "upload-certificate", certificateUploaded(desired, actual)],
    [
      "role-assigned",
      "exchange-role",
      from(actual.roleAssignments, (assignments) =>
        compare(
          desired.directoryRole,
          assignments.some(
            ({ roleDefinitionId, directoryScopeId }) =>
              roleDefinitionId === desired.directoryRole && directoryScopeId === "/",
          ),
          assignments.map(({ roleDefinitionId }) => roleDefinitionId).join(", "),
        ),
      ),
    ],
  ];
  const facts = fragments.map(([id, step, outcome]): Fact => ({ id, step, outcome }));
  return { readAt: actual.readAt, facts, permissions };
}

function from<T>(part: Known<T>, decide: (value: T) => FactResult): FactResult {
  if (part.known) return decide(part.value);
  const { reason, detail, requestId } = part;
  return { result: "unknown", reason, detail, requestId };
}

function compare(expected: string, holds: boolean, found: string): FactResult {
  return holds ? { result: "satisfied" } : { result: "unsatisfied", expected, found };
}

function exists(value: unknown): FactResult {
  return compare("exists", value !== null, "");
}

function tenantMatches(desired: DesiredTenant, actual: ActualTenant): FactResult {
  return from(actual.organization, (organization) =>
    compare(desired.tenantId, !isOtherTenant(desired, actual), organization.id),
  );
}

function certificateUploaded(desired: DesiredTenant, actual: ActualTenant): FactResult {
  const { certificate } = desired;
  if (certificate === null) return { result: "unsatisfied", expected: "", found: "" };
  return from(actual.application, (application) => {
    const keys = application?.keyCredentials ?? [];
    const there = keys.some((key) => isCertificate(key, certificate));
    return compare(certificate.sha1, there, keys.map((key) => key.displayName ?? "").join(", "));
  });
}

/** Permissions that the tenant does not offer are not asked for; they stand in the table and in the notes. */
function allOf(table: PermissionTruth, column: "requested" | "granted"): FactResult {
  const offered = table.rows.filter(({ offered: offer }) => offer.known && offer.value);
  const unreadable = table.rows.find((row) => !row.offered.known) ?? null;
  const missing: PermissionRow[] = [];
  let unknownCell: Known<boolean> | null = unreadable?.offered ?? null;
  for (const row of offered) {
    const cell = row[column];
    if (!cell.known) unknownCell ??= cell;
    else if (!cell.value) missing.push(row.row);
  }
  const essentialGone = table.rows.filter(
    ({ row, offered: offer }) => row.essential && offer.known && !offer.value,
  );
  const open: PermissionId[] = [...missing, ...essentialGone.map(({ row }) => row)].map(({ id }) => id);
  if (open.length > 0) return { result: "unsatisfied", expected: open.join(", "), found: "" };
  if (unknownCell !== null && !unknownCell.known) {
    const { reason, detail, requestId } = unknownCell;
    return { result: "unknown", reason, detail, requestId };
  }
  return { result: "satisfied" };
}
