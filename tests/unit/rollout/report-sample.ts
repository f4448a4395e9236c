import { offlineTenant } from "../../support/tenant-view.ts";
import type { ActivityEntry, ActivityView, SetupView } from "../../../preload/model/setup.ts";
import type { Inverse } from "../../../main/tenant/change.ts";
import type { ReportInput } from "../../../main/rollout/report/build.ts";
import { noKnownIds } from "../../../main/setups/fields.ts";
import { addEvidence, confirm, recordRollout, withdraw } from "../../../main/setups/intents.ts";
import type { SetupDocument } from "../../../main/setups/document.ts";
import { buildView } from "../../../main/setups/view.ts";
import { createWords } from "../../../main/shell/words.ts";
import { now, observed, readySetup, sha1 } from "../setups/sample.ts";

export const english = createWords("en", "en-GB");
export const german = createWords("de", "de-DE");
export const requestId = "5b0e1c8e-6f1e-4a73-9b4f-2f6f5a3c0001";

export function viewOf(document: SetupDocument): SetupView {
  return buildView(document, {
    observations: observed,
    known: noKnownIds,
    person: "Ada",
    tenant: offlineTenant(document),
  });
}

/** Rolled out, with a withdrawn confirmation, a note and a fact read from the tenant. */
export function finishedSetup(): SetupDocument {
  let document = readySetup();
  document = withdraw(document, "admin-portal", now);
  document = confirm(document, "admin-portal", "Ada Lovelace", "Asked Bob; the domain is right.", observed);
  document = addEvidence(document, "api-permissions", {
    basis: "verified",
    at: now,
    by: "admin@contoso.onmicrosoft.com",
    note: "",
    facts: { applicationId: document.fields.applicationId ?? "", requestId },
  });
  return recordRollout(document, { result: "connected", text: "Connection ok", by: "Ada" }, observed);
}

export const inverses: readonly Inverse[] = [
  { kind: "delete-application" },
  { kind: "set-audience", value: "AzureADMultipleOrgs" },
  {
    kind: "unrequest-permissions",
    entries: [
      {
        resourceAppId: "00000002-0000-0ff1-ce00-000000000000",
        id: "dc50a0fb-09a3-484d-be87-e023b12c6440",
        type: "Role",
      },
      { resourceAppId: "00000003-0000-0000-c000-000000000000", id: "unknown-permission", type: "Scope" },
    ],
  },
  { kind: "delete-service-principal" },
  { kind: "hide-service-principal", tag: "WindowsAzureActiveDirectoryIntegratedApp" },
  {
    kind: "revoke-role",
    resourceAppId: "00000002-0000-0ff1-ce00-000000000000",
    appRoleId: "dc50a0fb-09a3-484d-be87-e023b12c6440",
    value: "Exchange.ManageAsApp",
  },
  {
    kind: "revoke-scopes",
    resourceAppId: "00000003-0000-0000-c000-000000000000",
    scopes: ["openid", "User.Read"],
  },
  { kind: "remove-certificate", sha1, sha256: "9".repeat(64), der: "AA==", subject: "CN=contoso.org" },
  { kind: "unassign-role", roleDefinitionId: "29232cdf-9323-42fd-ade2-1d097af3e4de" },
];

const kinds = [
  "create-application",
  "set-audience",
  "request-permissions",
  "create-service-principal",
  "show-service-principal",
  "grant-role",
  "grant-scopes",
  "add-certificate",
  "assign-role",
];

export function entry(seconds: number, kind: string, details: ActivityEntry["details"] = {}): ActivityEntry {
  const at = new Date(now.getTime() + seconds * 1_000).toISOString();
  return { at, kind, step: null, details, hash: String(seconds).padStart(64, "0") };
}

/** A line about a change in the tenant, as it stands in the log. */
export function changeEntry(
  seconds: number,
  phase: string,
  index: number,
  details: ActivityEntry["details"] = {},
): ActivityEntry {
  const changeKind = kinds[index] ?? "";
  return entry(seconds, "tenant-change", {
    phase,
    change: changeKind,
    changeKind,
    requestId: phase === "sending" ? "" : `${requestId.slice(0, -2)}${String(index).padStart(2, "0")}`,
    clientRequestId:
      phase === "sending" ? "" : `0a1b2c3d-0000-4000-8000-0000000000${String(index).padStart(2, "0")}`,
    inverse: JSON.stringify(inverses[index] ?? null),
    account: "admin@contoso.onmicrosoft.com",
    ...details,
  });
}

/** Nine changes, each sent and answered. */
export function fullActivity(): ActivityView {
  const entries = [
    entry(0, "setup-created", { name: "Contoso AG" }),
    ...kinds.flatMap((_kind, index) => [
      changeEntry(10 * index + 1, "sending", index),
      changeEntry(10 * index + 2, "done", index),
    ]),
  ];
  return { entries, chain: { intact: true, brokenAt: null } };
}

export function reportInput(change: Partial<ReportInput> = {}): ReportInput {
  const activity = fullActivity();
  return {
    view: viewOf(finishedSetup()),
    activity,
    changes: activity.entries,
    now,
    version: "0.1.0",
    ...change,
  };
}
