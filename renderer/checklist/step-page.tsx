import { useState } from "react";
import type { StepView } from "../../preload/model/setup.ts";
import { PowerShellByHand } from "../certificates/by-hand.tsx";
import { CertificateStep } from "../certificates/certificate-step.tsx";
import { useT } from "../i18n.ts";
import { DoItForMe } from "../tenant/do-it-for-me.tsx";
import { isTenantStep } from "../tenant/tenant-steps.ts";
import { RolloutBar } from "../rollout/rollout-bar.tsx";
import { RolloutStep } from "../rollout/rollout-step.tsx";
import type { TabItem } from "../ui/index.ts";
import { Tabs } from "../ui/index.ts";
import { ActionBar } from "./action-bar.tsx";
import { ByHand } from "./by-hand.tsx";
import styles from "./checklist.module.css";
import { EvidenceList } from "./evidence-list.tsx";
import { Instructions } from "./instructions.tsx";
import { useSetup } from "./step-context.ts";
import { MissingToConfirm } from "./missing-to-confirm.tsx";
import { StepHeader } from "./step-header.tsx";
import { StepHelp } from "./step-help.tsx";
import { StateNotices } from "./state-notices.tsx";

interface StepPageProps {
  step: StepView;
  /** The chosen tab; null for the step's first one. */
  tab: string | null;
  onTab: (tab: string) => void;
  /** The help stands below the step where there is no room beside it. */
  helpBelow: boolean;
}

/** One step: what it is, how it is done, what proves it, and the way on. */
export function StepPage({ step, tab, onTab, helpBelow }: StepPageProps) {
  const t = useT();
  const { view } = useSetup();
  const tabs = tabsOf(step, onTab).map(({ id, content }) => ({ id, label: t(`step.tabs.${id}`), content }));
  const chosen = useStartTab(step.id, view.tenant.signIn.account !== null, tab);
  const selected = tabs.find((one) => one.id === chosen) ?? tabs[0];
  return (
    <div className={styles.page}>
      <div className={styles.scroll} data-scroll="">
        <div className={styles.content}>
          <StepHeader step={step} />
          <StateNotices step={step} />
          {step.id === "certificate" ? (
            <CertificatePage step={step} />
          ) : selected === undefined ? null : (
            <Tabs label={t("step.tabs.label")} tabs={tabs} selected={selected.id} onSelect={onTab} />
          )}
          <MissingToConfirm step={step} />
          {helpBelow ? (
            <details className={styles.details}>
              <summary>{t("checklist.help")}</summary>
              <StepHelp step={step} />
            </details>
          ) : null}
        </div>
      </div>
      {step.id === "rollout" ? <RolloutBar step={step} /> : <ActionBar step={step} />}
    </div>
  );
}

type StepTab = Pick<TabItem, "id" | "content">;

/**
 * The tab to show: the user's choice; else what the app can do, for whom is signed in. What was chosen for the user
 * stays while the step is open: a sign-in in the header must not swap the page under their hands.
 */
function useStartTab(step: StepView["id"], signedIn: boolean, chosen: string | null): string | null {
  const [start] = useState(signedIn && isTenantStep(step) ? "for-me" : "by-hand");
  return chosen ?? start;
}

/** The ways to work on a step. */
function tabsOf(step: StepView, onTab: (tab: string) => void): StepTab[] {
  const evidence: StepTab = { id: "evidence", content: <EvidenceList step={step} /> };
  if (step.id === "rollout") return [{ id: "rollout", content: <RolloutStep step={step} /> }, evidence];
  const byHand: StepTab = { id: "by-hand", content: <ByHand step={step} /> };
  if (!isTenantStep(step.id)) return [byHand, evidence];
  const forMe = <DoItForMe step={step} onByHand={() => onTab("by-hand")} />;
  return [{ id: "for-me", content: forMe }, byHand, evidence];
}

/** Step 9 has tabs of its own; what other steps show in tabs folds away below them. */
function CertificatePage({ step }: { step: StepView }) {
  const t = useT();
  const { view } = useSetup();
  return (
    <>
      <CertificateStep view={view} step={step} />
      <details className={styles.details}>
        <summary>{t("step.tabs.by-hand")}</summary>
        <div className={styles.sections}>
          <Instructions step={step} />
          <PowerShellByHand view={view} />
        </div>
      </details>
      <details className={styles.details}>
        <summary>{t("step.tabs.evidence")}</summary>
        <EvidenceList step={step} />
      </details>
    </>
  );
}
