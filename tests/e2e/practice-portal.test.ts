import { randomBytes } from "node:crypto";
import { Buffer } from "node:buffer";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "playwright/test";
import type { Browser, BrowserContextOptions, Page } from "playwright/test";
import { createSelfSigned } from "../../main/certificates/issue.ts";
import { writePfx } from "../../main/certificates/pfx-write.ts";
import { createPracticeTenant } from "../../main/practice/practice.ts";
import type { PracticeTenant } from "../../main/practice/practice.ts";
import { servePractice } from "../../main/practice/server.ts";
import type { PracticeServer } from "../../main/practice/server.ts";
import { createWords } from "../../main/shell/words.ts";
import { violations } from "./axe.ts";
import { personBrowser } from "./browsers.ts";

const commandLineTools = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
const exchangeAppId = "00000002-0000-0ff1-ce00-000000000000";
const exchangeAdministrator = "29232cdf-9323-42fd-ade2-1d097af3e4de";
const password = "Correct-Horse-7-Battery";

let practice: PracticeTenant;
let server: PracticeServer;
let browser: Browser;

test.beforeAll(async () => {
  practice = createPracticeTenant({
    clock: { now: () => new Date() },
    randomBytes,
    words: (language) => createWords(language, language),
  });
  server = await servePractice(practice);
  browser = await personBrowser();
});
test.afterAll(async () => {
  for (const context of browser.contexts()) await context.close();
  await server.close();
  practice.close();
});

/** A page that must not break its own policy nor ask for anything beyond the practice tenant. */
async function openPage(options: BrowserContextOptions, problems: string[]): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(server.origin)) problems.push(request.url());
  });
  return page;
}

/** Signs in with a code on the pages of the practice tenant, and gives the token for Graph. */
async function signIn(page: Page): Promise<string> {
  const authority = `https://${practice.hosts.login}/${practice.data.tenantId}/oauth2/v2.0`;
  const ask = async (path: string, form: Record<string, string>) => {
    const response = await fetch(server.local(`${authority}/${path}`), {
      method: "POST",
      body: new URLSearchParams({ client_id: commandLineTools, ...form }),
    });
    return (await response.json()) as Record<string, string>;
  };
  const scope =
    "Application.ReadWrite.All AppRoleAssignment.ReadWrite.All RoleManagement.ReadWrite.Directory";
  const device = await ask("devicecode", { scope });
  await page.goto(server.local(device["verification_uri"] ?? ""));
  await page.getByRole("textbox").fill(device["user_code"] ?? "");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "Alex Wilber" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading")).toContainText("You have signed in");
  const tokens = await ask("token", {
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    device_code: device["device_code"] ?? "",
  });
  return tokens["access_token"] ?? "";
}

/** Does in the empty tenant what the documentation asks for; gives the application's ID. */
async function prepare(token: string, certificate: Buffer): Promise<string> {
  const post = async (path: string, body: object) => {
    const response = await fetch(server.local(`https://${practice.hosts.graph}/v1.0${path}`), {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(201);
    return (await response.json()) as Record<string, string>;
  };
  const key = { type: "AsymmetricX509Cert", usage: "Verify", key: certificate.toString("base64") };
  const { appId = "" } = await post("/applications", { displayName: "IAM.cloud", keyCredentials: [key] });
  const { id: principalId } = await post("/servicePrincipals", { appId });
  const exchange = practice.data.servicePrincipals.find((one) => one.appId === exchangeAppId);
  const role = exchange?.appRoles.find(({ value }) => value === "Exchange.ManageAsApp");
  const assigned = { principalId, resourceId: exchange?.id, appRoleId: role?.id };
  await post(`/servicePrincipals/${principalId}/appRoleAssignments`, assigned);
  await post("/roleManagement/directory/roleAssignments", {
    principalId,
    roleDefinitionId: exchangeAdministrator,
    directoryScopeId: "/",
  });
  return appId;
}

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

test("gets from an empty practice tenant to Connected on the portal page, without JavaScript", async () => {
  test.slow();
  const problems: string[] = [];
  const { key, der } = await createSelfSigned(
    {
      commonName: "IAM.cloud",
      organization: "",
      dnsNames: [],
      keySize: 2048,
      notBefore: day(0),
      notAfter: day(90),
    },
    new Date(),
  );
  const content = { key, certificate: der, chain: [], friendlyName: "IAM.cloud" };
  const pfx = await writePfx(content, Buffer.from(password), "strong");
  const page = await openPage({ javaScriptEnabled: false, locale: "en-GB" }, problems);
  const applicationId = await prepare(await signIn(page), der);

  await page.goto(server.local(`https://${practice.hosts.portal}/`));
  await expect(page.getByText(/^Practice:/)).toBeVisible();
  const navigation = page.getByRole("navigation", { name: "Main navigation" });
  await expect(navigation.getByRole("link", { name: "Responsibilities" })).toHaveAttribute(
    "aria-current",
    "page",
  );
  await navigation.getByRole("link", { name: "Target systems" }).focus();
  await page.keyboard.press("Enter");
  const connector = page.getByRole("listitem").filter({ hasText: "Microsoft Office 365 Exchange Online" });
  const setup = connector.getByRole("button", { name: "Setup" });
  await expect(setup).toHaveAccessibleDescription("Microsoft Office 365 Exchange Online");
  await setup.press("Enter");

  const field = (name: string) => page.getByLabel(name, { exact: true });
  await field("Target system instance").focus();
  await page.keyboard.insertText("Exchange Online Woodgrove");
  await page.keyboard.press("Tab");
  await expect(field("Description")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(field("Execution server")).toBeFocused();
  await expect(field("Execution server")).toHaveValue("IAM.cloud Gateway");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toHaveText("Saved. Now fill in the technical attributes.");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Exchange Online Woodgrove");

  const rollout = page.getByRole("button", { name: "Rollout" });
  const domain = practice.data.initialDomain;
  await field("ShellDisplay").fill("Exchange Online Woodgrove");
  await field("ShellDescription").fill("Practice");
  await field("ConnectAppID").fill(applicationId);
  await field("ConnectPFX").setInputFiles({
    name: "woodgrove.pfx",
    mimeType: "application/x-pkcs12",
    buffer: pfx,
  });
  await field("TenantDisplay").fill(domain);
  await field("TenantID").fill(practice.data.tenantId);
  await field("OrganizationDisplayName").fill(domain);
  await expect(rollout).toBeDisabled();
  const save = page.getByRole("button", { name: "Save" }).nth(1);
  await save.press("Enter");
  await expect(rollout).toBeDisabled();
  await expect(rollout).toHaveAccessibleDescription(/filled in and saved: ConnectPFXPassword/);

  await field("ConnectPFXPassword").fill("another password");
  await save.press("Enter");
  await expect(rollout).toBeEnabled();
  await expect(field("ConnectPFXPassword")).toHaveValue("");
  await rollout.press("Enter");
  await expect(page.getByRole("alert")).toContainText("The password does not open the PFX file.");

  await field("ConnectPFXPassword").fill(password);
  await save.press("Enter");
  await rollout.press("Enter");
  const result = page.getByRole("status").filter({ hasText: "Connected" });
  await expect(result).toContainText(`IAM.cloud is connected to ${practice.data.displayName}.`);
  await expect(result).toContainText(`answered for the organization ${domain}`);
  await expect(page).toHaveTitle(/^Connected: /);
  await expect(rollout).toBeDisabled();
  expect(problems).toEqual([]);
});

test("the sign-in pages send their answer to the app by themselves", async () => {
  const answers: string[] = [];
  const app = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      answers.push(`${request.method} ${request.url} ${body}`.replace(/code=[^&]+/, "code=…"));
      response.end("back in the app");
    });
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  const page = await (await browser.newContext()).newPage();
  try {
    for (const mode of ["form_post", "query"]) {
      const query = new URLSearchParams({
        client_id: commandLineTools,
        response_type: "code",
        response_mode: mode,
        redirect_uri: `http://localhost:${(app.address() as AddressInfo).port}`,
        scope: "openid",
        state: "one",
      });
      const authority = `https://${practice.hosts.login}/${practice.data.tenantId}/oauth2/v2.0`;
      await page.goto(server.local(`${authority}/authorize?${query}`));
      await page.getByRole("button", { name: "Alex Wilber" }).click();
      // The consent of the first time is kept.
      if (mode === "form_post") await page.getByRole("button", { name: "Accept" }).click();
      await expect(page.getByText("back in the app")).toBeVisible();
    }
  } finally {
    app.close();
  }
  expect(answers.filter((answer) => answer.includes("code="))).toEqual([
    expect.stringMatching(/^POST \/ code=…&session_state=[^&]+&state=one$/),
    expect.stringMatching(/^GET \/\?code=…&session_state=[^&]+&state=one $/),
  ]);
});

for (const [language, practised] of [
  ["en", /^Practice/],
  ["de", /^Übung/],
] as const) {
  test(`the practice pages are accessible in ${language === "en" ? "English" : "German"}`, async () => {
    test.slow();
    const problems: string[] = [];
    const found: string[] = [];
    const page = await openPage({ locale: language, viewport: { width: 1000, height: 900 } }, problems);
    const portal = (path: string) => server.local(`https://${practice.hosts.portal}/${path}`);
    const look = async (name: string) => {
      await expect(page.getByText(practised).first()).toBeVisible();
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        const lines = await violations(page, colorScheme === "light" ? "all" : "colours");
        found.push(...lines.map((line) => `${name}, ${colorScheme}: ${line}`));
      }
      await page.setViewportSize({ width: 320, height: 600 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) found.push(`${name}: ${wide} pixels too wide for a narrow window`);
      await page.setViewportSize({ width: 1000, height: 900 });
    };

    await page.goto(portal("responsibilities"));
    await look("responsibilities");
    await page.goto(portal("setup"));
    await page.getByRole("button", { name: "Save" }).click();
    await look("name-missing");
    await page.getByLabel("Target system instance", { exact: true }).fill("Exchange Online Woodgrove");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.locator("#attributes")).toBeFocused();
    await look("instance");
    for (const name of ["ShellDisplay", "ShellDescription", "ConnectAppID"]) {
      await page.getByLabel(name, { exact: true }).fill(practice.data.tenantId);
    }
    for (const name of ["TenantDisplay", "TenantID", "OrganizationDisplayName"]) {
      await page.getByLabel(name, { exact: true }).fill(practice.data.initialDomain);
    }
    const file = { name: "woodgrove.pfx", mimeType: "application/x-pkcs12", buffer: Buffer.from("no PFX") };
    await page.getByLabel("ConnectPFX", { exact: true }).setInputFiles(file);
    await page.getByLabel("ConnectPFXPassword", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Save" }).nth(1).click();
    await expect(page.locator("#rollout")).toBeFocused();
    await page.getByRole("button", { name: "Rollout" }).click();
    await look("failed");
    const system = practice.data.targetSystems.at(-1);
    const at = new Date().toISOString();
    if (system !== undefined) {
      const { initialDomain: organization, displayName } = practice.data;
      system.rollout = { result: "connected", at, organization, displayName };
    }
    await page.reload();
    await look("connected");
    await page.goto(portal("target-systems"));
    await look("target-systems");
    await page.goto(portal("nowhere"));
    await look("stopped");

    const authority = `https://${practice.hosts.login}/${practice.data.tenantId}`;
    await page.goto(server.local(`${authority}/oauth2/deviceauth?user_code=NONE`));
    await look("device-code");
    const query = new URLSearchParams({
      client_id: commandLineTools,
      response_type: "code",
      redirect_uri: "http://localhost",
      scope: "User.Read",
    });
    await page.goto(server.local(`${authority}/oauth2/v2.0/authorize?${query}`));
    await look("accounts");
    await page.getByRole("button", { name: "Alex Wilber" }).click();
    await look("consent");
    await page.goto(server.local(`${authority}/oauth2/v2.0/authorize?client_id=none`));
    await look("sign-in-error");
    expect(found).toEqual([]);
    expect(problems).toEqual([]);
  });
}
