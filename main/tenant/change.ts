import type { StepId } from "../../preload/model/guide.ts";
import type { ActualTenant } from "./actual.ts";
import type { GraphRequest } from "./graph.ts";
import type { GraphScope } from "./scopes.ts";

export const changeKinds = [
  "create-application",
  /** Instead of creating: out of the deleted items. Its id is that of creating, so that only one of the two is done. */
  "restore-application",
  "set-audience",
  "request-permissions",
  "create-service-principal",
  "show-service-principal",
  "grant-role",
  "grant-scopes",
  "add-certificate",
  "assign-role",
  "delete-application",
  "unrequest-permissions",
  "delete-service-principal",
  "hide-service-principal",
  "revoke-role",
  "revoke-scopes",
  "remove-certificate",
  "unassign-role",
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** One line of "before" or "after"; its text is `tenant.shown.<key>` with these values. */
export interface Shown {
  key:
    | "absent"
    | "application"
    | "deleted-application"
    | "audience"
    | "permission"
    | "service-principal"
    | "listed"
    | "not-listed"
    | "certificate"
    | "other-certificates"
    | "role";
  params: Readonly<Record<string, string | number>>;
}

/**
 * What takes a change back, by natural keys: it can be written down before the change is sent. `application` (its
 * application ID), and for an application that was created its `uniqueName`, keep it from being done to another one
 * that the setup took over later; the journal's lines have them.
 */
export type Inverse = { application?: string | undefined } & (
  | { kind: "delete-application"; uniqueName?: string | undefined }
  | { kind: "set-audience"; value: string }
  | { kind: "unrequest-permissions"; entries: { resourceAppId: string; id: string; type: string }[] }
  | { kind: "delete-service-principal" }
  | { kind: "hide-service-principal"; tag: string }
  | { kind: "revoke-role"; resourceAppId: string; appRoleId: string; value: string }
  | { kind: "revoke-scopes"; resourceAppId: string; scopes: string[] }
  | { kind: "remove-certificate"; sha1: string; sha256: string; der: string; subject: string }
  | { kind: "unassign-role"; roleDefinitionId: string }
);

/** A part of the tenant that shows whether a change is in place. */
export type Part = "application" | "servicePrincipal" | "roleGrants" | "scopeGrants" | "roleAssignments";

/** The right a change needs: these delegated permissions, and one of these roles (template ids). */
export interface Right {
  scopes: readonly GraphScope[];
  roles: readonly string[];
}

export interface Change {
  /** Stable for the same intention, for example "grant-role:exchange-manage-as-app". */
  id: string;
  kind: ChangeKind;
  /** Steps of the documentation that it fulfils. */
  steps: readonly StepId[];
  before: readonly Shown[];
  after: readonly Shown[];
  /**
   * What is different afterwards, as comparable words. A confirmed change allows a later one whose effects it
   * contains, and nothing else.
   */
  effects: readonly string[];
  /** Placeholders such as `{application.id}` stand for what an earlier change creates. */
  request: GraphRequest;
  right: Right;
  /** Changes that must be in place before. */
  needs: readonly string[];
  /** Null only for changes that take something back. */
  inverse: Inverse | null;
  /** Where to look whether it is in place. */
  part: Part;
  /** The request replaces a whole collection: it is read again right before, so that nothing of others is lost. */
  replaces: boolean;
}

/** Stands in a plan for an identifier that does not exist yet. */
export const placeholders = {
  applicationId: "{application.id}",
  appId: "{application.appId}",
  servicePrincipalId: "{servicePrincipal.id}",
} as const;

/** The placeholders that a request still contains. */
export function openPlaceholders(request: GraphRequest): string[] {
  const written = `${request.path} ${JSON.stringify(request.body ?? null)}`;
  return Object.values(placeholders).filter((placeholder) => written.includes(placeholder));
}

/** Whether a reading can show that a change is in place: its own part was read, and what that hangs on is there. */
export function isVisible(change: Change, actual: ActualTenant): boolean {
  if (!actual.application.known || !actual[change.part].known) return false;
  // What is to be taken back may be gone with all that it hung on.
  if (change.inverse === null) return true;
  if (actual.application.value === null) return false;
  const { servicePrincipal } = actual;
  return change.part === "application" || (servicePrincipal.known && servicePrincipal.value !== null);
}

/** Whether everything that `change` does stands in the confirmed changes. */
export function covered(change: Change, confirmed: readonly Change[]): boolean {
  const allowed = new Set(confirmed.flatMap(({ effects }) => effects));
  return change.effects.every((effect) => allowed.has(effect));
}
