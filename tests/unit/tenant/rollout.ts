import { memoryVault } from "../identity/memory-vault.ts";
import { words } from "../practice/support.ts";
import { createHash } from "node:crypto";
import { vi } from "vitest";
import { createIdentity } from "../../../main/identity/identity.ts";
import type { Identity } from "../../../main/identity/identity.ts";
import { IdentityError } from "../../../main/identity/reasons.ts";
import type { PracticeData } from "../../../main/practice/data.ts";
import type { Call } from "../../../main/practice/faults.ts";
import { createPracticeTenant } from "../../../main/practice/practice.ts";
import type { PracticeTenant } from "../../../main/practice/practice.ts";
import type { SigningKey } from "../../../main/practice/jwt.ts";
import { apply } from "../../../main/tenant/apply.ts";
import type { Applied, ApplyOptions, JournalLine } from "../../../main/tenant/applied.ts";
import type { ActualTenant } from "../../../main/tenant/actual.ts";
import { desiredTenant } from "../../../main/tenant/desired.ts";
import { createGraph } from "../../../main/tenant/graph.ts";
import type { Graph } from "../../../main/tenant/graph.ts";
import type { Pace } from "../../../main/tenant/pace.ts";
import { plan } from "../../../main/tenant/plan.ts";
import { readTenant } from "../../../main/tenant/read.ts";
import type { ReadTarget } from "../../../main/tenant/read.ts";
import { fullScopes, readScopes } from "../../../main/tenant/scopes.ts";
import type { GraphScope } from "../../../main/tenant/scopes.ts";
import { ownChanges, planUndo } from "../../../main/tenant/undo.ts";
import { verify } from "../../../main/tenant/verify.ts";
import { browserOf } from "../practice/browser.ts";
import type { Page } from "../practice/browser.ts";
import type { testCertificate } from "../practice/certificates.ts";

/** The whole rollout against a practice tenant, from the sign-in to everything verified, as the app does it. */

export const startedAt = new Date("2026-11-24T10:00:00Z");

/** The computer's clock is `vi`'s: waiting only moves it on, and MSAL sees the same time. */
export const systemPace: Pace = {
  now: () => new Date(),
  async sleep(ms, signal) {
    signal?.throwIfAborted();
    pass(ms);
  },
};

/**
 * Stops the computer's clock at the start of the rollout; gives what lets it run again. Intervals stand too: of those
 * that run here only MSAL has one, see `signedIn`.
 */
export function stopClock(): () => void {
  vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"], now: startedAt });
  return () => vi.useRealTimers();
}

export function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

const writeScopes: GraphScope[] = [
  "Application.ReadWrite.All",
  "AppRoleAssignment.ReadWrite.All",
  "DelegatedPermissionGrant.ReadWrite.All",
  "RoleManagement.ReadWrite.Directory",
];

export type Scenario = "fresh" | "adopted";
const displayName = "IAM.cloud Exchange Online";

export interface WorldOptions {
  scenario: Scenario;
  files: ReturnType<typeof testCertificate>;
  signingKey: SigningKey;
  /** Who signs in; a Global Administrator when left out. */
  account?: string;
  /** Goes on from here instead of from the scenario's beginning. */
  from?: Snapshot;
}

/** What is on the disks at one moment. */
export interface Snapshot {
  now: number;
  data: PracticeData;
  vault: Map<string, Buffer>;
  journal: JournalLine[];
}

export function snapshot({ practice, kept, journal }: World): Snapshot {
  return structuredClone({ now: Date.now(), data: practice.data, vault: kept, journal });
}

/** What outlives the app: the tenant, the journal and the vault on the disk, and what the person remembers. */
export function createWorld({ scenario, files, signingKey, account = "alex", from }: WorldOptions) {
  const calls: Call[] = [];
  vi.setSystemTime(from?.now ?? startedAt);
  const practice = createPracticeTenant({
    clock: systemPace,
    words,
    randomBytes: countedBytes(from?.now ?? 0),
    signingKey,
    sample: scenario === "fresh" ? "empty" : "drifted",
    ...(from && { data: structuredClone(from.data) }),
    onCall: (call) => calls.push(call),
  });
  const later = (days: number) => new Date(startedAt.getTime() + days * 86_400_000).toISOString();
  const desired = desiredTenant({
    setupId: "setup-1",
    profile: "documented",
    displayName,
    tenantId: practice.data.tenantId,
    applicationId: scenario === "fresh" ? "" : (practice.data.applications[0]?.appId ?? ""),
    certificate: {
      sha1: files.sha1.toUpperCase(),
      sha256: files.sha256.toUpperCase(),
      der: files.key,
      subject: "CN=contoso.org",
      notBefore: later(-1),
      notAfter: later(364),
      selfSigned: true,
    },
  });
  const kept = new Map([...(from?.vault ?? [])].map(([name, secret]) => [name, Buffer.from(secret)]));
  return {
    practice,
    desired,
    calls,
    account,
    kept,
    journal: structuredClone(from?.journal ?? []),
    vault: memoryVault(kept),
  };
}
export type World = ReturnType<typeof createWorld>;

/** Different bytes at each call, the same in each world with this start. */
function countedBytes(start: number) {
  let count = 0;
  return (size: number): Buffer => {
    const parts: Buffer[] = [];
    for (let length = 0; length < size; length += 32) {
      parts.push(
        createHash("sha256")
          .update(`${start} ${(count += 1)}`)
          .digest(),
      );
    }
    return Buffer.concat(parts).subarray(0, size);
  };
}

export interface App {
  identity: Identity;
  graph: Graph;
  /** The last reason for which there was no token. */
  problem: IdentityError | null;
}

/** The app as it is after its start. */
export function startApp({ practice, vault, account }: World): App {
  const fetch = (url: string, init?: RequestInit) => practice.handle(new Request(url, init));
  const identity = createIdentity(
    { fetch, now: () => new Date(), vault, openBrowser: (url) => person(practice, url, account) },
    { setupId: "setup-1", cloud: { authority: practice.hosts.login }, tenantId: practice.data.tenantId },
  );
  let ids = 0;
  const app: App = {
    identity,
    problem: null,
    graph: createGraph({
      fetch,
      async getToken(scopes, how) {
        try {
          return await identity.getToken(scopes, how);
        } catch (error) {
          app.problem = error instanceof IdentityError ? error : null;
          throw error;
        }
      },
      pace: systemPace,
      newId: () => `client-${(ids += 1)}`,
      host: practice.hosts.graph,
    }),
  };
  return app;
}

/** Somebody at the browser who reloads a page that does not come. */
async function person(practice: PracticeTenant, url: string, account: string): Promise<void> {
  const browser = browserOf(practice);
  async function patiently(load: () => Promise<Page>): Promise<Page> {
    for (let reloads = 0; ; reloads += 1) {
      try {
        const page = await load();
        if (page.status < 400) return page;
      } catch {
        // The browser's own page that there is no connection.
      }
      if (reloads === 5) throw new Error("The page never came.");
    }
  }
  const picker = await patiently(() => browser.load(url));
  const name = practice.data.people.find(({ userPrincipalName }) => userPrincipalName.startsWith(account));
  let page = await patiently(() => browser.press(picker, name?.displayName ?? ""));
  if (page.forms.some(({ button }) => button.includes("Accept"))) {
    const consent = page;
    page = await patiently(() => browser.press(consent, "Accept"));
  }
  const [form] = page.forms;
  void globalThis.fetch((form?.action ?? "").replace("localhost", "127.0.0.1"), {
    method: "POST",
    body: new URLSearchParams(form?.fields),
  });
}

/** How one run ended: verified, or why it stopped, in typed words. */
export interface RunEnd {
  verified: boolean;
  stops: string[];
}

export async function signedIn({ practice }: World, app: App): Promise<void> {
  const { identity, problem } = app;
  if (problem === null && (await identity.current()) !== null) return;
  app.problem = null;
  const scopes = fullScopes(practice.hosts.graph, [...readScopes, ...writeScopes]);
  await withoutInterval(
    identity.signIn("browser", scopes, {
      ...(problem !== null && problem.details.claims !== "" && { claims: problem.details.claims }),
    }),
  );
  // The first token is over before it is used: every flow renews it silently.
  pass(70 * 60_000);
}

/** MSAL looks every 100 ms whether its own server listens: here it looks again as soon as all else had its turn. */
async function withoutInterval(work: Promise<unknown>): Promise<void> {
  let looks = 0;
  const progress = { over: false };
  const done = work.finally(() => (progress.over = true));
  const looking = async () => {
    while (!progress.over && (looks === 0 || vi.getTimerCount() > 0)) {
      await new Promise((resolve) => setImmediate(resolve));
      if (vi.getTimerCount() === 0) continue;
      looks += 1;
      vi.advanceTimersToNextTimer();
    }
  };
  await Promise.all([done, looking()]);
}

/** The person signs in if need be, sees the plan, confirms it; the app applies and verifies. */
export async function rollOut(world: World, app: App): Promise<RunEnd> {
  const { desired } = world;
  try {
    await signedIn(world, app);
  } catch (error) {
    if (!(error instanceof IdentityError)) throw error;
    return { verified: false, stops: [`sign-in ${error.reason}`] };
  }
  const reading = await readTenant(app.graph, desired, systemPace);
  const planner = (actual: ActualTenant) => plan(desired, actual);
  const applied = await applyAs(world, app, { planner, confirmed: planner(reading), reading });
  const open = verify(desired, applied.actual).facts.filter(({ outcome }) => outcome.result !== "satisfied");
  return {
    verified: open.length === 0 && applied.stop === null,
    stops: [
      ...stopsOf(applied),
      ...open.map(({ id, outcome }) => `${id} ${outcome.result} ${reasonOf(outcome)}`),
    ],
  };
}

/** Takes back what the journal says this app made; verified when nothing of it is left to take back. */
export async function takeBack(world: World, app: App): Promise<RunEnd> {
  try {
    await signedIn(world, app);
  } catch (error) {
    if (!(error instanceof IdentityError)) throw error;
    return { verified: false, stops: [`sign-in ${error.reason}`] };
  }
  const inverses = ownChanges(world.journal);
  const target = { ...world.desired, toUndo: inverses.length > 0 };
  const reading = await readTenant(app.graph, target, systemPace);
  const planner = (actual: ActualTenant) => planUndo(inverses, actual);
  const applied = await applyAs(world, app, { planner, confirmed: planner(reading), reading, target });
  const parts = ["application", "servicePrincipal", "roleGrants", "scopeGrants", "roleAssignments"] as const;
  const stops = [
    ...stopsOf(applied),
    ...[...parts.map((part) => applied.actual[part]), ...Object.values(applied.actual.resources)].flatMap(
      (read) => (read.known ? [] : [`unread ${read.reason}`]),
    ),
    ...applied.remaining.map(({ id }) => `remaining ${id}`),
  ];
  return { verified: stops.length === 0, stops };
}

function applyAs(
  { desired, journal }: World,
  { graph }: App,
  options: Pick<ApplyOptions, "planner" | "confirmed" | "reading"> & { target?: ReadTarget },
): Promise<Applied> {
  return apply({
    target: desired,
    ...options,
    graph,
    pace: systemPace,
    journal: async (line) => void journal.push(structuredClone(line)),
  });
}

function stopsOf({ stop, outcomes, unseen }: Applied): string[] {
  const open = outcomes.filter(({ kind }) => kind !== "done" && kind !== "found");
  return [
    ...(stop === null ? [] : [stop.kind === "interrupted" ? `interrupted ${codeOf(stop.error)}` : stop.kind]),
    ...open.map((outcome) => `${outcome.kind} ${outcome.change.id} ${"code" in outcome ? outcome.code : ""}`),
    ...(unseen.length > 0 ? [`unseen ${unseen.join(" ")}`] : []),
  ];
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "untyped";
  if ("code" in error) return String(error.code);
  return "reason" in error ? String(error.reason) : "untyped";
}

function reasonOf(outcome: object): string {
  return "reason" in outcome ? String(outcome.reason) : "";
}

/** Everything about the setup's applications, as words without generated identifiers: twins show twice. */
export function contents({ practice: { data }, desired }: World): string[] {
  const applications = data.applications.filter((one) => one.displayName === displayName);
  const principals = data.servicePrincipals.filter(({ appId }) =>
    applications.some((application) => application.appId === appId),
  );
  const own = (id: string) => principals.some((principal) => principal.id === id);
  const api = (id: string) => data.servicePrincipals.find((principal) => principal.id === id)?.appId ?? "";
  return [
    ...applications.flatMap((application) => [
      `application ${application.signInAudience}`,
      ...application.keyCredentials.map(({ key }) =>
        key === desired.certificate?.der ? "key own" : `key ${key}`,
      ),
      ...application.requiredResourceAccess.flatMap(({ resourceAppId, resourceAccess }) =>
        resourceAccess.map(({ id, type }) => `request ${resourceAppId} ${type} ${id}`),
      ),
    ]),
    ...principals.flatMap(({ tags, accountEnabled }) => [
      `principal ${String(accountEnabled)}`,
      ...tags.map((tag) => `tag ${tag}`),
    ]),
    ...data.appRoleAssignments
      .filter(({ principalId }) => own(principalId))
      .map(({ resourceId, appRoleId }) => `grant ${api(resourceId)} ${appRoleId}`),
    ...data.permissionGrants
      .filter(({ clientId }) => own(clientId))
      .flatMap(({ resourceId, consentType, scope }) => [
        `consent ${api(resourceId)} ${consentType}`,
        ...scope.split(" ").map((one) => `scope ${api(resourceId)} ${one}`),
      ]),
    ...data.roleAssignments
      .filter(({ principalId }) => own(principalId))
      .map(({ roleDefinitionId, directoryScopeId }) => `role ${roleDefinitionId} ${directoryScopeId}`),
  ].toSorted();
}
