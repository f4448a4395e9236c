import { useEffect } from "react";
import type { StepView } from "../../preload/model/setup.ts";
import { Instructions } from "../checklist/instructions.tsx";
import { useSetup } from "../checklist/step-context.ts";
import { DryRunEntry } from "../dry-run/dry-run-entry.tsx";
import { ClosedSetup } from "./closed-setup.tsx";
import { Connected } from "./connected.tsx";
import { ExpiryNotice } from "./expiry-notice.tsx";
import { Failed } from "./failed.tsx";
import { ReportCard } from "./handover.tsx";
import { Readiness } from "./readiness.tsx";
import { checkQuietly } from "../tenant/use-quiet-check.ts";
import { OpenStrip } from "../transfer/open-strip.tsx";
import styles from "./rollout.module.css";

/** Step 15: what is missing before Rollout, what came of it, and what remains after it. */
export function RolloutStep({ step }: { step: StepView }) {
  const { record, closedAt } = useSetup().view.rollout;
  // Whoever comes here is about to press Rollout: what was verified earlier may have changed.
  useEffect(() => void checkQuietly(Date.now()), []);
  if (closedAt !== null) return <ClosedSetup />;
  if (record?.result === "connected") return <Connected />;
  return (
    <div className={styles.stack}>
      {record === null ? null : <Failed record={record} />}
      <ExpiryNotice />
      <DryRunEntry />
      <Readiness />
      <OpenStrip />
      <Instructions step={step} />
      <ReportCard />
    </div>
  );
}
