import { permissions } from "../guide/permissions.ts";
import { stepIds } from "../../preload/model/guide.ts";
import type { StepId } from "../../preload/model/guide.ts";
import type {
  ChangeView,
  NoteView,
  PlanView,
  ProblemView,
  SignInView,
  StepAccessView,
  TenantView,
  WorkView,
  WorkResultView,
} from "../../preload/model/tenant.ts";
import type { SetupDocument } from "../setups/document.ts";
import { factsInForce } from "../setups/tenant-checks.ts";
import type { ActualTenant, Application } from "./actual.ts";
import type { Change } from "./change.ts";
import type { DesiredTenant } from "./desired.ts";
import { notes } from "./notes.ts";
import type { Note } from "./notes.ts";
import { driftOf } from "./observe.ts";
import { isOtherTenant, plan } from "./plan.ts";
import { certificateLimits } from "./policies.ts";
import { planId } from "./plan-id.ts";
import { requestNotes } from "./request-notes.ts";
import { accessTo, rightOfStep, scopesFor } from "./rights.ts";
import type { Access } from "./rights.ts";
import { wantedOf } from "./wanted.ts";
import type { Work } from "./works.ts";

export interface TenantState {
  document: SetupDocument;
  signIn: SignInView;
  /** What the sign-in alone allows to read. */
  access: Pick<ActualTenant, "organization" | "ownRoles"> | null;
  actual: ActualTenant | null;
  changes: Change[] | null;
  undo: Change[] | null;
  removal: Change[] | null;
  work: Work | null;
  result: WorkResultView | null;
  problem: ProblemView | null;
  now: Date;
}

/** Everything the renderer shows of the tenant. Pure. */
export function tenantView(state: TenantState): TenantView {
  const { document, signIn, actual, changes, undo, removal, work, result, problem } = state;
  const { observed, profile, request } = document.tenant;
  const seen = actual ?? state.access;
  const organization = seen?.organization.known === true ? seen.organization.value : null;
  const desired = wantedOf(document);
  const ownRoles = seen?.ownRoles ?? null;
  return {
    signIn,
    profile,
    organization:
      organization === null
        ? null
        : {
            id: organization.id,
            name: organization.displayName,
            initialDomain: organization.initialDomain,
            defaultDomain: organization.defaultDomain,
          },
    otherTenant:
      organization === null || desired.tenantId === "" || desired.tenantId === organization.id
        ? null
        : { expected: desired.tenantId, found: organization.id, foundName: organization.displayName },
    roles: ownRoles?.known === true ? [...ownRoles.value] : null,
    rolesUnknown: ownRoles === null ? null : ownRoles.known ? null : ownRoles.reason,
    access: accessOf(document, ownRoles, changes),
    lastRead: observed === null ? null : { at: observed.readAt, by: observed.by },
    work:
      work === null
        ? null
        : { ...work, change: changeUnderWay(work.change, [...(changes ?? []), ...(undo ?? [])]) },
    plan:
      actual === null || changes === null ? null : planView(changes, actual, desired, document, state.now),
    undo: actual === null || undo === null || undo.length === 0 ? null : planOf(undo, actual, []),
    removal: actual === null || removal === null || removal.length === 0 ? null : planOf(removal, actual, []),
    result,
    problem,
    permissions: observed === null ? null : { rows: observed.rows, extras: observed.extras },
    drift: driftOf(observed).map(({ id, step, result: now, before, found }) => ({
      fact: id,
      step,
      was: before.result,
      now: now === "satisfied" ? "satisfied" : "unsatisfied",
      since: before.at,
      noticedAt: before.noticedAt,
      found,
    })),
    certificateLimits: actual === null ? null : limitsOf(actual),
    request:
      request === null
        ? null
        : {
            id: request.id,
            from: request.from,
            at: request.at,
            kinds: [...new Set(request.effects.map((effect) => effect.split(":")[0] ?? effect))],
          },
  };
}

/** What is under way by its id: a change, or the reading after the last one. */
function changeUnderWay(id: string | null, known: readonly Change[]): WorkView["change"] {
  if (id === null) return null;
  return { id, kind: known.find((one) => one.id === id)?.kind ?? id };
}

function limitsOf({ policies, application }: ActualTenant): TenantView["certificateLimits"] {
  const createdAt = application.known ? (application.value?.createdAt ?? null) : null;
  return certificateLimits(policies, createdAt);
}

/** A view without a session: nobody is signed in, and nothing was read since the start. */
export function tenantViewOffline(document: SetupDocument, signIn: SignInView, now: Date): TenantView {
  return tenantView({
    document,
    signIn,
    access: null,
    actual: null,
    changes: null,
    undo: null,
    removal: null,
    work: null,
    result: null,
    problem: null,
    now,
  });
}

function planView(
  changes: readonly Change[],
  actual: ActualTenant,
  desired: DesiredTenant,
  document: SetupDocument,
  now: Date,
): PlanView {
  const { request } = document.tenant;
  const found = request === null ? notes(desired, actual, now) : requestNotes(desired, actual, request, now);
  const shown = found.map((note) => noteView(note, desired, actual));
  return planOf(isOtherTenant(desired, actual) ? [] : changes, actual, shown);
}

function planOf(changes: readonly Change[], actual: ActualTenant, shown: NoteView[]): PlanView {
  const access = accessTo(changes, actual.ownRoles);
  const doable = changes.filter((_change, index) => {
    const answer = access[index];
    return answer !== undefined && answer.mayDo !== "no" && answer.after.length === 0;
  });
  return {
    id: planId(changes, actual),
    changes: changes.map((change, index) => changeView(change, access[index])),
    notes: shown,
    scopes: scopesFor(doable),
  };
}

function changeView(change: Change, access: Access | undefined): ChangeView {
  const { id, kind, steps, before, after, request, inverse } = change;
  return {
    id,
    kind,
    steps: [...steps],
    before: before.map(({ key, params }) => ({ key, params: { ...params } })),
    after: after.map(({ key, params }) => ({ key, params: { ...params } })),
    mayDo: access?.mayDo ?? "unknown",
    roles: [...(access?.roles ?? [])],
    heldBackBy: [...(access?.after ?? [])],
    request: {
      method: request.method,
      path: request.path,
      body: request.body === undefined ? "" : JSON.stringify(request.body, null, 2),
    },
    inverse: inverse?.kind ?? null,
  };
}

function noteView(note: Note, desired: DesiredTenant, actual: ActualTenant): NoteView {
  const { kind, level, step } = note;
  const reason = { key: `tenant.notes.${kind}`, params: paramsOf(note), target: { step } };
  if (note.kind !== "same-name") return { kind, level, reason, applications: [] };
  const candidates = actual.sameName.known ? actual.sameName.value : [];
  return {
    kind,
    level,
    reason,
    applications: candidates.map((application) => ({
      appId: application.appId,
      displayName: application.displayName,
      createdAt: application.createdAt,
      keys: application.keyCredentials.length,
      differences: differencesOf(application, desired, actual),
    })),
  };
}

/** What taking an application over would change, as far as its own properties show it. */
function differencesOf(application: Application, desired: DesiredTenant, actual: ActualTenant) {
  const taken = { ...desired, application: { ...desired.application, appId: application.appId } };
  const changes = plan(taken, {
    ...actual,
    application: { known: true, value: application },
    servicePrincipal: { known: false, reason: "not-read", detail: "", requestId: "" },
  });
  return changes.flatMap(({ after }) => after.map(({ key, params }) => ({ key, params: { ...params } })));
}

/** A note's own values, flat, for the text's placeholders. */
function paramsOf(note: Note): Record<string, string | number> {
  switch (note.kind) {
    case "policy": {
      const { verdict } = note;
      return verdict.kind === "refused" && verdict.because === "lifetime"
        ? { because: verdict.because, maxDays: verdict.maxDays, days: verdict.days }
        : { because: verdict.kind === "allowed" ? "" : verdict.because };
    }
    case "not-offered":
    case "identifier-differs": {
      const row = permissions.find(({ id }) => id === note.permission);
      const essential = note.kind === "not-offered" && note.essential ? 1 : 0;
      return {
        permission: row?.value ?? note.permission,
        api: row?.api ?? "",
        type: row?.type ?? "",
        essential,
      };
    }
    case "api-missing": {
      const api = permissions.find(({ resourceAppId }) => resourceAppId === note.resourceAppId)?.api;
      return { api: api ?? note.resourceAppId };
    }
    case "same-name":
      return { count: note.applications.length };
    default: {
      const { kind: _kind, level: _level, step: _step, ...values } = note;
      return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? ""]));
    }
  }
}

/** Steps that the app can do in the tenant, in the documentation's order. */
export const tenantSteps = [
  "create-application",
  "register-application",
  "single-tenant",
  "application-ids",
  "api-permissions",
  "admin-consent",
  "upload-certificate",
  "exchange-role",
] as const satisfies readonly StepId[];

/** For each step whether this person could do what is left; without a plan, what the documentation asks in general. */
function accessOf(
  document: SetupDocument,
  ownRoles: ActualTenant["ownRoles"] | null,
  changes: readonly Change[] | null,
): StepAccessView[] {
  const facts = factsInForce(document);
  const roles = ownRoles ?? ({ known: false, reason: "not-read", detail: "", requestId: "" } as const);
  const answers = changes === null ? [] : accessTo(changes, roles);
  return stepIds
    .filter((step) => tenantSteps.some((own) => own === step))
    .map((step): StepAccessView => {
      const own = (changes ?? []).flatMap((change, index) =>
        change.steps.includes(step) ? [{ change, answer: answers[index] }] : [],
      );
      const ofStep = facts.filter((fact) => fact.step === step);
      if (ofStep.length > 0 && ofStep.every(({ result }) => result === "satisfied")) {
        return { step, answer: "done", roles: [] };
      }
      const right = rightOfStep(step, document.tenant.profile);
      if (own.length === 0) {
        if (!roles.known) return { step, answer: "unknown", roles: [...right.roles] };
        const may = right.roles.some((role) => roles.value.includes(role));
        return { step, answer: may ? "yes" : "no", roles: [...right.roles] };
      }
      const missing = own.filter(({ answer }) => answer?.mayDo === "no");
      const [worst] = missing.length > 0 ? missing : own;
      const unknown = own.some(({ answer }) => answer?.mayDo === "unknown");
      return {
        step,
        answer: missing.length > 0 ? "no" : unknown ? "unknown" : "yes",
        roles: [...(worst?.change.right.roles ?? right.roles)],
      };
    });
}
