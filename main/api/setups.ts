import { randomUUID } from "node:crypto";
import { readFileLimited, writeFileAtomic } from "../files/atomic-file.ts";
import { attributes } from "../guide/attributes.ts";
import { isAllowedUrl, linkUrl } from "../guide/links.ts";
import { stepOfField } from "../guide/steps.ts";
import type { Chosen, Handlers } from "../../preload/contract.ts";
import type { LinkId } from "../../preload/model/guide.ts";
import type { ActivityView, AllActivityEntry, AllActivityView } from "../../preload/model/setup.ts";
import { AppError } from "../errors.ts";
import { fileName } from "../rollout/handover.ts";
import { newDocument } from "../setups/document.ts";
import { activityCsv, activityJsonl } from "../setups/activity-export.ts";
import * as intents from "../setups/intents.ts";
import { fromSetupFile, maxSetupFileBytes, toSetupFile } from "../setups/setup-file.ts";
import { attributeValue, deletedView, linkValues } from "../setups/view.ts";
import type { ConnectionOf } from "../tenant/connection.ts";
import type { TenantSessions } from "../tenant/sessions.ts";
import type { PasswordBox } from "./password-box.ts";
import type { Services } from "./services.ts";

/** Pages that a practice setup may open: the documentation, not the portals of a tenant that does not exist. */
const practised = new Set<LinkId>([
  "documentation",
  "documentation-azure-ad",
  "microsoft-app-only",
  "microsoft-consent",
  "microsoft-certificate",
]);

/** Everything about setups except certificates and rollout. */
export function setupHandlers(
  { setups, shell, clock }: Services,
  passwords: PasswordBox,
  sessions: Pick<TenantSessions, "close">,
  connectionOf: ConnectionOf,
): Handlers["setups"] {
  const settingsPerson = (by: string) => by.trim() || shell.settings().person;

  /** The name typed for a confirmation is offered the next time. */
  async function rememberPerson(by: string): Promise<void> {
    const name = by.trim();
    if (name !== "" && name !== shell.settings().person) await shell.saveSettings({ person: name });
  }

  async function exportEntries(
    name: string,
    entries: readonly AllActivityEntry[],
    format: "jsonl" | "csv",
  ): Promise<Chosen<{ path: string }>> {
    const path = await shell.saveDialog({
      purpose: "activity",
      titleKey: "dialogs.export-activity",
      defaultName: `${name}.${format}`,
      extensions: [format],
    });
    if (path === null) return { canceled: true };
    const text = format === "csv" ? activityCsv(entries) : activityJsonl(entries);
    await writeFileAtomic(path, text, { replace: true });
    return { canceled: false, path };
  }

  /** A setup's log among all; "gone" when the setup was deleted while the others were read. */
  async function readLog(setupId: string): Promise<ActivityView | "gone" | "unreadable"> {
    try {
      return await setups.activity(setupId);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return error.code === "setup-not-found" ? "gone" : "unreadable";
    }
  }

  async function allActivity(): Promise<AllActivityView> {
    const all: AllActivityView = { entries: [], broken: [], unreadable: [] };
    for (const { id: setupId, name: setupName, practice, problem } of setups.list()) {
      if (problem !== null) continue;
      const log = await readLog(setupId);
      if (log === "gone") continue;
      if (log === "unreadable") {
        all.unreadable.push({ setupId, setupName });
        continue;
      }
      const { entries, chain } = log;
      all.entries.push(...entries.map((entry) => ({ ...entry, setupId, setupName, practice })));
      if (chain.brokenAt !== null) all.broken.push({ setupId, setupName, brokenAt: chain.brokenAt });
    }
    all.entries.sort((one, other) => one.at.localeCompare(other.at));
    return all;
  }

  return {
    list: async () => setups.list(),
    create: async ({ name, cloud }) => {
      const document = newDocument(randomUUID(), intents.cleanName(name), cloud, clock.now());
      return setups.add(document, { kind: "setup-created", step: null, details: { name: document.name } });
    },
    open: async ({ setupId }) => setups.view(setupId),
    rename: async ({ setupId, name }) =>
      setups.change(
        setupId,
        { kind: "setup-renamed", step: null, details: { name: intents.cleanName(name) } },
        (one) => intents.rename(one, name),
      ),
    setCloud: async ({ setupId, cloud }) => {
      // Tokens of one cloud are of no use in another.
      await sessions.close(setupId);
      return setups.change(setupId, { kind: "cloud-changed", step: null, details: { cloud } }, (one) =>
        intents.setCloud(one, cloud),
      );
    },
    duplicate: async ({ setupId, name }) => {
      const copy = intents.duplicate(setups.document(setupId), randomUUID(), name, clock.now());
      await setups.add(copy, { kind: "setup-duplicated", step: null, details: { from: setupId } });
      return setups.summary(copy.id);
    },
    archive: async ({ setupId, archived }) => {
      const kind = archived ? "setup-archived" : "setup-unarchived";
      await setups.change(setupId, { kind, step: null }, (one) =>
        intents.archive(one, archived, clock.now()),
      );
      return setups.summary(setupId);
    },
    remove: async ({ setupId }) => {
      await sessions.close(setupId);
      await setups.trash(setupId);
      return null;
    },
    deleted: async () => (await setups.deleted()).map(deletedView),
    restore: async ({ setupId, entry }) => {
      const summary = await setups.restore(setupId, entry);
      await setups.note(setupId, { kind: "setup-restored", step: null });
      return summary;
    },
    deleteForGood: async ({ entry }) => {
      await setups.deleteForGood(entry);
      return null;
    },
    exportFile: async ({ setupId }) => {
      const document = setups.document(setupId);
      const path = await shell.saveDialog({
        purpose: "setup",
        titleKey: "dialogs.export-setup",
        defaultName: `${fileName(document.name)}.rollout.json`,
        extensions: ["json"],
      });
      if (path === null) return { canceled: true };
      await writeFileAtomic(path, toSetupFile(document, clock.now()), { replace: true });
      await setups.note(setupId, { kind: "setup-exported", step: null });
      return { canceled: false, path };
    },
    importFile: async () => {
      const path = await shell.openDialog({
        purpose: "setup",
        titleKey: "dialogs.import-setup",
        extensions: ["json"],
      });
      if (path === null) return { canceled: true };
      const document = fromSetupFile(await readSetupFile(path), randomUUID(), clock.now());
      await setups.add(document, { kind: "setup-imported", step: null });
      return { canceled: false, setupId: document.id };
    },
    setField: async ({ setupId, field, value }) =>
      setups.change(setupId, { kind: "value-changed", step: stepOfField(field), details: { field } }, (one) =>
        intents.setField(one, field, value),
      ),
    setPosition: async ({ setupId, step }) => {
      await setups.change(setupId, null, (one) => intents.setPosition(one, step));
      return null;
    },
    confirm: async ({ setupId, step, by, note }) => {
      const observations = await setups.observations(setupId);
      await rememberPerson(by);
      const person = settingsPerson(by);
      return setups.change(setupId, { kind: "step-confirmed", step, details: { by: person } }, (one) =>
        intents.confirm(one, step, person, note, observations),
      );
    },
    withdraw: async ({ setupId, step }) =>
      setups.change(setupId, { kind: "step-withdrawn", step }, (one) =>
        step === "rollout"
          ? intents.withdrawRollout(one, clock.now())
          : intents.withdraw(one, step, clock.now()),
      ),
    markNotApplicable: async ({ setupId, step, by, reason }) => {
      await rememberPerson(by);
      return setups.change(setupId, { kind: "step-not-applicable", step, details: { reason } }, (one) =>
        intents.markNotApplicable(one, step, settingsPerson(by), reason, clock.now()),
      );
    },
    markApplicable: async ({ setupId, step }) =>
      setups.change(setupId, { kind: "step-applicable", step }, (one) => intents.markApplicable(one, step)),
    startWaiting: async ({ setupId, step, who, note }) =>
      setups.change(setupId, { kind: "waiting-started", step, details: { who } }, (one) =>
        intents.startWaiting(one, step, who, note, clock.now()),
      ),
    stopWaiting: async ({ setupId, step }) =>
      setups.change(setupId, { kind: "waiting-stopped", step }, (one) => intents.stopWaiting(one, step)),
    openLink: async ({ setupId, link }) => {
      const document = setups.document(setupId);
      const address = linkUrl(link, linkValues(document));
      if (document.practice && link === "iam-cloud-portal") {
        const { portal, openBrowser } = await connectionOf(setupId);
        await openBrowser(portal ?? "");
        return null;
      }
      if (document.practice && !practised.has(link)) throw new AppError("practice-no-portal");
      if ("missing" in address) throw new AppError("link-not-allowed", { field: address.missing });
      if (!isAllowedUrl(address.url, linkValues(document).portalUrl)) throw new AppError("link-not-allowed");
      await shell.openExternal(address.url);
      return null;
    },
    copyAttribute: async ({ setupId, attribute }) => {
      const entry = attributes.find((one) => one.id === attribute);
      if (entry === undefined || entry.kind === "file") throw new AppError("not-allowed");
      if (entry.kind === "secret") return { clearsIn: await passwords.copy(setupId) };
      await shell.copyText(attributeValue(setups.document(setupId), entry));
      return { clearsIn: null };
    },
    activity: async ({ setupId }) => setups.activity(setupId),
    exportActivity: async ({ setupId, format }) => {
      const { name, practice } = setups.document(setupId);
      const { entries } = await setups.activity(setupId);
      const named = entries.map((entry) => ({ ...entry, setupId, setupName: name, practice }));
      return exportEntries(`${fileName(name)} activity`, named, format);
    },
    allActivity: () => allActivity(),
    exportAllActivity: async ({ format }) =>
      exportEntries("Exchange Rollout activity", (await allActivity()).entries, format),
  };
}

/** Errors: setup-file-invalid (also when it is larger than any setup), file-empty, file-not-found, read-failed. */
async function readSetupFile(path: string): Promise<string> {
  try {
    return (await readFileLimited(path, maxSetupFileBytes)).toString("utf8");
  } catch (error) {
    const tooLarge = error instanceof AppError && error.code === "file-too-large";
    throw tooLarge ? new AppError("setup-file-invalid", {}, error) : error;
  }
}
