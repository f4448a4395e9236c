import type { ErrorView } from "../../preload/model/errors.ts";
import type { StepId } from "../../preload/model/guide.ts";
import { permissionIds } from "../../preload/model/guide.ts";
import type {
  AccountView,
  ChangeView,
  NoteView,
  OutcomeView,
  PlanView,
  ProblemView,
  SignInView,
  TenantView,
  TruthRowView,
} from "../../preload/model/tenant.ts";

/** What main shows of a tenant in the states that the screens have to handle. */
export const roles = {
  global: "62e90394-69f5-4237-9190-012177145e10",
  privileged: "e8611ab8-c189-46e8-94e1-60213ab1f814",
  application: "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
  cloudApplication: "158c047a-c907-4556-b7ef-446551a6b5f7",
} as const;

export const tenantId = "7d444840-9dc0-41d1-b245-5ffdce74fad2";
const defaultClient = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
const checkedAt = new Date(2026, 10, 24, 10, 12).toISOString();

export const alex: AccountView = {
  id: "alex.home",
  username: "alex@contoso.example",
  name: "Alex Wilber",
  tenantId,
};
export const chris: AccountView = {
  id: "chris.home",
  username: "chris@contoso.example",
  name: "Chris Green",
  tenantId,
};

const nothingKnown: TenantView = {
  signIn: {
    state: "signed-out",
    account: null,
    accounts: [],
    pending: null,
    problem: null,
    clientId: defaultClient,
    isDefaultClient: true,
  },
  profile: "documented",
  organization: null,
  otherTenant: null,
  roles: null,
  rolesUnknown: "not-signed-in",
  access: [],
  lastRead: null,
  work: null,
  plan: null,
  undo: null,
  result: null,
  problem: null,
  permissions: null,
  certificateLimits: null,
  drift: [],
  request: null,
};

/** Nobody is signed in, with these differences in the sign-in. */
export function signedOut(signIn: Partial<SignInView> = {}): TenantView {
  return { ...nothingKnown, signIn: { ...nothingKnown.signIn, ...signIn } };
}

/** A sign-in is under way. */
export function signingIn(pending: Partial<NonNullable<SignInView["pending"]>> = {}): TenantView {
  return signedOut({
    state: "signing-in",
    pending: {
      method: "browser",
      since: checkedAt,
      until: new Date(Date.parse(checkedAt) + 300_000).toISOString(),
      code: null,
      scopes: ["User.Read", "Application.Read.All"],
      ...pending,
    },
  });
}

/** Alex is signed in; the tenant has not been read. */
export function unread(change: Partial<TenantView> = {}): TenantView {
  return {
    ...nothingKnown,
    signIn: { ...nothingKnown.signIn, state: "signed-in", account: alex, accounts: [alex] },
    rolesUnknown: "not-read",
    ...change,
  };
}

/** The tenant was read, with this plan. */
export function read(plan: PlanView, change: Partial<TenantView> = {}): TenantView {
  return {
    ...unread(),
    organization: {
      id: tenantId,
      name: "Contoso",
      initialDomain: "contoso.onmicrosoft.example",
      defaultDomain: "contoso.example",
    },
    roles: [roles.global],
    rolesUnknown: null,
    lastRead: { at: checkedAt, by: alex.username },
    plan,
    permissions: { rows: truthRows(), extras: [] },
    ...change,
  };
}

export function changeView(
  id: string,
  kind: string,
  step: StepId,
  change: Partial<ChangeView> = {},
): ChangeView {
  return {
    id,
    kind,
    steps: [step],
    before: [{ key: "absent", params: {} }],
    after: [{ key: "service-principal", params: {} }],
    mayDo: "yes",
    roles: [roles.cloudApplication, roles.application, roles.global],
    heldBackBy: [],
    request: { method: "POST", path: "/applications", body: '{\n  "displayName": "IAM.cloud"\n}' },
    inverse: "delete-application",
    ...change,
  };
}

const exchangePermission = {
  key: "permission",
  params: {
    api: "Office 365 Exchange Online",
    type: "Application",
    value: "Exchange.ManageAsApp",
    displayText: "Manage Exchange As Application",
  },
};

/** Three changes that an admin with every right can make. */
export const threeChanges: ChangeView[] = [
  changeView("create-application", "create-application", "create-application", {
    after: [
      { key: "application", params: { name: "IAM.cloud Exchange Online" } },
      { key: "audience", params: { value: "AzureADMyOrg" } },
    ],
  }),
  changeView("grant-role:exchange-manage-as-app", "grant-role", "admin-consent", {
    after: [exchangePermission],
    inverse: "revoke-role",
    request: {
      method: "POST",
      path: "/servicePrincipals/{servicePrincipal.id}/appRoleAssignments",
      body: "{}",
    },
  }),
  changeView("assign-role", "assign-role", "exchange-role", {
    after: [{ key: "role", params: { role: "29232cdf-9323-42fd-ade2-1d097af3e4de" } }],
    roles: [roles.privileged, roles.global],
    inverse: "unassign-role",
  }),
];

export function planView(change: Partial<PlanView> = {}): PlanView {
  return { id: "plan-1", changes: threeChanges, notes: [], scopes: ["Application.ReadWrite.All"], ...change };
}

/** The same for somebody who may not assign the role; a grant waits for it. */
export function partlyAllowed(): PlanView {
  const [create, grant, assign] = threeChanges;
  if (create === undefined || grant === undefined || assign === undefined) throw new RangeError("sample");
  return planView({
    changes: [create, { ...grant, heldBackBy: [assign.id] }, { ...assign, mayDo: "no" }],
  });
}

export function noteView(kind: string, change: Partial<NoteView> = {}): NoteView {
  return {
    kind,
    level: "attention",
    reason: { key: `tenant.notes.${kind}`, params: {}, target: { step: "certificate" } },
    applications: [],
    ...change,
  };
}

export function sameName(): NoteView {
  return noteView("same-name", {
    level: "stop",
    reason: { key: "tenant.notes.same-name", params: {}, target: { step: "create-application" } },
    applications: [
      {
        appId: "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
        displayName: "IAM.cloud Exchange Online",
        createdAt: new Date(2026, 9, 25).toISOString(),
        keys: 1,
        differences: [exchangePermission],
      },
    ],
  });
}

/** One row of each kind, the others granted. */
export function truthRows(): TruthRowView[] {
  const special: Partial<Record<(typeof permissionIds)[number], Partial<TruthRowView>>> = {
    "graph-mailbox-settings-app": { granted: "no" },
    "exchange-people-readwrite": { offered: "no", requested: "no", granted: "no" },
    "exchange-user-readwrite": { requested: "no", granted: "no" },
    "exchange-manage": { granted: "no-right" },
    "graph-user-read": { guid: "e1fe6dd8-ba31-4d61-89e7-88639da4683d", guidDiffers: true },
  };
  return permissionIds.map((id) => ({
    id,
    guid: null,
    guidDiffers: false,
    offered: "yes",
    requested: "yes",
    granted: "yes",
    ...special[id],
  }));
}

export function problemView(key: string, change: Partial<ProblemView["details"]> = {}): ProblemView {
  return {
    key,
    params: {},
    details: {
      code: "AADSTS53003",
      text: "Access has been blocked by Conditional Access policies.",
      correlationId: "c0ffee00-0000-4000-8000-000000000001",
      traceId: "c0ffee00-0000-4000-8000-000000000002",
      requestId: "",
      timestamp: "2026-11-24 09:12:00Z",
      ...change,
    },
  };
}

export function outcome(change: string, changeKind: string, more: Partial<OutcomeView> = {}): OutcomeView {
  return { change, changeKind, kind: "done", at: checkedAt, problem: null, needs: [], ...more };
}

export const offline: ErrorView = { code: "internal", messageKey: "errors.internal", details: {} };
