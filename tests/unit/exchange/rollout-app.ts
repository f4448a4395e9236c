import { cp, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SetupDocument } from "../../../main/setups/document.ts";
import type { PracticeTenant } from "../../../main/practice/practice.ts";
import type { Pace } from "../../../main/tenant/pace.ts";
import type { DryRunView } from "../../../preload/model/exchange.ts";
import { certificateInput, newTask, openTestApp } from "../api/app.ts";
import type { TestApp } from "../api/app.ts";
import { spawnQuickWorker } from "./quick-worker.ts";
import { connectionTo, tenantWith } from "./bench.ts";
import type { Granted, SavedPfx } from "./bench.ts";

export const canary = "Canary-Password-4711";

/** The app with a setup whose PFX is saved, and a practice tenant that knows its application. */
export interface RolloutApp {
  app: TestApp;
  setupId: string;
  practice: PracticeTenant;
  applicationId: string;
  pfxPath: string;
  /** Tokens that went over the line, and the headers and bodies in which secrets could be. */
  tokens: string[];
  tokenCalls(): number;
  /** From now on nothing answers until the function that it gives is called. */
  holdNetwork(): () => void;
  grant(what: "permission" | "role"): Promise<void>;
  view(): Promise<DryRunView>;
  run(password?: string): Promise<DryRunView>;
  document(): Promise<SetupDocument>;
  /** Ends the app, changes the document on the disk, and starts it again, without resuming. */
  restart(change?: (document: SetupDocument) => void): Promise<void>;
}

interface Template {
  app: TestApp;
  setupId: string;
  /** Its PFX's name. */
  pfx: string;
}
let template: Promise<Template> | null = null;

/** A setup whose PFX is saved, made once by the app itself. */
async function makeTemplate(): Promise<Template> {
  const app = await openTestApp();
  const { summary } = await app.api.setups.create({ name: "Contoso AG", cloud: "global" });
  const setupId = summary.id;
  await app.api.certificates.setPassword({ setupId, password: canary, keep: true });
  await app.api.certificates.create({ setupId, task: newTask(), ...certificateInput });
  app.answers.push(join(app.saved, "connect.pfx"));
  await app.api.certificates.exportPfx({ setupId, task: newTask(), profile: "strong" });
  await app.quit();
  return { app, setupId, pfx: "connect.pfx" };
}

/** Makes the setup that all tests of a file begin with; key and PFX take their time. */
export async function prepareRolloutApp(): Promise<void> {
  template ??= makeTemplate();
  await template;
}

export async function openRolloutApp(pace: Pace, granted: Granted = {}): Promise<RolloutApp> {
  const made = await (template ??= makeTemplate());
  const { setupId } = made;
  const userData = await mkdtemp(join(tmpdir(), "rollout-app-"));
  await cp(made.app.userData, userData, { recursive: true });
  let app: TestApp = { ...made.app, userData, saved: join(userData, "saved") };
  const pfxPath = join(app.saved, made.pfx);
  const file = join(userData, "setups", setupId, "setup.json");
  const read = async () => JSON.parse(await readFile(file, "utf8")) as SetupDocument;
  const certificate = (await read()).certificate!;
  const saved: SavedPfx = { certificate, path: pfxPath, bytes: new Uint8Array(), key: Buffer.alloc(0) };
  const { practice, applicationId, grant } = await tenantWith(saved, granted);
  const connection = connectionTo(practice);
  const tokens: string[] = [];
  let calls = 0;
  let answers = Promise.resolve();
  const outside = {
    pace,
    spawnWorker: spawnQuickWorker,
    connection: {
      ...connection,
      fetch: async (url: string, init?: RequestInit) => {
        await answers;
        const response = await connection.fetch(url, init);
        const authorization = new Headers(init?.headers).get("authorization") ?? "";
        if (authorization !== "") tokens.push(authorization.replace("Bearer ", ""));
        if (url.includes("/token")) calls += 1;
        return response;
      },
    },
  };
  const result: RolloutApp = {
    app,
    setupId,
    practice,
    applicationId,
    pfxPath,
    tokens,
    tokenCalls: () => calls,
    holdNetwork() {
      const held = Promise.withResolvers<void>();
      answers = held.promise;
      return held.resolve;
    },
    grant,
    document: read,
    view: async () => (await result.app.api.setups.open({ setupId })).dryRun,
    run: async (password) => {
      const input = password === undefined ? { setupId } : { setupId, password };
      return (await result.app.api.dryRun.run(input)).dryRun;
    },
    async restart(change) {
      await app.quit();
      if (change !== undefined) {
        const document = await read();
        change(document);
        await writeFile(file, JSON.stringify(document));
      }
      app = await openTestApp(app, () => new Date(), outside);
      result.app = app;
    },
  };
  await result.restart((document) => {
    document.certificate!.pfx!.path = pfxPath;
    document.fields = {
      tenantDomain: "practice.onmicrosoft.com",
      applicationId,
      tenantId: practice.data.tenantId,
    };
  });
  return result;
}

/** As after "Check" in the tenant: everything is there, read by its identifiers. */
export function readInTenant(
  document: SetupDocument,
  change: Partial<NonNullable<SetupDocument["tenant"]["observed"]>> = {},
): void {
  const at = new Date().toISOString();
  const fact = (id: string, step: "upload-certificate" | "admin-consent" | "exchange-role") => ({
    id,
    step,
    result: "satisfied" as const,
    at,
    expected: "",
    found: "",
    unread: null,
    before: null,
  });
  document.tenant.observed = {
    readAt: at,
    by: "alex",
    tenantId: document.fields.tenantId ?? "",
    appId: document.fields.applicationId ?? "",
    profile: "documented",
    certificate: document.certificate?.facts.sha1 ?? "",
    facts: [
      fact("certificate-uploaded", "upload-certificate"),
      fact("permissions-granted", "admin-consent"),
      fact("role-assigned", "exchange-role"),
    ],
    rows: [],
    extras: [],
    ...change,
  };
}
