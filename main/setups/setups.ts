import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { ActivityView, SetupSummary, SetupView } from "../../preload/model/setup.ts";
import type { TenantView } from "../../preload/model/tenant.ts";
import { AppError } from "../errors.ts";
import type { Clock } from "../ports.ts";
import type { Vault } from "../vault/vault.ts";
import type { JournalNote } from "./activity.ts";
import { createActivity } from "./activity.ts";
import type { Observations } from "./checks.ts";
import type { SetupDocument } from "./document.ts";
import type { KnownIds } from "./fields.ts";
import { normalizeField } from "./fields.ts";
import type { Journal } from "./journal.ts";
import { pfxPasswordName, privateKeyName, requestKeyName } from "./secret-names.ts";
import type { SetupStore } from "./store.ts";
import type { TrashedSetup } from "./trash.ts";
import { setupOfEntry } from "./trash.ts";
import { withoutSettledWaits } from "./status.ts";
import { buildView, summaryOf } from "./view.ts";

/** The setups of this computer: documents with what is observed about them now. */
export interface Setups {
  list(): SetupSummary[];
  summary(id: string): SetupSummary;
  document(id: string): SetupDocument;
  view(id: string): Promise<SetupView>;
  observations(id: string): Promise<Observations>;
  /** Saves a new document. Errors: those of writeFileAtomic. */
  add(document: SetupDocument, note: JournalNote): Promise<SetupView>;
  /**
   * Changes a document, stamps the time, writes the journal and gives the new view. A change that changes nothing
   * leaves no trace, and one of the position alone leaves the time: looking at a step is no work on the setup.
   * Errors: setup-not-found and those of writeFileAtomic; then nothing was changed.
   */
  change(
    id: string,
    note: JournalNote | null,
    change: (document: SetupDocument) => SetupDocument,
  ): Promise<SetupView>;
  trash(id: string): Promise<void>;
  deleted(): Promise<TrashedSetup[]>;
  restore(id: string, entry?: string): Promise<SetupSummary>;
  /** Deletes a setup in the trash; what is in memory of it goes too, unless the setup is there once more. */
  deleteForGood(entry: string): Promise<void>;
  /** Writes something down that changes no document. Never fails. */
  note(id: string, note: JournalNote): Promise<void>;
  activity(id: string): Promise<ActivityView>;
  /** Resolves when every change that was asked for is on the disk. */
  settled(): Promise<void>;
}

export interface SetupsOptions {
  store: SetupStore;
  vault: Vault;
  openJournal: (file: string) => Journal;
  clock: Clock;
  /** Name offered for confirmations. */
  person: () => string;
  /** What is known of the setup's tenant now. */
  tenantView: (document: SetupDocument) => Promise<TenantView>;
  /** Whether a setup's dry run is under way. */
  isDryRunning?: (id: string) => boolean;
  /** Called after a document became another one, left or came back; not for a position. */
  onChange: (id: string) => void;
  onError: (message: string, error: unknown) => void;
}

export function createSetups(options: SetupsOptions): Setups {
  const { store, vault, openJournal, clock, person, tenantView, onChange, onError } = options;
  const fileOf = (id: string) => join(store.folder(id), "journal.jsonl");
  const activity = createActivity({ openJournal, fileOf, clock, onError });

  async function observations(id: string): Promise<Observations> {
    const { kind } = vault.status();
    const { certificate, request } = store.get(id);
    const [key, requestKey, password] = await Promise.all([
      certificate === null ? ("none" as const) : vault.where(id, privateKeyName(certificate.facts.sha1)),
      request === null ? ("none" as const) : vault.where(id, requestKeyName),
      vault.where(id, pfxPasswordName),
    ]);
    return {
      now: clock.now(),
      key,
      requestKey,
      password,
      vaultProblem: kind === "locked" || kind === "key-lost" ? kind : null,
    };
  }

  function knownIds(id: string): KnownIds {
    const tenantIds = new Set<string>();
    const applicationIds = new Set<string>();
    for (const other of store.documents()) {
      if (other.id === id) continue;
      const tenantId = normalizeField("tenantId", other.fields.tenantId ?? "");
      const applicationId = normalizeField("applicationId", other.fields.applicationId ?? "");
      if (tenantId !== "") tenantIds.add(tenantId);
      if (applicationId !== "") applicationIds.add(applicationId);
    }
    return { tenantIds, applicationIds };
  }

  async function view(id: string): Promise<SetupView> {
    const document = store.get(id);
    return buildView(document, {
      observations: await observations(id),
      known: knownIds(id),
      person: person(),
      tenant: await tenantView(document),
      dryRunning: options.isDryRunning?.(id) ?? false,
    });
  }

  /** Without secrets: what the vault holds changes no count on the list, and no step that is waited for. */
  const withoutVault = (): Observations => ({
    now: clock.now(),
    key: "none",
    requestKey: "none",
    password: "none",
    vaultProblem: null,
  });

  function listed(document: SetupDocument): SetupSummary {
    return summaryOf(document, withoutVault());
  }

  return {
    list: () => [...store.documents().map(listed), ...store.unreadable().map(unreadableSummary)],
    summary: (id) => listed(store.get(id)),
    document: (id) => store.get(id),
    view,
    observations,
    note: (id, entry) => activity.note(id, entry),
    async settled() {
      await store.settled();
      await activity.settled();
    },
    async add(document, entry) {
      await store.add(document);
      await activity.note(document.id, entry);
      return view(document.id);
    },
    async change(id, entry, change) {
      let changed = false;
      await store.update(id, (document) => {
        const after = withoutSettledWaits(change(document), withoutVault());
        changed = !isDeepStrictEqual({ ...after, position: document.position }, document);
        if (changed) return { ...after, updatedAt: clock.now().toISOString() };
        return after.position === document.position ? document : after;
      });
      if (changed) onChange(id);
      if (changed && entry !== null) await activity.note(id, entry);
      return view(id);
    },
    async trash(id) {
      await activity.leave(id);
      await store.trash(id);
      onChange(id);
    },
    deleted: () => store.deleted(),
    async restore(id, entry) {
      const document = await store.restore(id, entry);
      onChange(id);
      return listed(document);
    },
    async deleteForGood(entry) {
      await store.deleteForGood(entry);
      const id = setupOfEntry(entry);
      const others = [...store.documents(), ...store.unreadable()].map((one) => one.id);
      const left = new Set([...others, ...(await store.deleted()).map(({ setupId }) => setupId)]);
      if (id !== null && !left.has(id)) vault.forgetSession(id);
    },
    async activity(id) {
      if (!store.documents().some((one) => one.id === id)) throw new AppError("setup-not-found");
      return activity.read(id);
    },
  };
}

function unreadableSummary(broken: {
  id: string;
  code: "setup-unreadable" | "setup-too-new";
  file: string;
}): SetupSummary {
  return {
    id: broken.id,
    name: "",
    tenantName: "",
    tenantDomain: "",
    cloud: "global",
    practice: false,
    createdAt: "",
    updatedAt: "",
    archivedAt: null,
    done: 0,
    total: 0,
    next: null,
    nextState: null,
    attention: 0,
    waiting: 0,
    certificateDaysLeft: null,
    rolledOut: false,
    rotating: false,
    problem: { code: broken.code, file: broken.file },
  };
}
