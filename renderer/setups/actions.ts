import type { DeletedSetup, SetupSummary } from "../../preload/model/setup.ts";
import { translate } from "../i18n.ts";
import { call, rollout, succeeded } from "../store/api.ts";
import { onReset } from "../store/page-state.ts";
import { navigate } from "../store/route.ts";
import { loadList, loadLists } from "../store/setups.ts";
import { dismissToast, showSaved, showToast } from "../store/toasts.ts";

/** The messages that offer to take a deletion back, by setup. */
const offers = new Map<string, number>();
onReset(() => offers.clear());

/** What was restored or deleted for good cannot be taken back any more; an older one of the setup is not meant. */
function withdrawOffer(setupId: string, entry: string): void {
  const toast = offers.get(setupId);
  if (toast !== undefined && entry === setupId) dismissToast(toast);
}

/** Moves a setup to the trash and offers to take it back. */
export async function removeSetup({ id, name }: SetupSummary): Promise<void> {
  if (!(await succeeded(rollout().setups.remove({ setupId: id })))) return;
  await loadLists();
  const toast = showToast({
    title: "home.deleted",
    params: { name },
    stay: 20_000,
    action: { label: "common.undo", run: () => void restoreSetup({ setupId: id }) },
  });
  offers.set(id, toast);
}

/** Takes a setup out of the trash, without `entry` the one that was deleted last. */
export async function restoreSetup(which: { setupId: string; entry?: string }): Promise<void> {
  const summary = await call(rollout().setups.restore(which));
  // Also after a failure: it may be gone by now, or back without being readable.
  await loadLists();
  if (summary === null) return;
  withdrawOffer(which.setupId, which.entry ?? which.setupId);
  showToast({ title: "home.restored", params: { name: summary.name }, tone: "ok" });
}

/** Deletes a setup in the trash with everything that was kept of it. */
export async function deleteForGood({ setupId, entry, name }: DeletedSetup): Promise<void> {
  const done = await succeeded(rollout().setups.deleteForGood({ entry }));
  await loadLists();
  if (!done) return;
  withdrawOffer(setupId, entry);
  showToast({ title: "home.gone.done", params: { name: name || translate("home.unreadable") } });
}

export async function duplicateSetup({ id, name }: SetupSummary): Promise<void> {
  const copyName = translate("home.copyName", { name });
  const copy = await call(rollout().setups.duplicate({ setupId: id, name: copyName }));
  if (copy === null) return;
  await loadList();
  showToast({ title: "home.duplicated", params: { name: copy.name }, tone: "ok" });
}

export async function archiveSetup({ id, name }: SetupSummary, archived: boolean): Promise<void> {
  if ((await call(rollout().setups.archive({ setupId: id, archived }))) === null) return;
  await loadList();
  showToast({
    title: archived ? "home.archived" : "home.unarchived",
    params: { name },
    tone: "ok",
    action: { label: "common.undo", run: () => void takeBackArchiving(id, !archived) },
  });
}

async function takeBackArchiving(setupId: string, archived: boolean): Promise<void> {
  if ((await call(rollout().setups.archive({ setupId, archived }))) !== null) await loadList();
}

/** Saves a setup as a file, without secrets, where the user chooses. */
export async function exportSetup(setupId: string): Promise<void> {
  const chosen = await call(rollout().setups.exportFile({ setupId }));
  if (chosen === null || chosen.canceled) return;
  showSaved("home.exported", chosen.path);
}

/** Opens a setup from a file the user chooses. */
export async function importSetup(): Promise<void> {
  const chosen = await call(rollout().setups.importFile());
  if (chosen === null || chosen.canceled) return;
  void loadList();
  showToast({ title: "home.imported", tone: "ok" });
  navigate({ screen: "setup", setupId: chosen.setupId });
}
