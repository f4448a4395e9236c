import { readFile } from "node:fs/promises";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { StepId } from "../../preload/model/guide.ts";
import { parsePracticeFile } from "../../main/practice/file.ts";
import type { PracticeData } from "../../main/practice/data.ts";
import type { App } from "./app.ts";
import { expect } from "./fixture.ts";
import type { Walker } from "./walker.ts";

/** The steps that the app does in the tenant: 2 to 8, 10 and 11. */
export const tenantSteps = [
  "admin-portal",
  "create-application",
  "register-application",
  "single-tenant",
  "application-ids",
  "api-permissions",
  "admin-consent",
  "upload-certificate",
  "exchange-role",
] as const satisfies readonly StepId[];

/** Longest for a sign-in, a reading or the whole plan while other tests keep the machine busy. */
export const patience = { timeout: 90_000 };

const applicationOfIam = "IAM.cloud";

/** What the practice tenant of the only setup holds, as it is kept on the disk. */
export async function practiceData(app: App): Promise<PracticeData> {
  return parsePracticeFile(await readFile(practiceFileOf(app), "utf8")).data;
}

export function setupFolder(app: App): string {
  const setups = join(app.userDataDir, "setups");
  const [id] = readdirSync(setups);
  if (id === undefined) throw new Error("No setup was made");
  return join(setups, id);
}

export function practiceFileOf(app: App): string {
  return join(setupFolder(app), "practice.json");
}

/** From the empty list to the checklist of a new practice setup. */
export async function practise(walker: Walker, sample = "empty"): Promise<void> {
  walker.page.setDefaultTimeout(patience.timeout);
  await walker.button("home.practice").click();
  if (sample !== "empty") {
    await walker.page
      .getByRole("dialog")
      .getByText(walker.t(`practice.samples.${sample}.title`))
      .click();
  }
  await walker.button("practice.create.submit").click();
  await walker.page.getByRole("navigation", { name: walker.t("checklist.navigation") }).waitFor();
}

/** Opens what the app can do of a step and signs in; the browser must already follow the app. */
export async function signIn(walker: Walker, step: StepId = "api-permissions"): Promise<void> {
  await walker.go(step);
  await walker.page.getByRole("tab", { name: walker.t("step.tabs.for-me") }).click();
  await walker.button("identity.signIn.browser").click();
  await expect(account(walker)).toBeVisible(patience);
}

/** The account in the header, once somebody is signed in. */
export function account(walker: Walker) {
  const [before = ""] = walker.t("identity.account.menu", { name: "|" }).split("|");
  return walker.page.locator("header").getByRole("button", { name: before });
}

/** Reads the tenant and makes the certificate that the plan lacks; gives the plan's dialog. */
export async function planAll(walker: Walker, click: (name: string) => Promise<void>) {
  await click(walker.t("tenant.check.action"));
  await walker.button("tenant.card.show").waitFor(patience);
  await click(walker.t("tenant.card.show"));
  await click(walker.t("tenant.quick.action"));
  await expect(walker.button("tenant.quick.action")).toHaveCount(0, patience);
  return walker.page.getByRole("dialog");
}

/** The plan's one confirmation, whatever the number of its changes. */
export function applyButton(walker: Walker) {
  const words = [1, 2].map((count) =>
    walker.t("tenant.plan.apply", { count }).replace(String(count), "\\d+"),
  );
  return walker.page.getByRole("button", { name: new RegExp(`^(${words.join("|")})$`) });
}

/** How many changes the running work has made, as the dialog says; 0 before it says anything. */
export async function changesMade(walker: Walker): Promise<number> {
  const [before, after] = walker.t("tenant.work.done", { done: "|", total: "|" }).split("|");
  const text = await walker.page
    .getByRole("dialog")
    .getByText(new RegExp(`^${before}\\d+${after}\\d+`))
    .textContent({ timeout: 200 })
    .catch(() => null);
  return Number(/\d+/.exec(text ?? "")?.[0] ?? 0);
}

/** The dialog says what came of the plan. */
export async function result(walker: Walker) {
  const dialog = walker.page.getByRole("dialog");
  await expect(dialog.getByRole("heading", { name: walker.t("tenant.result.last") })).toBeVisible(patience);
  return dialog;
}

/** All steps of the tenant are done, and the list says that the app has verified them. */
export async function expectVerified(walker: Walker, steps: readonly StepId[] = tenantSteps): Promise<void> {
  const [before = ""] = walker.t("checklist.status.verified", { when: "|" }).split("|");
  for (const step of steps) {
    await expect.poll(() => walker.state(step), { message: step, ...patience }).toBe("done");
    await expect(walker.entry(step).locator("small")).toContainText(before.trim());
  }
}

/**
 * Exactly what the documentation asks for is in the tenant, each thing once: one application, one service
 * principal, one key, the ten permissions, one role.
 */
export function expectPrepared(data: PracticeData): void {
  const own = data.applications.filter(({ displayName }) => displayName.includes(applicationOfIam));
  expect(own).toHaveLength(1);
  const [application] = own;
  const principals = data.servicePrincipals.filter(({ appId }) => appId === application?.appId);
  expect(principals).toHaveLength(1);
  const id = principals[0]?.id;
  expect(application?.signInAudience).toBe("AzureADMyOrg");
  expect(application?.keyCredentials).toHaveLength(1);
  expect(application?.requiredResourceAccess.flatMap(({ resourceAccess }) => resourceAccess)).toHaveLength(
    10,
  );
  const roles = data.appRoleAssignments.filter(({ principalId }) => principalId === id);
  const scopes = data.permissionGrants
    .filter(({ clientId }) => clientId === id)
    .flatMap(({ scope }) => scope.trim().split(" "));
  expect(new Set(roles.map(({ appRoleId, resourceId }) => `${resourceId} ${appRoleId}`)).size).toBe(
    roles.length,
  );
  expect(roles.length + scopes.length).toBe(10);
  expect(data.roleAssignments.filter(({ principalId }) => principalId === id)).toHaveLength(1);
}
