import { join } from "node:path";
import type { FieldId, StepId } from "../../preload/model/guide.ts";
import { stepIds } from "../../preload/model/guide.ts";
import type { Words } from "../../main/shell/words.ts";
import { createWords } from "../../main/shell/words.ts";
import type { App } from "./app.ts";
import { expect } from "./fixture.ts";

export const applicationId = "0a8b5f0e-4a53-4a59-8f57-c1c4b2a7d301";
export const tenantId = "6f0f2f52-0a3a-4a0e-9a3f-3a9a4a6d1c11";

/** Walks through the app as an admin does, by what is to be read on the screen, in either language. */
export class Walker {
  readonly t: Words["t"];
  readonly #app: App;

  constructor(app: App, language: "en" | "de" = "en") {
    this.#app = app;
    this.t = createWords(language, language).t;
  }

  get page() {
    return this.#app.page;
  }
  title(step: StepId): string {
    return this.t(`steps.${step}.title`);
  }
  button(key: string, params?: Record<string, string | number>) {
    return this.page.getByRole("button", { name: this.t(key, params), exact: true });
  }

  async createSetup(name: string): Promise<void> {
    await this.button("home.new").first().click();
    await this.page.getByRole("dialog").getByRole("textbox").first().fill(name);
    await this.button("home.create.submit").click();
    await this.page.getByRole("navigation", { name: this.t("checklist.navigation") }).waitFor();
  }

  async openSetup(name: string): Promise<void> {
    await this.page.getByText(name, { exact: true }).first().click();
    await this.page.getByRole("navigation", { name: this.t("checklist.navigation") }).waitFor();
  }

  /** The step's entry in the list at the left. */
  entry(step: StepId) {
    const list = this.page.getByRole("navigation", { name: this.t("checklist.navigation") });
    return list
      .getByRole("button")
      .filter({ hasText: this.title(step) })
      .first();
  }

  async go(step: StepId): Promise<void> {
    await this.entry(step).click();
    await expect(this.page.getByRole("heading", { level: 1 })).toHaveText(this.title(step));
  }

  async fill(field: FieldId, value: string): Promise<void> {
    const box = this.page.getByRole("textbox", { name: this.t(`fields.${field}.label`) });
    await box.fill(value);
    await box.blur();
  }

  /** Ticks the step's sentence, enters the name and marks the step as done. */
  async confirm(step: StepId, person = "Ada Lovelace"): Promise<void> {
    const bar = this.page.getByRole("region", { name: this.t("step.confirm.region") });
    await bar.locator("label").first().click();
    await this.page.getByRole("textbox", { name: this.t("step.confirm.name") }).fill(person);
    await this.button("step.confirm.submit").click();
    await expect(this.button("step.confirm.undo")).toBeVisible();
    expect(await this.state(step)).toBe("done");
  }

  async state(step: StepId): Promise<string> {
    return (await this.entry(step).getAttribute("data-state")) ?? "";
  }

  /** Step 9: create, export PFX and CER into a folder. */
  async makeCertificate(folder: string): Promise<{ pfx: string; cer: string }> {
    const pfx = join(folder, "connect.pfx");
    const cer = join(folder, "connect.cer");
    const name = this.page.getByRole("textbox", { name: this.t("certificate.name.label") });
    if ((await name.inputValue()) === "") await name.fill("contoso.org");
    await this.button("certificate.create.action").click();
    await this.button("certificate.export.pfx").waitFor({ timeout: 60_000 });
    await this.#app.nextSaveDialog(pfx);
    await this.button("certificate.export.pfx").click();
    const often = { timeout: 60_000, intervals: [50, 100] };
    await expect.poll(() => this.state("certificate"), often).toBe("done");
    await this.#app.nextSaveDialog(cer);
    await this.button("certificate.export.cer").click();
    const binary = this.page.getByRole("menuitem", { name: this.t("certificate.export.cer-der") });
    await binary.click();
    // Said as well as shown.
    await this.page
      .getByText(this.t("home.savedTo", { path: cer }))
      .first()
      .waitFor({ state: "attached" });
    return { pfx, cer };
  }

  /** What each step needs before it can be confirmed, apart from the certificate. */
  async prepare(step: StepId): Promise<void> {
    if (step === "admin-portal") {
      await this.fill("tenantName", "Contoso AG");
      await this.fill("tenantDomain", "contoso.onmicrosoft.com");
    }
    if (step === "application-ids") {
      await this.fill("applicationId", applicationId);
      await this.fill("tenantId", tenantId);
    }
    if (step === "target-systems") await this.fill("portalUrl", "https://portal.iam.example");
  }

  /** Everything before Rollout. The thumbprint is given by what reads the saved CER. */
  async workThrough(folder: string, thumbprintOf: (cer: string) => Promise<string>): Promise<void> {
    let cer = "";
    for (const step of stepIds.filter((id) => id !== "rollout")) {
      await this.go(step);
      await this.prepare(step);
      if (step === "certificate") {
        ({ cer } = await this.makeCertificate(folder));
        continue;
      }
      if (step === "upload-certificate") await this.fill("uploadedThumbprint", await thumbprintOf(cer));
      await this.confirm(step);
    }
  }

  /** Step 15: the guided dialog, with its result. */
  async rollout(result: "connected" | "failed", text = ""): Promise<void> {
    await this.button("rollout.action").click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByText(this.t(`rollout.guide.${result}`), { exact: true }).click();
    const label = result === "failed" ? "rollout.guide.errorText" : "rollout.guide.note";
    if (text !== "") await dialog.getByRole("textbox", { name: this.t(label) }).fill(text);
    await dialog.getByRole("button", { name: this.t("rollout.guide.record") }).click();
    await dialog.waitFor({ state: "hidden" });
  }

  /** Presses a button that writes reports, chooses their language ("both" or one) and the folder. */
  async writeReports(key: string, folder: string, language?: "en" | "de" | "both"): Promise<void> {
    await this.button(key).click();
    const dialog = this.page.getByRole("dialog");
    if (language !== undefined) {
      const label = this.t(language === "both" ? "rollout.handover.both" : `settings.language.${language}`);
      await dialog.getByText(label, { exact: true }).click();
    }
    await this.#app.nextOpenDialog(folder);
    await dialog.getByRole("button", { name: this.t("rollout.handover.action") }).click();
  }
}
