import { useState } from "react";
import type { ReportLanguage } from "../../preload/model/app.ts";
import type { ErrorView } from "../../preload/model/errors.ts";
import type { SetupSummary } from "../../preload/model/setup.ts";
import { changeInDialog, changeInPage } from "../checklist/changes.ts";
import { keepFocus } from "../checklist/keep-focus.ts";
import { useSetup } from "../checklist/step-context.ts";
import { useT } from "../i18n.ts";
import { call, rollout, succeeded } from "../store/api.ts";
import { acceptView, openLink } from "../store/setups.ts";
import { showSaved, showToast } from "../store/toasts.ts";
import { announce } from "../ui/index.ts";

type Work = "handover" | "report" | "close";

/** What the user can do in step 15. Each change is announced once main has taken it. */
export function useRollout() {
  const t = useT();
  const { view } = useSetup();
  const setupId = view.summary.id;
  const [pending, setPending] = useState<Work | null>(null);
  const api = rollout().rollout;

  const say =
    (key: string) =>
    ({ done, total }: SetupSummary): string =>
      t(`rollout.announce.${key}`, { done, total });

  async function close(): Promise<void> {
    setPending("close");
    await changeInPage(api.close({ setupId }), say("closed"));
    setPending(null);
  }

  async function writeHandover(languages: ReportLanguage[]): Promise<void> {
    setPending("handover");
    const written = await call(api.handover({ setupId, languages }));
    setPending(null);
    if (written === null || written.canceled) return;
    acceptView(written.view);
    announce(t("rollout.handover.done", { path: written.path }));
    if (!written.pdf) tellNoPdf();
    keepFocus();
  }

  async function saveReport(languages: ReportLanguage[]): Promise<void> {
    setPending("report");
    const written = await call(api.saveReport({ setupId, languages }));
    setPending(null);
    if (written === null || written.canceled) return;
    showSaved("rollout.handover.reportTitle", written.path);
    if (!written.pdf) tellNoPdf();
  }

  return {
    pending,
    /** Gives why it was not recorded, or null. */
    record: (result: "connected" | "failed", text: string, by: string): Promise<ErrorView | null> =>
      changeInDialog(api.record({ setupId, result, text, by }), say(result)),
    withdraw: () => void changeInPage(api.withdraw({ setupId }), say("withdrawn")),
    close: () => void close(),
    reopen: () => void changeInPage(api.reopen({ setupId }), say("reopened")),
    writeHandover: (languages: ReportLanguage[]) => void writeHandover(languages),
    saveReport: (languages: ReportLanguage[]) => void saveReport(languages),
    showHandover: () => void succeeded(api.showHandover({ setupId })),
    openPortal: () => void openLink(setupId, "iam-cloud-portal"),
  };
}

/** The folder is complete without paper, so this is told beside, and stays until it is read. */
function tellNoPdf(): void {
  showToast({
    title: "rollout.handover.noPdfTitle",
    text: "rollout.handover.noPdf",
    tone: "bad",
    stay: null,
  });
}
