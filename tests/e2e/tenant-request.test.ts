import { copyFile, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PracticeData } from "../../main/practice/data.ts";
import { App } from "./app.ts";
import { Colleague } from "./colleague.ts";
import { expect, test } from "./fixture.ts";
import { Looker } from "./looker.ts";
import {
  applyButton,
  expectPrepared,
  expectVerified,
  patience,
  planAll,
  practiceData,
  practiceFileOf,
  practise,
  result,
  signIn,
} from "./practice-run.ts";
import { people, SystemBrowser } from "./system-browser.ts";
import { Walker } from "./walker.ts";

test.use({ appOptions: { language: "de" } });

/**
 * A practice tenant lives inside the copy of the app that practises, so that two copies never share one. Here they
 * must: the second copy is given the first one's tenant as a file, before anybody signs in there, and what was approved
 * in the second copy is then carried out in the first one's tenant by the same person, through its Graph.
 */
test("in German, what an administrator may not do is approved in another copy of the app, and noticed", async ({
  app,
  page,
}, testInfo) => {
  test.setTimeout(480_000);
  const walker = new Walker(app, "de");
  const { t } = walker;
  const look = new Looker(app, "de");
  const browser = await SystemBrowser.open("de");
  const folder = testInfo.outputPath("request");
  await mkdir(folder, { recursive: true });
  try {
    await practise(walker);
    await browser.follow(app, people.cloudApplicationAdministrator);
    await signIn(walker);
    await planAll(walker, (name) => page.getByRole("button", { name, exact: true }).click());
    await look.screen("plan");
    await applyButton(walker).click();
    const dialog = await result(walker);
    await look.screen("result");
    await app.nextOpenDialog(folder);
    await dialog.getByRole("button", { name: t("tenant.card.request") }).click();
    await page.getByText(t("tenant.card.requestSaved")).first().waitFor();
    await dialog.getByRole("button", { name: t("common.close"), exact: true }).click();
    for (const step of ["create-application", "api-permissions", "upload-certificate"] as const)
      await expect.poll(() => walker.state(step), { message: step }).toBe("done");
    for (const step of ["admin-consent", "exchange-role"] as const)
      await expect.poll(() => walker.state(step), { message: step }).toBe("waiting");
    const names = await readdir(folder);
    expect(names.filter((name) => name.endsWith(".html"))).toHaveLength(1);
    const request = names.find((name) => name.endsWith(".exchange-rollout-request")) ?? "";

    const before = await practiceData(app);
    const approved = await approveElsewhere(browser, join(folder, request), practiceFileOf(app));
    expectPrepared(approved);

    const [address = ""] = await app.openedExternally();
    const colleague = await Colleague.signIn(browser, address, people.privilegedRoleAdministrator);
    await carryOver(colleague, before, approved);
    await lookBack(walker);
    await expectVerified(walker);
    expectPrepared(await practiceData(app));
    expect(look.found).toEqual([]);
  } finally {
    await browser.leave();
  }
});

/** Opens the request in a second copy of the app and approves it there; gives the tenant after it. */
async function approveElsewhere(
  browser: SystemBrowser,
  request: string,
  tenant: string,
): Promise<PracticeData> {
  const userDataDir = await mkdtemp(join(tmpdir(), "exchange-rollout-e2e-"));
  const second = new App(userDataDir, { language: "de" });
  const walker = new Walker(second, "de");
  const { t } = walker;
  try {
    await second.start();
    await second.nextOpenDialog(request);
    await walker.button("home.openRequest").click();
    await walker.page.getByRole("navigation", { name: t("checklist.navigation") }).waitFor();
    await copyFile(tenant, practiceFileOf(second));
    await browser.follow(second, people.privilegedRoleAdministrator);
    await signIn(walker, "exchange-role");
    await walker.button("tenant.check.action").click();
    await walker.button("tenant.card.show").click(patience);
    await applyButton(walker).click();
    await result(walker);
    expect(second.problems).toEqual([]);
    return await practiceData(second);
  } finally {
    await browser.leave();
    await second.end();
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Makes in one tenant what the other one has gained. */
async function carryOver(colleague: Colleague, before: PracticeData, after: PracticeData): Promise<void> {
  const gained = <One extends { id: string }>(old: readonly One[], now: readonly One[]): One[] =>
    now.filter(({ id }) => !old.some((one) => one.id === id));
  for (const { principalId, resourceId, appRoleId } of gained(
    before.appRoleAssignments,
    after.appRoleAssignments,
  ))
    await colleague.graph("POST", `/servicePrincipals/${principalId}/appRoleAssignments`, {
      principalId,
      resourceId,
      appRoleId,
    });
  for (const { clientId, consentType, resourceId, scope } of gained(
    before.permissionGrants,
    after.permissionGrants,
  ).filter((grant) => grant.consentType === "AllPrincipals"))
    await colleague.graph("POST", "/oauth2PermissionGrants", { clientId, consentType, resourceId, scope });
  for (const { principalId, roleDefinitionId, directoryScopeId } of gained(
    before.roleAssignments,
    after.roleAssignments,
  ))
    await colleague.graph("POST", "/roleManagement/directory/roleAssignments", {
      principalId,
      roleDefinitionId,
      directoryScopeId,
    });
}

/** Comes back to the window every few minutes, until the directory tells of the approval. */
async function lookBack(walker: Walker): Promise<void> {
  const look = async () => {
    await walker.page.evaluate(() => {
      const { now } = Date;
      Date.now = () => now() + 120_000;
      window.dispatchEvent(new Event("focus"));
    });
    return walker.state("exchange-role");
  };
  await expect.poll(look, { intervals: [1_000], ...patience }).toBe("done");
}
