import type { Result } from "../../preload/model/errors.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import type { Profile, SignInMethod, TenantView, WorkResultView } from "../../preload/model/tenant.ts";
import { keepFocus } from "../checklist/keep-focus.ts";
import { translate as t } from "../i18n.ts";
import { attempt, call, rollout, succeeded } from "../store/api.ts";
import { navigate } from "../store/route.ts";
import { acceptView, change, loadList } from "../store/setups.ts";
import { showError, showSaved, showToast } from "../store/toasts.ts";
import { announce } from "../ui/index.ts";
import { countInPlace } from "./changes.ts";

/** Lets a person sign in; the view says how it ended. Signing in for the first time also reads the tenant. */
export async function signIn(
  setupId: string,
  method: SignInMethod,
  how: { chooseAccount?: boolean; guest?: boolean } = {},
): Promise<void> {
  const { chooseAccount = false, guest = false } = how;
  const view = await change(rollout().tenant.signIn({ setupId, method, chooseAccount, guest }));
  keepFocus();
  const account = view?.tenant.signIn.account;
  if (view?.tenant.signIn.state === "signed-in" && account && view.tenant.signIn.problem === null) {
    announce(t("identity.announce.signedIn", { name: account.username }));
  }
}

export async function cancelSignIn(setupId: string): Promise<void> {
  if ((await change(rollout().tenant.cancelSignIn({ setupId }))) !== null) {
    keepFocus();
    announce(t("identity.announce.canceled"));
  }
}

export async function signOut(setupId: string): Promise<void> {
  if ((await change(rollout().tenant.signOut({ setupId }))) !== null) {
    keepFocus();
    announce(t("identity.announce.signedOut"));
  }
}

export async function goOnAs(setupId: string, accountId: string, name: string): Promise<void> {
  if ((await change(rollout().tenant.useAccount({ setupId, accountId }))) !== null) {
    announce(t("identity.announce.switched", { name }));
  }
}

/** Chooses the client that signs in; empty for the default one. Gives whether it was taken. */
export async function setClientId(setupId: string, clientId: string, name: string): Promise<boolean> {
  const view = await change(rollout().tenant.setClientId({ setupId, clientId }));
  if (view === null) return false;
  announce(t("identity.client.saved", { name }));
  return true;
}

/** Reads the tenant because the user asked for it; the browser may open. */
export async function checkTenant(setupId: string): Promise<void> {
  const view = await change(rollout().tenant.check({ setupId, quiet: false }));
  keepFocus();
  const tenant = view?.tenant;
  if (!tenant || tenant.problem !== null || tenant.plan === null) return;
  const count = tenant.plan.changes.length;
  announce(count === 0 ? t("tenant.announce.checkedNone") : t("tenant.announce.checked", { count }));
}

export async function setProfile(setupId: string, profile: Profile): Promise<void> {
  await tell(rollout().tenant.setProfile({ setupId, profile }), () =>
    t("tenant.profile.changed", { profile: t(`tenant.profile.${profile}`) }),
  );
}

export async function takeOver(setupId: string, appId: string): Promise<void> {
  await tell(rollout().tenant.takeOver({ setupId, appId }), () => t("tenant.namesake.takenOver"));
}

export async function createBeside(setupId: string): Promise<void> {
  await tell(rollout().tenant.createBeside({ setupId }), () => t("tenant.namesake.besideDone"));
}

/** Carries out what the shown plan says; one sentence at its end. */
export async function carryOutPlan(
  setupId: string,
  kind: WorkResultView["kind"],
  planId: string,
): Promise<void> {
  const { apply, undo, removeKey } = rollout().tenant;
  const method = { apply, undo, removal: removeKey }[kind];
  await tell(method({ setupId, planId }), ({ tenant }) => resultWords(tenant));
}

export async function cancelWork(setupId: string): Promise<void> {
  await change(rollout().tenant.cancelWork({ setupId }));
}

/** Writes a request for a colleague where the user chooses. */
export async function prepareRequest(setupId: string): Promise<void> {
  const chosen = await call(rollout().tenant.prepareRequest({ setupId }));
  if (chosen === null || chosen.canceled) return;
  acceptView(chosen.view);
  showSaved("tenant.card.requestSaved", chosen.path);
}

/** Opens a colleague's request as a setup of its own. */
export async function openRequest(): Promise<void> {
  const chosen = await call(rollout().tenant.openRequest());
  if (chosen === null || chosen.canceled) return;
  void loadList();
  showToast({ title: "tenant.card.requestOpened", tone: "ok" });
  navigate({ screen: "setup", setupId: chosen.setupId });
}

export async function openDeviceLogin(setupId: string): Promise<void> {
  await succeeded(rollout().tenant.openDeviceLogin({ setupId }));
}

/** Puts the practice tenant back to how its sample begins. */
export async function resetPractice(setupId: string): Promise<void> {
  if ((await change(rollout().practice.reset({ setupId }))) !== null) {
    showToast({ title: "practice.reset.done", tone: "ok" });
  }
}

/** Carries out a change and says in one sentence what came of it. */
async function tell(
  promise: Promise<Result<SetupView>>,
  words: (view: SetupView) => string,
): Promise<SetupView | null> {
  const result = await attempt(promise);
  if (!result.ok) {
    showError(result.error);
    return null;
  }
  acceptView(result.value);
  announce(words(result.value));
  return result.value;
}

function resultWords({ result }: TenantView): string {
  if (result === null) return t("tenant.announce.stopped");
  return t(`tenant.announce.${result.kind}`, { done: countInPlace(result), total: result.outcomes.length });
}
