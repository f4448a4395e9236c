import { useState } from "react";
import type { ReportLanguage } from "../../preload/model/app.ts";
import type { Result } from "../../preload/model/errors.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import { keepFocus } from "../checklist/keep-focus.ts";
import { useSetup } from "../checklist/step-context.ts";
import { useT } from "../i18n.ts";
import { call, rollout, succeeded } from "../store/api.ts";
import { acceptView, change, openLink } from "../store/setups.ts";
import { showToast } from "../store/toasts.ts";
import { announce } from "../ui/index.ts";

type Work = "handover" | "report" | "close";

/** What the user can do in step 15. Each change is announced once main has taken it. */
export function useRollout() {
  const t = useT();
  const { view } = useSetup();
  const setupId = view.summary.id;
  const [pending, setPending] = useState<Work | null>(null);
  const api = rollout().rollout;

  async function tell(promise: Promise<Result<SetupView>>, key: string): Promise<boolean> {
    const next = await change(promise);
    if (next === null) return false;
    const { done, total } = next.summary;
    announce(t(`rollout.announce.${key}`, { done, total }));
    keepFocus();
    return true;
  }

  async function close(): Promise<void> {
    setPending("close");
    await tell(api.close({ setupId }), "closed");
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
    const { path } = written;
    showToast({ title: "rollout.handover.reportTitle", text: "home.savedTo", params: { path }, tone: "ok" });
    if (!written.pdf) tellNoPdf();
  }

  return {
    pending,
    /** Gives whether it was recorded. */
    record: (result: "connected" | "failed", text: string, by: string): Promise<boolean> =>
      tell(api.record({ setupId, result, text, by }), result),
    withdraw: () => void tell(api.withdraw({ setupId }), "withdrawn"),
    close: () => void close(),
    reopen: () => void tell(api.reopen({ setupId }), "reopened"),
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
