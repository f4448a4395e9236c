import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { perform } from "../../../main/certificates/perform.ts";
import type { Connection, AttemptInput, AttemptPorts } from "../../../main/exchange/attempt.ts";
import { attemptDryRun } from "../../../main/exchange/attempt.ts";
import { readFileLimited } from "../../../main/files/atomic-file.ts";
import { createPracticeTenant } from "../../../main/practice/practice.ts";
import type { PracticeOptions, PracticeTenant } from "../../../main/practice/practice.ts";
import type { CertificateRecord } from "../../../main/setups/document.ts";
import { contentHash } from "../../../main/setups/store.ts";
import type { Pace } from "../../../main/tenant/pace.ts";
import { exchangeAppId, graphAs, resourceOf, signingKey, words } from "../practice/support.ts";

export const password = "Correct horse battery staple 9";
export const manageAsApp = "dc50a0fb-09a3-484d-be87-e023b12c6440";
export const exchangeAdministrator = "29232cdf-9323-42fd-ade2-1d097af3e4de";

/** Whole seconds, as tokens have them. */
const started = new Date(Math.floor(Date.now() / 1000) * 1000);

/** Time that passes only by waiting, for MSAL too: it reads the computer's clock. */
export function simulatedTime(): Pace & { waits: number[]; forward(ms: number): void } {
  vi.useFakeTimers({ toFake: ["Date"], now: started });
  const time = {
    waits: [] as number[],
    now: () => new Date(),
    forward: (ms: number) => {
      vi.setSystemTime(Date.now() + ms);
    },
    sleep: async (ms: number, signal?: AbortSignal) => {
      signal?.throwIfAborted();
      time.waits.push(ms);
      time.forward(ms);
      // Others get their turn, as they would in real time.
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    },
  };
  return time;
}

export interface SavedPfx {
  certificate: CertificateRecord;
  path: string;
  bytes: Uint8Array;
  /** PKCS #8 in DER. */
  key: Buffer;
}

/** A certificate made by the app, with its PFX saved in a folder of its own. */
export async function savedPfx(name = "contoso.org"): Promise<SavedPfx> {
  const day = (offset: number) =>
    new Date(started.getTime() + offset * 86_400_000).toISOString().slice(0, 10);
  const made = await perform(
    {
      kind: "create-with-pfx",
      commonName: name,
      organization: "",
      dnsNames: [name],
      keySize: 2048,
      notBefore: day(-1),
      notAfter: day(300),
      now: started.toISOString(),
      password: Buffer.from(password),
      profile: "strong",
      friendlyName: name,
    },
    () => undefined,
  );
  const folder = await mkdtemp(join(tmpdir(), "rollout-pfx-"));
  const path = join(folder, "contoso.pfx");
  await writeFile(path, made.pfx);
  const at = started.toISOString();
  const certificate: CertificateRecord = {
    facts: made.facts,
    origin: "created",
    recordedAt: at,
    chain: [],
    keyProvider: "csp",
    der: Buffer.from(made.certificate).toString("base64"),
    chainDer: [],
    pfx: { profile: "strong", sha256: contentHash(made.pfx), savedAt: at, path, openedAt: at },
    exports: [],
  };
  return { certificate, path, bytes: made.pfx, key: Buffer.from(made.key) };
}

export interface Granted {
  certificate?: boolean;
  principal?: boolean;
  permission?: boolean;
  role?: string | null;
}

/** A practice tenant in which a Global Administrator has set the application up, as far as `granted` says. */
export async function tenantWith(
  pfx: SavedPfx,
  granted: Granted = {},
  options: Partial<PracticeOptions> = {},
): Promise<{
  practice: PracticeTenant;
  applicationId: string;
  grant: (what: "permission" | "role") => Promise<void>;
}> {
  const clock = { now: () => new Date() };
  const practice = createPracticeTenant({
    clock,
    randomBytes,
    words,
    signingKey,
    ...options,
  });
  const graph = await graphAs(practice, "alex");
  const { certificate = true, principal = true, permission = true, role = exchangeAdministrator } = granted;
  const key = { type: "AsymmetricX509Cert", usage: "Verify", key: pfx.certificate.der };
  const created = await graph("POST", "/applications", {
    displayName: "IAM.cloud Exchange Online",
    keyCredentials: certificate ? [key] : [],
  });
  const { appId } = created.body as { appId: string };
  const made = principal ? await graph("POST", "/servicePrincipals", { appId }) : null;
  const principalId = (made?.body as { id?: string } | undefined)?.id ?? "";
  const grant = async (what: "permission" | "role", roleDefinitionId = exchangeAdministrator) => {
    if (what === "permission") {
      await graph("POST", `/servicePrincipals/${principalId}/appRoleAssignments`, {
        principalId,
        resourceId: resourceOf(practice, exchangeAppId).id,
        appRoleId: manageAsApp,
      });
      return;
    }
    await graph("POST", "/roleManagement/directory/roleAssignments", {
      principalId,
      roleDefinitionId,
      directoryScopeId: "/",
    });
  };
  if (permission && principal) await grant("permission");
  if (role !== null && principal) await grant("role", role);
  return { practice, applicationId: appId, grant };
}

export function connectionTo(practice: PracticeTenant): Connection {
  return {
    fetch: (url, init) => practice.handle(new Request(url, init)),
    cloud: { authority: practice.hosts.login, exchange: practice.hosts.exchange },
  };
}

export function portsWith(pace: Pace): AttemptPorts {
  return {
    pace,
    newId: () => randomUUID(),
    readFile: async (path, maxBytes) => new Uint8Array(await readFileLimited(path, maxBytes)),
    openPfx: opened,
  };
}

const openedBefore = new Map<string, { key: Uint8Array; sha256: string }>();

/** Opens a PFX for real, but the same one only once: its derivations are meant to take long. */
async function opened(bytes: Uint8Array, secret: Buffer): Promise<{ key: Uint8Array; sha256: string }> {
  const name = `${contentHash(bytes)} ${secret.toString("utf8")}`;
  const before = openedBefore.get(name);
  if (before !== undefined) return { ...before, key: Uint8Array.from(before.key) };
  const job = { kind: "import", bytes, password: secret, now: null } as const;
  const { key, facts } = await perform(job, () => undefined);
  openedBefore.set(name, { key: Uint8Array.from(key), sha256: facts.sha256 });
  return { key, sha256: facts.sha256 };
}

/** One attempt; what is not said is right. */
export function attempt(
  pace: Pace,
  practice: PracticeTenant,
  pfx: SavedPfx,
  applicationId: string,
  change: Partial<AttemptInput> & { password?: string } = {},
) {
  const { password: typed = password, ...input } = change;
  return attemptDryRun(
    portsWith(pace),
    {
      connection: connectionTo(practice),
      tenantId: practice.data.tenantId,
      applicationId,
      domain: practice.data.initialDomain,
      certificate: pfx.certificate,
      ...input,
    },
    Buffer.from(typed),
    new AbortController().signal,
  );
}

/** Waits in real time, a few milliseconds at a time, for what the app does in the background. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

/** Time that stands still until the test lets the wait that is under way pass. */
export function steppedTime(): Pace & { pass(): Promise<number>; waiting(): boolean } {
  vi.useFakeTimers({ toFake: ["Date"], now: Math.max(started.getTime(), Date.now()) });
  let sleeper: { ms: number; wake: () => void } | null = null;
  return {
    now: () => new Date(),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        sleeper = { ms, wake: resolve };
        signal?.addEventListener("abort", () => {
          sleeper = null;
          reject(new DOMException("Aborted", "AbortError"));
        });
      }),
    waiting: () => sleeper !== null,
    async pass() {
      await until(() => sleeper !== null);
      const { ms = 0, wake } = sleeper ?? {};
      sleeper = null;
      vi.setSystemTime(Date.now() + ms);
      wake?.();
      return ms;
    },
  };
}
