import { join } from "node:path";
import type { StepId } from "../../preload/model/guide.ts";
import type { ActivityView, SetupSummary, SetupView } from "../../preload/model/setup.ts";
import { AppError } from "../errors.ts";
import type { Clock } from "../ports.ts";
import type { Vault } from "../vault/vault.ts";
import type { Observations } from "./checks.ts";
import type { SetupDocument } from "./document.ts";
import type { KnownIds } from "./fields.ts";
import { normalizeField } from "./fields.ts";
import type { Journal } from "./journal.ts";
import { pfxPasswordName, privateKeyName, requestKeyName } from "./secret-names.ts";
import type { SetupStore } from "./store.ts";
import { buildView, summaryOf } from "./view.ts";

/** What a change leaves in the journal. Never a secret. */
export interface JournalNote {
  kind: string;
  step: StepId | null;
  details?: Record<string, string | number>;
}

/** The setups of this computer: documents with what is observed about them now. */
export interface Setups {
  list(): SetupSummary[];
  summary(id: string): SetupSummary;
  document(id: string): SetupDocument;
  view(id: string): Promise<SetupView>;
  observations(id: string): Promise<Observations>;
  add(document: SetupDocument, note: JournalNote): Promise<SetupView>;
  /** Changes a document, stamps the time, writes the journal and gives the new view. */
  change(
    id: string,
    note: JournalNote | null,
    change: (document: SetupDocument) => SetupDocument,
  ): Promise<SetupView>;
  trash(id: string): Promise<void>;
  restore(id: string): Promise<SetupSummary>;
  note(id: string, note: JournalNote): Promise<void>;
  activity(id: string): Promise<ActivityView>;
  folder(id: string): string;
}

export interface SetupsOptions {
  store: SetupStore;
  vault: Vault;
  openJournal: (file: string) => Journal;
  clock: Clock;
  /** Name offered for confirmations. */
  person: () => string;
}

export function createSetups({ store, vault, openJournal, clock, person }: SetupsOptions): Setups {
  const journals = new Map<string, Journal>();

  function journal(id: string): Journal {
    const known = journals.get(id);
    if (known !== undefined) return known;
    const opened = openJournal(join(store.folder(id), "journal.jsonl"));
    journals.set(id, opened);
    return opened;
  }

  async function note(id: string, entry: JournalNote): Promise<void> {
    await journal(id).append({
      at: clock.now().toISOString(),
      kind: entry.kind,
      step: entry.step,
      details: entry.details ?? {},
    });
  }

  async function observations(id: string): Promise<Observations> {
    const { kind } = vault.status();
    const { certificate, request } = store.get(id);
    const keyName = certificate === null ? requestKeyName : privateKeyName(certificate.facts.sha1);
    const hasKey = certificate !== null || request !== null;
    const [key, password] = await Promise.all([
      hasKey ? vault.where(id, keyName) : ("none" as const),
      vault.where(id, pfxPasswordName),
    ]);
    return {
      now: clock.now(),
      key,
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
    });
  }

  /** The list needs no secrets: what the vault holds changes no count on it. */
  function listed(document: SetupDocument): SetupSummary {
    return summaryOf(document, { now: clock.now(), key: "none", password: "none", vaultProblem: null });
  }

  return {
    list: () => [...store.documents().map(listed), ...store.unreadable().map(unreadableSummary)],
    summary: (id) => listed(store.get(id)),
    document: (id) => store.get(id),
    view,
    observations,
    note,
    folder: (id) => store.folder(id),
    async add(document, entry) {
      await store.add(document);
      await note(document.id, entry);
      return view(document.id);
    },
    async change(id, entry, change) {
      const before = store.get(id);
      const after = await store.update(id, (document) => {
        const changed = change(document);
        return changed === document ? document : { ...changed, updatedAt: clock.now().toISOString() };
      });
      if (entry !== null && after !== before) await note(id, entry);
      return view(id);
    },
    async trash(id) {
      await journals.get(id)?.settled();
      journals.delete(id);
      await store.trash(id);
    },
    async restore(id) {
      return listed(await store.restore(id));
    },
    async activity(id) {
      if (!store.documents().some((one) => one.id === id)) throw new AppError("setup-not-found");
      return journal(id).read();
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
    problem: { code: broken.code, file: broken.file },
  };
}
