import type { ErrorView, Result } from "../../preload/model/errors.ts";
import type { FieldId, LinkId } from "../../preload/model/guide.ts";
import type { DeletedSetup, SetupSummary, SetupView } from "../../preload/model/setup.ts";
import { attempt, call, rollout, succeeded } from "./api.ts";
import { pageState } from "./page-state.ts";
import { currentRoute, navigate } from "./route.ts";

interface SetupsState {
  /** Null until the first answer. */
  list: SetupSummary[] | null;
  listError: ErrorView | null;
  /** Null until they were asked for. */
  deleted: DeletedSetup[] | null;
  deletedError: ErrorView | null;
  /** The setup on the screen. */
  view: SetupView | null;
  viewError: ErrorView | null;
}

const store = pageState<SetupsState>(() => ({
  list: null,
  listError: null,
  deleted: null,
  deletedError: null,
  view: null,
  viewError: null,
}));

export function useSetups(): Pick<SetupsState, "list" | "listError"> {
  const list = store((state) => state.list);
  const listError = store((state) => state.listError);
  return { list, listError };
}

export function useDeleted(): Pick<SetupsState, "deleted" | "deletedError"> {
  const deleted = store((state) => state.deleted);
  const deletedError = store((state) => state.deletedError);
  return { deleted, deletedError };
}

export function useOpenSetup(): Pick<SetupsState, "view" | "viewError"> {
  const view = store((state) => state.view);
  const viewError = store((state) => state.viewError);
  return { view, viewError };
}

/** Puts a view that main just gave on the screen, unless another setup is open by now. */
export function acceptView(view: SetupView): void {
  const { view: open } = store.getState();
  if (open === null || open.summary.id === view.summary.id) store.setState({ view, viewError: null });
}

/** Fetches the list. The old one stays in view meanwhile. */
export async function loadList(): Promise<void> {
  const result = await attempt(rollout().setups.list());
  store.setState(result.ok ? { list: result.value, listError: null } : { listError: result.error });
}

/** Fetches the deleted setups. The old ones stay in view meanwhile. */
export async function loadDeleted(): Promise<void> {
  const result = await attempt(rollout().setups.deleted());
  store.setState(result.ok ? { deleted: result.value, deletedError: null } : { deletedError: result.error });
}

/** After a setup was deleted, restored or deleted for good. */
export async function loadLists(): Promise<void> {
  const { deleted } = store.getState();
  await Promise.all([loadList(), deleted === null ? undefined : loadDeleted()]);
}

/** Fetches a setup. The one in view stays when it is the same. */
export async function loadSetup(setupId: string): Promise<void> {
  if (store.getState().view?.summary.id !== setupId) store.setState({ view: null, viewError: null });
  const result = await attempt(rollout().setups.open({ setupId }));
  const route = currentRoute();
  if (!("setupId" in route) || route.setupId !== setupId) return;
  store.setState(result.ok ? { view: result.value, viewError: null } : { viewError: result.error });
}

/** Carries out a change; shows the new view, or what went wrong. Gives the view or null. */
export async function change(promise: Promise<Result<SetupView>>): Promise<SetupView | null> {
  const view = await call(promise);
  if (view !== null) acceptView(view);
  return view;
}

/** Saves one value; gives null, or why it could not be saved (shown at the field, not here). */
export async function saveField(setupId: string, field: FieldId, value: string): Promise<ErrorView | null> {
  const result = await attempt(rollout().setups.setField({ setupId, field, value }));
  if (!result.ok) return result.error;
  acceptView(result.value);
  return null;
}

/** Opens one of the guide's places in the system's browser. */
export async function openLink(setupId: string, link: LinkId): Promise<boolean> {
  return succeeded(rollout().setups.openLink({ setupId, link }));
}

/** Creates a setup and opens it. */
export async function createSetup(name: string, cloud: SetupSummary["cloud"]): Promise<ErrorView | null> {
  const result = await attempt(rollout().setups.create({ name, cloud }));
  if (!result.ok) return result.error;
  openView(result.value);
  return null;
}

/** Opens a setup that main just made. */
export function openView(view: SetupView): void {
  store.setState({ view, viewError: null });
  navigate({ screen: "setup", setupId: view.summary.id });
  void loadList();
}

/** The setup on the screen now; for what happens outside of components. */
export function currentView(): SetupView | null {
  return store.getState().view;
}
