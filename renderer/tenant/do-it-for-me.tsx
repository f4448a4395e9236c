import type { CheckView, StepView } from "../../preload/model/setup.ts";
import { useSetup } from "../checklist/step-context.ts";
import { useT } from "../i18n.ts";
import { formatWhen } from "../store/format.ts";
import { CheckTenant } from "./check-tenant.tsx";
import { DriftNotice, FactList } from "./fact-list.tsx";
import { OtherTenant } from "./other-tenant.tsx";
import { PermissionTruth } from "./permission-truth.tsx";
import { PlanCard } from "./plan-card.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { SignInPanel } from "./sign-in.tsx";
import styles from "./tenant.module.css";

interface DoItForMeProps {
  step: StepView;
  /** Leads to the tab that explains the step by hand. */
  onByHand: () => void;
}

/** What the app can do of a step: sign in, read the tenant, show the plan; and what it has read. */
export function DoItForMe({ step, onByHand }: DoItForMeProps) {
  const { view } = useSetup();
  const { otherTenant, drift } = view.tenant;
  return (
    <div className={styles.wide}>
      <NextMove step={step} onByHand={onByHand} />
      {otherTenant === null ? (
        <>
          <DriftNotice drift={drift.filter((one) => one.step === step.id)} />
          <Facts step={step} />
          {step.id === "api-permissions" || step.id === "admin-consent" ? (
            <PermissionTruth view={view} step={step.id} />
          ) : null}
        </>
      ) : null}
    </div>
  );
}

/** The one thing to do now. */
function NextMove({ step, onByHand }: DoItForMeProps) {
  const { view, goTo } = useSetup();
  const { signIn, otherTenant, plan, problem } = view.tenant;
  if (signIn.account === null || signIn.pending !== null) {
    return <SignInPanel view={view} onByHand={onByHand} />;
  }
  const correct = (): void => goTo({ step: "application-ids", field: "tenantId" });
  if (otherTenant !== null) return <OtherTenant view={view} onCorrect={correct} />;
  return (
    <div className={styles.stack}>
      {signIn.problem === null ? null : <ProblemNotice problem={signIn.problem} />}
      {problem === null ? null : <ProblemNotice problem={problem} />}
      {plan === null ? <CheckTenant view={view} /> : <PlanCard view={view} plan={plan} step={step.id} />}
    </div>
  );
}

function Facts({ step }: { step: StepView }) {
  const t = useT();
  const { lastRead } = useSetup().view.tenant;
  const checks = step.checks.filter(isOfTenant);
  if (checks.length === 0 && lastRead === null) return null;
  return (
    <div className={styles.section}>
      <h2>{t("tenant.facts.title")}</h2>
      <FactList checks={checks} />
      {lastRead === null ? null : (
        <p className={styles.dim}>
          {t(lastRead.by === "" ? "tenant.check.lastUnnamed" : "tenant.check.last", {
            when: formatWhen(lastRead.at),
            by: lastRead.by,
          })}
        </p>
      )}
    </div>
  );
}

/** A fact that was read from the tenant, or could not be; the app's own checks stand under "Evidence". */
function isOfTenant({ at, reason }: CheckView): boolean {
  return (
    at !== null ||
    /\.unknown-(not-read|not-signed-in|no-right|offline|service-error|depends)$/.test(reason.key)
  );
}
