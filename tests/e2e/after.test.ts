import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { openLocalProxy } from "../support/local-proxy.ts";
import type { App } from "./app.ts";
import { violations } from "./axe.ts";
import { expect, test } from "./fixture.ts";
import { layoutProblems } from "./layout.ts";
import { applicationId, Walker } from "./walker.ts";

/** Microsoft's hosts as a company's proxy shows them; nothing leaves this computer. */
async function behindProxy(app: App): Promise<void> {
  await app.evaluate(({ session }) => {
    const network = (): object => ({
      setPermissionRequestHandler: () => undefined,
      setPermissionCheckHandler: () => undefined,
      setDevicePermissionHandler: () => undefined,
      setDisplayMediaRequestHandler: () => undefined,
      on: () => undefined,
      setProxy: async () => undefined,
      setCertificateVerifyProc(ask: (request: object, answer: () => void) => void) {
        const certificate = { subjectName: "login.microsoftonline.com", issuerName: "Contoso Proxy CA" };
        const hostname = "login.microsoftonline.com";
        const verdict = { isIssuedByKnownRoot: false, verificationResult: "net::OK" };
        ask({ hostname, certificate, ...verdict }, () => undefined);
      },
      resolveProxy: async (url: string) =>
        url.startsWith("http:") ? "DIRECT" : "PROXY proxy.contoso.com:8080; DIRECT",
      async fetch(url: string, init?: RequestInit) {
        const { protocol, host } = new URL(url);
        if (protocol === "http:") return fetch(url, init);
        if (host === "outlook.office365.com") throw new Error("net::ERR_TUNNEL_CONNECTION_FAILED");
        const date = new Date(Date.now() - 10 * 60_000).toUTCString();
        const page = host === "graph.microsoft.com";
        const headers = { date, "content-type": page ? "text/html" : "application/json" };
        return new Response("", { status: 200, headers });
      },
    });
    Object.defineProperty(session, "fromPartition", { value: network, configurable: true });
  });
}

test.use({ appOptions: { language: "de" } });

test("all setups are verified, all activity is shown, the settings examine and forget, and a certificate that ends soon is told everywhere, goes into the calendar, and is reminded of at start", async ({
  app,
}, testInfo) => {
  test.setTimeout(240_000);
  const folder = testInfo.outputPath("files");
  await mkdir(folder, { recursive: true });
  await test.step("afterwards, in German, whose words are longer", () => lookAfterAll(app, folder));
  await app.page.evaluate(() => window.rollout?.app.saveSettings({ language: "en" }));
  await expect(app.page.locator("html")).toHaveAttribute("lang", /^en/);
  await test.step("a certificate that ends soon, in English", () => endSoon(app, folder));
});

/** All setups are verified, all activity is shown, and the settings examine and forget. */
async function lookAfterAll(app: App, folder: string): Promise<void> {
  const { page } = app;
  const walker = new Walker(app, "de");
  const { t } = walker;
  const found: string[] = [];
  const check = async (name: string) => {
    found.push(...(await violations(page)).map((line) => `${name}: ${line}`));
    found.push(...(await layoutProblems(page)).map((line) => `${name}: ${line}`));
  };
  const fromMenu = async (key: string) => {
    await page.keyboard.press("Alt+Home");
    await walker.button("home.more").click();
    await page.getByRole("menuitem", { name: t(key) }).click();
  };
  await walker.createSetup("Contoso AG");
  await walker.go("application-ids");
  await walker.fill("applicationId", applicationId);
  await walker.go("certificate");
  await walker.makeCertificate(folder);

  await fromMenu("home.verifyAll");
  await check("verify all, at first");
  await walker.button("watch.run").click();
  await expect(page.getByRole("heading", { name: t("watch.outcomes.not-signed-in.title") })).toBeVisible();
  await check("verify all, done");
  await page.getByRole("button", { name: "Contoso AG", exact: true }).click();
  await page.getByRole("navigation", { name: t("checklist.navigation") }).waitFor();

  await fromMenu("home.activity");
  await expect(page.getByText(t("activity.intactAll"))).toBeVisible();
  await expect(page.getByRole("columnheader", { name: t("activity.result") })).toBeVisible();
  await check("activity of all setups");
  const csv = join(folder, "activity.csv");
  await app.nextSaveDialog(csv);
  await walker.button("activity.export").click();
  await page.getByRole("menuitem", { name: t("activity.exportCsv") }).click();
  await page.getByText(t("activity.exported")).first().waitFor();
  expect(await readFile(csv, "utf8")).toContain("exported-pfx");

  await walker.button("frame.settings").click();
  const proxy = await openLocalProxy(407);
  const chooseProxy = (mode: string) =>
    page
      .getByRole("radiogroup", { name: t("settings.proxy.label") })
      .getByRole("radio", { name: t(`settings.proxy.modes.${mode}`) })
      .click({ force: true });
  await chooseProxy("address");
  await page.getByRole("textbox", { name: t("settings.proxy.address.label") }).fill(proxy.address);
  await walker.button("settings.connection.run").click();
  await expect(page.getByText(t("doctor.verdicts.proxy-sign-in.title"))).toHaveCount(4);
  await expect(page.getByText(t("doctor.proxyFrom.address"))).toBeVisible();
  expect(proxy.asked).toContain("CONNECT login.microsoftonline.com:443");
  await check("settings, with a proxy");
  await proxy.close();

  await chooseProxy("system");
  await behindProxy(app);
  await walker.button("settings.connection.run").click();
  await expect(page.getByText(t("doctor.clock.off", { count: 10 }))).toBeVisible();
  for (const verdict of ["intercepted", "captive-portal", "proxy-failed", "reachable"]) {
    await expect(page.getByText(t(`doctor.verdicts.${verdict}.title`)).first()).toBeVisible();
  }
  await page.getByText(t("doctor.detailsOf", { host: "login.microsoftonline.com" })).click();
  await expect(page.getByText("PROXY proxy.contoso.com:8080; DIRECT").first()).toBeVisible();
  await check("settings, with the connection examined");
  await walker.button("doctor.copy").click();
  await expect.poll(() => app.clipboardText()).toContain("Contoso Proxy CA");

  const what = t("secrets.kinds.pfx-password");
  await walker.button("secrets.removeOf", { what, name: "Contoso AG" }).click();
  await page.getByRole("alertdialog").waitFor();
  await check("question before a secret is removed");
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: t("secrets.remove") })
    .click();
  await expect(walker.button("secrets.removeOf", { what, name: "Contoso AG" })).toHaveCount(0);
  await expect(page.locator("[data-screen-heading]")).toBeFocused();
  expect(found).toEqual([]);
}

/** A certificate that ends soon is told everywhere, goes into the calendar, and is reminded of at start. */
async function endSoon(app: App, folder: string): Promise<void> {
  const { page } = app;
  const walker = new Walker(app);
  await page.keyboard.press("Alt+Home");
  await walker.createSetup("Fabrikam AG");
  await page.evaluate(async () => {
    const { rollout } = window;
    const list = await rollout?.setups.list();
    const setups = list?.ok === true ? list.value : [];
    const setupId = setups.find(({ name }) => name === "Fabrikam AG")?.id ?? "";
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
    await rollout?.certificates.create({
      setupId,
      task: crypto.randomUUID(),
      commonName: "contoso.org",
      organization: "Fabrikam AG",
      dnsNames: ["contoso.org"],
      keySize: 2048,
      notBefore: day(-1),
      notAfter: day(6),
    });
  });
  await page.keyboard.press("Alt+Home");
  await walker.openSetup("Fabrikam AG");
  await expect(page.getByRole("banner").getByText(/Certificate: \d days? left/)).toBeVisible();
  await walker.go("rollout");
  await expect(page.getByText(/The certificate expires in \d days?, on/)).toBeVisible();
  const file = join(folder, "fabrikam.ics");
  await app.nextSaveDialog(file);
  await walker.button("rollout.expiry.calendar").click();
  await page.getByText(walker.t("rollout.expiry.calendarSaved")).first().waitFor();
  expect(await readFile(file, "utf8")).toContain("BEGIN:VALARM");
  expect(await violations(page)).toEqual([]);

  await app.restart();
  await expect(app.page.getByText(/“Fabrikam AG”: the certificate expires in \d days?/).last()).toBeVisible();
  expect(await violations(app.page)).toEqual([]);
  await app.page.getByRole("button", { name: walker.t("reminders.toast.open") }).click();
  await app.page.getByRole("navigation", { name: walker.t("checklist.navigation") }).waitFor();
  await expect(app.page.getByRole("button", { name: walker.t("reminders.toast.open") })).toHaveCount(0);
}
