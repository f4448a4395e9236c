import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { appOnlyToken } from "../../../main/identity/app-only.ts";
import { createIdentity } from "../../../main/identity/identity.ts";
import { createPracticeTenant } from "../../../main/practice/practice.ts";
import type { PracticeOptions } from "../../../main/practice/practice.ts";
import type { ActualTenant } from "../../../main/tenant/actual.ts";
import { apply } from "../../../main/tenant/apply.ts";
import type { JournalLine } from "../../../main/tenant/applied.ts";
import { desiredTenant } from "../../../main/tenant/desired.ts";
import type { DesiredInputs } from "../../../main/tenant/desired.ts";
import { inBatches } from "../../../main/tenant/batch.ts";
import { createGraph } from "../../../main/tenant/graph.ts";
import { notes } from "../../../main/tenant/notes.ts";
import { plan } from "../../../main/tenant/plan.ts";
import { readTenant } from "../../../main/tenant/read.ts";
import { fullScopes, readScopes } from "../../../main/tenant/scopes.ts";
import type { GraphScope } from "../../../main/tenant/scopes.ts";
import { ownChanges, planUndo } from "../../../main/tenant/undo.ts";
import { verify } from "../../../main/tenant/verify.ts";
import { browserOf } from "../practice/browser.ts";
import { testCertificate } from "../practice/certificates.ts";
import { signingKey, words } from "../practice/support.ts";
import { testPace } from "./bench.ts";

/** MSAL reads the computer's clock, so does the tenant here; waiting only moves it on. */
const started = new Date(Math.floor(Date.now() / 1000) * 1000);
const later = (days: number) => new Date(started.getTime() + days * 86_400_000).toISOString();
const files = testCertificate("contoso.org", later(-1), later(364));
const certificate = {
  sha1: files.sha1.toUpperCase(),
  sha256: files.sha256.toUpperCase(),
  der: files.key,
  subject: "CN=contoso.org",
  notBefore: later(-1),
  notAfter: later(364),
  selfSigned: true,
};

const writeScopes: GraphScope[] = [
  "Application.ReadWrite.All",
  "AppRoleAssignment.ReadWrite.All",
  "DelegatedPermissionGrant.ReadWrite.All",
  "RoleManagement.ReadWrite.Directory",
];

/** A person signed in to a practice tenant through its own pages, and everything the app does there. */
async function signedIn(
  account: string,
  options: Partial<PracticeOptions> = {},
  inputs: Partial<DesiredInputs> = {},
) {
  const pace = testPace(started);
  const practice = createPracticeTenant({ clock: pace, randomBytes, words, signingKey, ...options });
  const fetch = (url: string, init?: RequestInit) => practice.handle(new Request(url, init));
  const browser = browserOf(practice);
  const identity = createIdentity(
    {
      fetch,
      now: () => new Date(),
      vault: { get: async () => null, put: async () => "session" as const, remove: async () => undefined },
      openBrowser: async (url) => {
        let page = await browser.load(url);
        const person = practice.data.people.find(({ userPrincipalName }) =>
          userPrincipalName.startsWith(account),
        );
        page = await browser.press(page, person!.displayName);
        if (page.forms.some(({ button }) => button.includes("Accept")))
          page = await browser.press(page, "Accept");
        const [form] = page.forms;
        void globalThis.fetch(form!.action.replace("localhost", "127.0.0.1"), {
          method: "POST",
          body: new URLSearchParams(form!.fields),
        });
      },
    },
    { setupId: "setup-1", cloud: { authority: practice.hosts.login }, tenantId: practice.data.tenantId },
  );
  await identity.signIn("browser", fullScopes(practice.hosts.graph, [...readScopes, ...writeScopes]));
  const graph = inBatches(
    createGraph({
      fetch,
      getToken: (scopes, how) => identity.getToken(scopes, how),
      pace,
      newId: () => crypto.randomUUID(),
      host: practice.hosts.graph,
    }),
  );
  const desired = desiredTenant({
    setupId: "setup-1",
    profile: "documented",
    displayName: "IAM.cloud Exchange Online",
    tenantId: practice.data.tenantId,
    applicationId: "",
    certificate,
    ...inputs,
  });
  const journal: JournalLine[] = [];
  const common = {
    graph,
    pace,
    target: desired,
    journal: async (line: JournalLine) => void journal.push(line),
  };
  return {
    practice,
    pace,
    graph,
    desired,
    journal,
    common,
    fetch,
    read: () => readTenant(graph, desired, pace),
  };
}

describe("in the practice tenant", () => {
  test("a Global Administrator gets from empty to verified, the application signs in, and undo empties it", async () => {
    const { practice, pace, desired, journal, common, read, fetch } = await signedIn("alex", {
      lag: { reads: 3, ms: 5000 },
    });
    const reading = await read();
    expect(notes(desired, reading, started)).toEqual([]);
    const before = {
      apps: practice.data.applications.length,
      principals: practice.data.servicePrincipals.length,
    };
    const planner = (actual: typeof reading) => plan(desired, actual);
    const applied = await apply({ ...common, planner, confirmed: planner(reading), reading });
    expect(applied.outcomes.filter(({ kind }) => kind !== "done")).toEqual([]);
    expect(applied).toMatchObject({ stop: null, remaining: [], unseen: [] });
    const { facts } = verify(desired, applied.actual);
    expect(facts.filter(({ outcome }) => outcome.result !== "satisfied")).toEqual([]);

    const { application } = applied.actual;
    const applicationId = application.known ? (application.value?.appId ?? "") : "";
    const asApplication = () =>
      appOnlyToken(
        { fetch, now: () => new Date() },
        {
          cloud: { authority: practice.hosts.login },
          tenantId: practice.data.tenantId,
          applicationId,
          sha256: certificate.sha256,
          privateKey: files.privateKey,
        },
        `https://${practice.hosts.exchange}/.default`,
      );
    // Sign-in knows a key a while after Graph does.
    await expect(asApplication()).rejects.toMatchObject({ reason: "certificate-not-registered" });
    let token = "";
    for (let attempt = 1; token === ""; attempt += 1) {
      await pace.sleep(5000);
      token = await asApplication().catch((error: unknown) => (attempt < 5 ? "" : Promise.reject(error)));
    }
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as object;
    expect(claims).toMatchObject({ roles: expect.arrayContaining(["Exchange.ManageAsApp"]) as unknown });

    const inverses = ownChanges(journal);
    const undo = (actual: typeof reading) => planUndo(inverses, actual);
    const now = await read();
    const undone = await apply({ ...common, planner: undo, confirmed: undo(now), reading: now });
    expect(undone.outcomes.filter(({ kind }) => kind !== "done")).toEqual([]);
    expect(undone.remaining).toEqual([]);
    expect(practice.data.applications).toHaveLength(before.apps);
    expect(practice.data.servicePrincipals).toHaveLength(before.principals);
  });

  test("undo, then apply: the deleted application is restored and prepared again, never made twice", async () => {
    const { practice, desired, journal, common, read } = await signedIn("alex", {
      lag: { reads: 3, ms: 5000 },
    });
    const planner = (actual: ActualTenant) => plan(desired, actual);
    const reading = await read();
    const first = await apply({ ...common, planner, confirmed: planner(reading), reading });
    const appId = first.actual.application.known ? first.actual.application.value?.appId : undefined;
    const inverses = ownChanges(journal);
    const undo = (actual: ActualTenant) => planUndo(inverses, actual);
    const prepared = await read();
    await apply({ ...common, planner: undo, confirmed: undo(prepared), reading: prepared });

    const undone = await read();
    expect(notes(desired, undone, started).map(({ kind }) => kind)).toEqual(["application-deleted"]);
    const confirmed = planner(undone);
    expect(confirmed.map(({ kind }) => kind)).toEqual([
      "restore-application",
      "create-service-principal",
      "grant-role",
      "grant-role",
      "grant-role",
      "grant-scopes",
      "grant-scopes",
      "add-certificate",
      "assign-role",
    ]);
    const again = await apply({ ...common, planner, confirmed, reading: undone });
    expect(again.outcomes.filter(({ kind }) => kind !== "done")).toEqual([]);
    expect(again).toMatchObject({ stop: null, remaining: [], unseen: [] });
    const { facts } = verify(desired, again.actual);
    expect(facts.filter(({ outcome }) => outcome.result !== "satisfied")).toEqual([]);
    const own = practice.data.applications.filter(
      ({ displayName }) => displayName === "IAM.cloud Exchange Online",
    );
    expect(own.map((application) => application.appId)).toEqual([appId]);
    const principals = practice.data.servicePrincipals.filter((principal) => principal.appId === appId);
    expect(principals).toHaveLength(1);
  });

  test("a colleague who deletes the application after the plan was shown changes the plan, and nothing is made", async () => {
    const { practice, desired, common, read, graph } = await signedIn("alex");
    const planner = (actual: ActualTenant) => plan(desired, actual);
    const reading = await read();
    const confirmed = planner(reading);
    expect(confirmed[0]?.kind).toBe("create-application");
    const made = await graph.send(confirmed[0]!.request);
    const { id } = made.body as { id: string };
    await graph.send({
      method: "DELETE",
      path: `/applications/${id}`,
      scopes: ["Application.ReadWrite.All"],
    });
    const applied = await apply({ ...common, planner, confirmed, reading });
    expect(applied.stop).toMatchObject({
      kind: "plan-changed",
      changes: [{ id: "create-application", kind: "restore-application" }],
    });
    expect(practice.data.applications).toEqual([]);
    const next = await apply({ ...common, planner, confirmed: applied.remaining });
    expect(next).toMatchObject({ stop: null, remaining: [] });
    expect(practice.data.applications.map((application) => application.id)).toEqual([id]);
  });

  test("an application that was deleted with other settings comes back with the documented ones", async () => {
    const application = { displayName: "IAM.cloud Exchange Online", uniqueName: "exchange-rollout-setup-1" };
    const { practice, desired, common, read, graph } = await signedIn("alex", {
      sample: "drifted",
      application,
    });
    const [drifted] = practice.data.applications;
    const path = `/applications/${drifted?.id}`;
    await graph.send({ method: "DELETE", path, scopes: ["Application.ReadWrite.All"] });
    const planner = (actual: ActualTenant) => plan(desired, actual);
    const confirmed = planner(await read());
    expect(confirmed.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["restore-application", "set-audience", "add-certificate"]),
    );
    const applied = await apply({ ...common, planner, confirmed });
    expect(applied).toMatchObject({ stop: null, remaining: [], unseen: [] });
    expect(practice.data.applications).toHaveLength(1);
    expect(practice.data.applications[0]?.keyCredentials).toHaveLength(2);
  });

  test("a Cloud Application Administrator gets as far as the rights go", async () => {
    const { desired, common, read } = await signedIn("chris");
    const reading = await read();
    const planner = (actual: typeof reading) => plan(desired, actual);
    const applied = await apply({ ...common, planner, confirmed: planner(reading), reading });
    const open = applied.outcomes.filter(({ kind }) => kind !== "done");
    expect(open.map(({ change }) => change.id)).toEqual([
      "grant-role:graph-mailbox-settings-app",
      "assign-role",
    ]);
    expect(open.every((outcome) => outcome.kind === "refused" && outcome.code === "forbidden")).toBe(true);
  });

  test.each(["half-done", "drifted", "permission-gone"] as const)(
    "the sample “%s” ends verified",
    async (sample) => {
      const application = {
        displayName: "IAM.cloud Exchange Online",
        uniqueName: "exchange-rollout-setup-1",
      };
      const { desired, common, read } = await signedIn("alex", { sample, application });
      const reading = await read();
      const planner = (actual: typeof reading) => plan(desired, actual);
      const confirmed = planner(reading);
      expect(confirmed.length).toBeGreaterThan(0);
      const applied = await apply({ ...common, planner, confirmed, reading });
      expect(applied.outcomes.filter(({ kind }) => kind !== "done" && kind !== "found")).toEqual([]);
      expect(applied.remaining).toEqual([]);
      const { facts } = verify(desired, applied.actual);
      expect(facts.filter(({ outcome }) => outcome.result !== "satisfied")).toEqual([]);
    },
  );

  test("a strict policy is told before, and so is somebody else's application of the same name", async () => {
    const strict = await signedIn("alex", { sample: "strict-policy" });
    const kinds = notes(strict.desired, await strict.read(), new Date()).map(({ kind }) => kind);
    expect(kinds).toContain("policy");
    const named = await signedIn("alex", { sample: "same-name" });
    const actual = await named.read();
    expect(notes(named.desired, actual, new Date())).toMatchObject([{ level: "stop", kind: "same-name" }]);
    expect(plan(named.desired, actual)).toEqual([]);
  });
});
