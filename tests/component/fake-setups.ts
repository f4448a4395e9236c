import { AppError } from "../../main/errors.ts";
import { newDocument } from "../../main/setups/document.ts";
import * as intents from "../../main/setups/intents.ts";
import { deletedView, summaryOf } from "../../main/setups/view.ts";
import type { AllActivityView, SetupSummary } from "../../preload/model/setup.ts";
import type { FakeState, Inputs } from "./fake-state.ts";
import { note } from "./fake-state.ts";

/** The setups and their logs. */
export function fakeSetups(state: FakeState): Inputs<"setups"> {
  const { change, documents, now, view } = state;
  const summary = (id: string): SetupSummary => view(id).summary;
  return {
    list: () => [
      ...[...documents.values()].map((document) => summaryOf(document, state.observations())),
      ...state.unreadable,
    ],
    create: ({ name, cloud }) => {
      const id = crypto.randomUUID();
      documents.set(id, newDocument(id, intents.cleanName(name), cloud, now()));
      note(state, id, "setup-created", { name });
      return view(id);
    },
    open: ({ setupId }) => view(setupId),
    rename: ({ setupId, name }) => change(setupId, "setup-renamed", (one) => intents.rename(one, name)),
    setCloud: ({ setupId, cloud }) => change(setupId, "cloud-changed", (one) => intents.setCloud(one, cloud)),
    duplicate: ({ setupId, name }) => {
      const id = crypto.randomUUID();
      const original = documents.get(setupId);
      if (original === undefined) throw new AppError("setup-not-found");
      documents.set(id, intents.duplicate(original, id, name, now()));
      return summary(id);
    },
    archive: ({ setupId, archived }) =>
      change(setupId, archived ? "setup-archived" : "setup-unarchived", (one) =>
        intents.archive(one, archived, now()),
      ).summary,
    remove: ({ setupId }) => {
      const document = documents.get(setupId);
      if (document === undefined) throw new AppError("setup-not-found");
      documents.delete(setupId);
      state.removed.set(setupId, document);
      return null;
    },
    deleted: () =>
      [...state.removed.values()].map((document) =>
        deletedView({ entry: document.id, setupId: document.id, deletedAt: now(), document }),
      ),
    deleteForGood: ({ entry }) => {
      if (!state.removed.delete(entry)) throw new AppError("setup-not-found");
      return null;
    },
    restore: ({ setupId }) => {
      const document = state.removed.get(setupId);
      if (document === undefined) throw new AppError("setup-not-found");
      if (documents.has(setupId)) throw new AppError("setup-exists");
      documents.set(setupId, document);
      state.removed.delete(setupId);
      return summary(setupId);
    },
    exportFile: () => ({ canceled: false, path: "/home/anna/Contoso AG.rollout.json" }),
    importFile: () => {
      const id = crypto.randomUUID();
      documents.set(id, newDocument(id, "Fabrikam", "global", now()));
      return { canceled: false, setupId: id };
    },
    setField: ({ setupId, field, value }) =>
      change(setupId, "value-changed", (one) => intents.setField(one, field, value)),
    setPosition: ({ setupId, step }) => {
      change(setupId, "position", (one) => intents.setPosition(one, step));
      return null;
    },
    confirm: ({ setupId, step, by, note: words }) =>
      change(setupId, "step-confirmed", (one) => intents.confirm(one, step, by, words, state.observations())),
    withdraw: ({ setupId, step }) =>
      change(setupId, "step-withdrawn", (one) => intents.withdraw(one, step, now())),
    markNotApplicable: ({ setupId, step, by, reason }) =>
      change(setupId, "step-not-applicable", (one) =>
        intents.markNotApplicable(one, step, by, reason, now()),
      ),
    markApplicable: ({ setupId, step }) =>
      change(setupId, "step-applicable", (one) => intents.markApplicable(one, step)),
    startWaiting: ({ setupId, step, who, note: words }) =>
      change(setupId, "waiting-started", (one) => intents.startWaiting(one, step, who, words, now())),
    stopWaiting: ({ setupId, step }) =>
      change(setupId, "waiting-stopped", (one) => intents.stopWaiting(one, step)),
    openLink: () => null,
    copyAttribute: ({ attribute }) => ({
      clearsIn: attribute === "ConnectPFXPassword" ? state.info.settings.clipboardSeconds : null,
    }),
    activity: ({ setupId }) => ({
      entries: state.journals.get(setupId) ?? [],
      chain: { intact: true, brokenAt: null },
    }),
    exportActivity: () => ({ canceled: false, path: "/home/anna/activity.jsonl" }),
    allActivity: () => allActivity(state),
    exportAllActivity: () => ({ canceled: false, path: "/home/anna/activity.csv" }),
  };
}

function allActivity({ journals, documents, brokenLogs, unreadableLogs }: FakeState): AllActivityView {
  const named = (setupId: string) => ({ setupId, setupName: documents.get(setupId)?.name ?? "" });
  return {
    entries: [...journals]
      .flatMap(([setupId, entries]) =>
        entries.map((entry) => ({
          ...entry,
          ...named(setupId),
          practice: documents.get(setupId)?.practice ?? false,
        })),
      )
      .toSorted((one, other) => one.at.localeCompare(other.at)),
    broken: brokenLogs.map(({ setupId, brokenAt }) => ({ ...named(setupId), brokenAt })),
    unreadable: unreadableLogs.map(named),
  };
}
