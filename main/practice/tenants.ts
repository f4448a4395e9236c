import { writeFileAtomic, readFileLimited } from "../files/atomic-file.ts";
import { AppError } from "../errors.ts";
import type { Clock, RandomBytes } from "../ports.ts";
import { parsePracticeFile, practiceFile } from "./file.ts";
import type { Lag } from "./lag.ts";
import { createPracticeTenant } from "./practice.ts";
import type { PracticeTenant } from "./practice.ts";
import type { SampleApplication, SampleName } from "./samples.ts";
import type { OpenPfx } from "./portal/open-pfx.ts";
import type { WordsIn } from "./words.ts";
import { servePractice } from "./server.ts";
import type { PracticeServer } from "./server.ts";

const maxFileBytes = 20_000_000;
/** As far away as a real service, so that the rehearsal shows its waits. */
const latencyMs = 40;
const usualLag: Lag = { reads: 0, ms: 1_500 };

export interface PracticeTenantsPorts {
  clock: Clock;
  randomBytes: RandomBytes;
  /** Where a setup's practice tenant is kept. */
  fileOf: (setupId: string) => string;
  pause: (ms: number) => Promise<void>;
  /** How long new objects stay unseen; as with a real service unless said otherwise. */
  lag?: Lag;
  /** Words of the practised pages. */
  words: WordsIn;
  /** Opens the PFX that was given to the practice portal. */
  openPfx: OpenPfx;
  onError: (message: string, error: unknown) => void;
}

export interface RunningPractice {
  tenant: PracticeTenant;
  /** The address under which the browser reaches a page of the practice tenant. */
  local(url: string): string;
}

/** The practice tenants of the setups that practise: one each, kept beside the setup. */
export interface PracticeTenants {
  /** Makes a new tenant in a sample state. Errors: those of writing files. */
  create(setupId: string, sample: SampleName, application: SampleApplication): Promise<RunningPractice>;
  /** The setup's tenant; a new empty one with this tenant ID where none was kept. */
  of(setupId: string, known: { tenantId: string; application: SampleApplication }): Promise<RunningPractice>;
  /** Back to how it began; people and tenant ID stay. */
  reset(setupId: string, application: SampleApplication): Promise<void>;
  /** Writes what is not on the disk yet, and closes the loopback server. */
  close(): Promise<void>;
}

interface Kept {
  running: RunningPractice;
  sample: SampleName;
  server: PracticeServer;
  /** The write under way or done last. */
  saved: Promise<void>;
  dirty: boolean;
}

export function createPracticeTenants(ports: PracticeTenantsPorts): PracticeTenants {
  const running = new Map<string, Promise<Kept>>();

  async function run(
    setupId: string,
    sample: SampleName,
    options: { data?: PracticeTenant["data"]; tenantId?: string; application?: SampleApplication },
  ): Promise<Kept> {
    const { data, tenantId, application } = options;
    const tenant = createPracticeTenant({
      clock: ports.clock,
      randomBytes: ports.randomBytes,
      sample,
      latencyMs,
      lag: ports.lag ?? usualLag,
      pause: ports.pause,
      words: ports.words,
      openPfx: ports.openPfx,
      ...(data && { data }),
      ...(application && { application }),
      ...(tenantId !== undefined && tenantId !== "" && { directory: { tenantId } }),
      onCall: ({ method, service }) => {
        if (method !== "GET" || service === "login") void save(setupId);
      },
    });
    const server = await servePractice(tenant);
    return {
      running: { tenant, local: (url) => server.local(url) },
      sample,
      server,
      saved: Promise.resolve(),
      dirty: false,
    };
  }

  /** One write at a time; what changes meanwhile is written by one more after it. */
  async function save(setupId: string): Promise<void> {
    const kept = await running.get(setupId);
    if (kept === undefined || kept.dirty) return;
    kept.dirty = true;
    kept.saved = kept.saved.then(async () => {
      kept.dirty = false;
      const text = practiceFile(kept.sample, kept.running.tenant.data);
      await writeFileAtomic(ports.fileOf(setupId), text, { replace: true }).catch((error: unknown) =>
        ports.onError("practice tenant not saved", error),
      );
    });
    await kept.saved;
  }

  async function load(
    setupId: string,
    known: { tenantId: string; application: SampleApplication },
  ): Promise<Kept> {
    try {
      const content = await readFileLimited(ports.fileOf(setupId), maxFileBytes);
      const { sample, data } = parsePracticeFile(content.toString("utf8"));
      return await run(setupId, sample, { data });
    } catch (error) {
      if (!(error instanceof AppError && error.code === "file-not-found")) {
        ports.onError("practice tenant not read", error);
      }
      return run(setupId, "empty", known);
    }
  }

  function keep(setupId: string, kept: Promise<Kept>): Promise<Kept> {
    running.set(setupId, kept);
    kept.catch(() => running.delete(setupId));
    return kept;
  }

  return {
    async create(setupId, sample, application) {
      const kept = await keep(setupId, run(setupId, sample, { application }));
      await save(setupId);
      return kept.running;
    },
    async of(setupId, known) {
      return (await (running.get(setupId) ?? keep(setupId, load(setupId, known)))).running;
    },
    async reset(setupId, application) {
      const before = await (running.get(setupId) ??
        keep(setupId, load(setupId, { tenantId: "", application })));
      const { tenantId } = before.running.tenant.data;
      await before.server.close();
      before.running.tenant.close();
      await keep(setupId, run(setupId, before.sample, { tenantId, application }));
      await save(setupId);
    },
    async close() {
      for (const one of running.values()) {
        const kept = await one.catch(() => null);
        if (kept === null) continue;
        await kept.saved;
        await kept.server.close();
        kept.running.tenant.close();
      }
    },
  };
}
