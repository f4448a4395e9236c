import type { Profile, SignInMethod, TenantView, WorkResultView } from "../../preload/model/tenant.ts";
import { AppError } from "../errors.ts";
import type { Account } from "../identity/identity.ts";
import type { SetupDocument } from "../setups/document.ts";
import type { JournalNote } from "../setups/activity.ts";
import type { ActualTenant } from "./actual.ts";
import { apply } from "./apply.ts";
import type { Applied, ApplyOptions, JournalLine } from "./applied.ts";
import type { Change } from "./change.ts";
import type { ChangeLine, ChangeLog } from "./change-log.ts";
import type { Connection } from "./connection.ts";
import type { DesiredTenant } from "./desired.ts";
import { inBatches } from "./batch.ts";
import { createGraph } from "./graph.ts";
import type { Graph } from "./graph.ts";
import { driftOf, recordReading } from "./observe.ts";
import type { Pace } from "./pace.ts";
import { isOtherTenant } from "./plan.ts";
import { planId } from "./plan-id.ts";
import { createPlanners } from "./planners.ts";
import { readers, readTenant } from "./read.ts";
import { accessTo, scopesFor } from "./rights.ts";
import { readScopes, signInScopes } from "./scopes.ts";
import { openSignedIn } from "./signed-in.ts";
import type { SignedIn, SignedInPorts } from "./signed-in.ts";
import type { SignInTurn } from "./sign-in-turns.ts";
import { hasRead, isReadingOf } from "./taken-reading.ts";
import type { TakenReading } from "./taken-reading.ts";
import { tenantView } from "./view.ts";
import { wantedOf } from "./wanted.ts";
import { workResult } from "./work-result.ts";
import { createWorker } from "./worker.ts";
import { createWorks, failureOf } from "./works.ts";

export interface SessionPorts extends Omit<SignedInPorts, "connection"> {
  connection: Connection;
  pace: Pace;
  newId: () => string;
  changeLog: ChangeLog;
  document(): SetupDocument;
  /** Changes the document and writes the journal. */
  change(note: JournalNote | null, change: (document: SetupDocument) => SetupDocument): Promise<void>;
  note(note: JournalNote): Promise<void>;
}

/** Asks which account, and signs in as a guest of the setup's tenant. */
export interface SignInHow {
  chooseAccount: boolean;
  guest: boolean;
}

/** The signed-in tenant of one setup: what was read, what is planned, and what is being done. */
export interface TenantSession {
  view(): TenantView;
  signIn(method: SignInMethod, options: SignInHow & { turn: SignInTurn }): Promise<void>;
  cancelSignIn(): void;
  signOut(): Promise<void>;
  useAccount(id: string): Promise<void>;
  setProfile(profile: Profile): Promise<void>;
  check(quiet: boolean): Promise<void>;
  takeOver(appId: string): Promise<void>;
  createBeside(): Promise<void>;
  /**
   * Errors: AppError plan-outdated when the shown plan is not the present one, work-running; other-account-signed-in
   * and other-tenant-signed-in when somebody else signed in for it: then nothing more is sent, and all is to be read anew.
   */
  apply(id: string): Promise<void>;
  undo(id: string): Promise<void>;
  /** Takes the key out of Entra that an exchange no longer needs, or never came to need. */
  removeKey(id: string): Promise<void>;
  cancelWork(): void;
  /** Every change that was sent, oldest first. */
  changes(): readonly ChangeLine[];
  /** What is planned now; null before a reading. */
  planned(): { desired: DesiredTenant; actual: ActualTenant; changes: Change[] } | null;
  /** Ends what is under way and lets go of everything. */
  close(): void;
}

const workOf = { apply: "applying", undo: "undoing", removal: "removing" } as const;

/** Opens a setup's tenant session; nothing is sent before the first call. */
export async function openTenantSession(ports: SessionPorts): Promise<TenantSession> {
  const { connection, pace, clock, changeLog, onChange } = ports;
  const works = createWorks(ports);
  const first = ports.document();
  const signedIn: SignedIn = await openSignedIn(ports, {
    setupId: first.id,
    clientId: first.tenant.clientId,
    tenantId: wantedOf(first).tenantId,
  });
  const graph: Graph = inBatches(
    createGraph({
      fetch: connection.fetch,
      async getToken(scopes, how) {
        try {
          return await signedIn.getToken(scopes, how);
        } finally {
          worker.expect();
        }
      },
      pace,
      newId: ports.newId,
      host: connection.cloud.graph,
    }),
  );
  let taken: TakenReading | null = null;
  /** Read with the rights of the sign-in alone, before anything else may be read. */
  let access: Pick<ActualTenant, "organization" | "ownRoles"> | null = null;
  let result: WorkResultView | null = null;
  let log = await changeLog.read();
  const planners = createPlanners({ document: () => ports.document(), log: () => log, clock });
  const worker = createWorker({ works, account: () => signedIn.account(), forget });

  const account = () => (worker.present() ?? signedIn.account())?.username ?? "";

  /** Read for the application that the setup names now, by the account that is signed in now. */
  function counts(one: TakenReading, desired: DesiredTenant): boolean {
    const isComplete = isReadingOf(desired.application, one) && hasRead(desired.permissions, one.actual);
    return one.by.id === signedIn.account()?.id && isComplete;
  }

  /** The tenant as it was read last; what was read for another application, or by another account, counts as not read. */
  function reading(): ActualTenant | null {
    return taken !== null && counts(taken, wantedOf(ports.document())) ? taken.actual : null;
  }

  /** Somebody else is going to sign in: neither the work nor a question of it may meet them. */
  function leaveWork(): void {
    works.stop();
    signedIn.cancel();
  }

  function forget(): void {
    taken = null;
    access = null;
    result = null;
    works.forgetProblem();
  }

  async function readAccess(): Promise<void> {
    const read = readers(graph);
    const [organization, ownRoles] = await Promise.all([read.organization(), read.ownRoles()]);
    access = { organization, ownRoles };
    const { tenantId } = wantedOf(ports.document());
    if (organization.known && (tenantId === "" || tenantId === organization.value.id)) {
      const { id, displayName, initialDomain } = organization.value;
      await ports.change(null, (document) => withFields(document, id, displayName, initialDomain));
    }
  }

  async function record(next: TakenReading): Promise<void> {
    taken = next;
    const before = driftOf(ports.document().tenant.observed).map(({ id }) => id);
    await ports.change(null, (document) => {
      const desired = wantedOf(document);
      const { actual } = next;
      // Facts of another tenant or application must never reach this setup.
      if (isOtherTenant(desired, actual) || !counts(next, desired)) return document;
      return recordReading(document, { desired, actual, by: next.by.username, log });
    });
    for (const { id, step } of driftOf(ports.document().tenant.observed)) {
      if (!before.includes(id)) await ports.note({ kind: "tenant-drift", step, details: { fact: id } });
    }
  }

  async function check(quiet: boolean): Promise<void> {
    if (works.present() !== null) {
      if (quiet) return;
      throw new AppError("work-running");
    }
    const before = signedIn.account();
    if (before === null) {
      if (!quiet) throw new AppError("sign-in-needed");
      return;
    }
    if (quiet) {
      try {
        await signedIn.ensure(readScopes, false);
      } catch {
        // What nobody asked for must not ask anybody; the next check by hand tells what is missing.
        return;
      }
    }
    await works.run("reading", 0, async (signal) => {
      if (!quiet) await signedIn.ensure(readScopes, true);
      signal.throwIfAborted();
      // Whoever answered is who reads: nothing was read yet that another account could not go on from.
      const by = signedIn.account() ?? before;
      if (by.id !== before.id) forget();
      await worker.as(by, () => readAll(by, quiet, signal));
    });
  }

  async function readAll(by: Account, quiet: boolean, signal: AbortSignal): Promise<void> {
    const target = wantedOf(ports.document());
    const read = () =>
      readTenant(graph, target, pace, { signal, onWait: (wait) => works.progress({ wait }) });
    const actual = quiet ? await read() : await signedIn.asking(read);
    await record({ actual, application: target.application, by });
    if (!quiet) await ports.note({ kind: "tenant-read", step: null, details: { account: account() } });
  }

  async function carryOut(kind: WorkResultView["kind"], id: string): Promise<void> {
    const actual = reading();
    const shown = actual === null ? [] : planners.shown(kind, actual);
    if (actual === null || planId(shown, actual) !== id) throw new AppError("plan-outdated");
    const target = wantedOf(ports.document());
    const planner = planners.during(kind, target.application);
    const allowed = doable(shown, actual);
    const by = signedIn.account();
    if (by === null) throw new AppError("sign-in-needed");
    const work = async (signal: AbortSignal): Promise<void> => {
      await signedIn.ensure(scopesFor(allowed), true);
      worker.expect();
      signal.throwIfAborted();
      const options: ApplyOptions = {
        graph,
        pace,
        // What is to be taken back is looked for several times before it counts as gone.
        target: { ...target, toUndo: kind !== "apply" },
        planner,
        ...(kind === "apply" && { reading: actual }),
        confirmed: allowed,
        journal,
        signal,
        onProgress: ({ change, done }) => works.progress({ change, done, wait: null }),
        onWait: (wait) => works.progress({ wait }),
      };
      const applied = endedBy(signal, await signedIn.asking(() => apply(options)));
      await finish(kind, { application: target.application, by }, applied);
    };
    await works.run(workOf[kind], allowed.length, (signal) => worker.as(by, () => work(signal)));
  }

  async function journal(line: JournalLine): Promise<void> {
    const signed = { ...line, account: account() };
    await changeLog.append(signed);
    log = [...log, signed];
    if (line.phase === "sending") return;
    await ports.note({
      kind: "tenant-change",
      step: null,
      details: {
        phase: line.phase,
        change: line.change,
        changeKind: line.kind,
        requestId: line.requestId,
        clientRequestId: line.clientRequestId,
        account: account(),
      },
    });
  }

  async function finish(
    kind: WorkResultView["kind"],
    { application, by }: Pick<TakenReading, "application" | "by">,
    applied: Applied,
  ): Promise<void> {
    result = workResult(kind, applied, clock.now());
    const gone = applied.outcomes.some(
      ({ kind: how, change }) => how === "done" && change.kind === "delete-application",
    );
    if (gone) {
      await ports.change(null, (document) =>
        wantedOf(document).application.appId === application.appId ? withoutApplication(document) : document,
      );
    }
    // What was taken back was looked for by its unique name at the end.
    await record({
      actual: applied.actual,
      application: gone ? { ...application, appId: null } : application,
      by,
    });
  }

  /** As far as the rights go: what the active roles rule out is not tried, nor what hangs on it. */
  function doable(changes: readonly Change[], actual: ActualTenant): Change[] {
    const answers = new Map(accessTo(changes, actual.ownRoles).map((one) => [one.change, one]));
    return changes.filter(({ id }) => {
      const answer = answers.get(id);
      return answer !== undefined && answer.mayDo !== "no" && answer.after.length === 0;
    });
  }

  return {
    view() {
      const actual = reading();
      return tenantView({
        document: ports.document(),
        signIn: signedIn.view(),
        access,
        actual,
        changes: actual === null ? null : planners.shown("apply", actual),
        undo: actual === null ? null : planners.shown("undo", actual),
        removal: actual === null ? null : planners.shown("removal", actual),
        work: works.present(),
        result,
        problem: works.problem(),
        now: clock.now(),
      });
    },
    async signIn(method, options) {
      const before = signedIn.account()?.id;
      // One that was overtaken by another sign-in ends nothing.
      if (!options.turn.signal.aborted) leaveWork();
      const signed = await signedIn.signIn(method, signInScopes, options);
      if (signed === null) return;
      if (signed.id !== before) forget();
      await ports.note({ kind: "signed-in", step: null, details: { account: signed.username, method } });
      await readAccess();
      onChange();
      await check(true);
    },
    cancelSignIn: () => signedIn.cancel(),
    async signOut() {
      works.stop();
      const was = account();
      await signedIn.signOut();
      forget();
      onChange();
      await ports.note({ kind: "signed-out", step: null, details: { account: was } });
    },
    async useAccount(id) {
      leaveWork();
      if ((await signedIn.useAccount(id)) === null) return;
      forget();
      await readAccess();
      onChange();
      await check(true);
    },
    async setProfile(profile) {
      await ports.change(
        { kind: "profile-changed", step: "api-permissions", details: { profile } },
        (document) => ({
          ...document,
          tenant: { ...document.tenant, profile },
        }),
      );
      if (taken === null || works.present() !== null) return;
      if (hasRead(wantedOf(ports.document()).permissions, taken.actual)) await record(taken);
      else await check(true);
    },
    check,
    async takeOver(appId) {
      await ports.change(
        { kind: "application-taken-over", step: "create-application", details: { applicationId: appId } },
        (document) => ({ ...document, fields: { ...document.fields, applicationId: appId } }),
      );
      await check(false);
    },
    async createBeside() {
      await ports.change(null, (document) => ({
        ...document,
        tenant: { ...document.tenant, besideNamesake: true },
      }));
    },
    apply: (id) => carryOut("apply", id),
    undo: (id) => carryOut("undo", id),
    removeKey: (id) => carryOut("removal", id),
    cancelWork: () => works.cancel(),
    changes: () => log,
    planned() {
      const actual = reading();
      if (actual === null) return null;
      return { desired: wantedOf(ports.document()), actual, changes: planners.shown("apply", actual) };
    },
    close() {
      works.stop();
      signedIn.cancel();
    },
  };
}

/** Empty fields take what the sign-in already tells of the tenant. */
function withFields(document: SetupDocument, tenantId: string, tenantName: string, tenantDomain: string) {
  const fields = { ...document.fields };
  for (const [field, value] of Object.entries({ tenantId, tenantName, tenantDomain })) {
    const name = field as "tenantId" | "tenantName" | "tenantDomain";
    if ((fields[name] ?? "").trim() === "" && value !== "") fields[name] = value;
  }
  return { ...document, fields };
}

/** Work that ended with a failure of its own says so, instead of that somebody canceled it. */
function endedBy(signal: AbortSignal, applied: Applied): Applied {
  const error = failureOf(signal);
  return error === null || applied.stop === null
    ? applied
    : { ...applied, stop: { kind: "interrupted", change: "", error } };
}

/** The setup's application was taken back: its identifiers lead nowhere now. */
function withoutApplication(document: SetupDocument): SetupDocument {
  const { applicationId: _id, applicationObjectId: _objectId, ...fields } = document.fields;
  return { ...document, fields };
}
