import { useState } from "react";
import type { StepId } from "../../preload/model/guide.ts";
import type { RotationStepId, RotationView } from "../../preload/model/rotation.ts";
import { useSetup } from "../checklist/step-context.ts";
import { useT } from "../i18n.ts";
import { showPlan } from "../store/plan-dialog.ts";
import { navigate } from "../store/route.ts";
import { openLink } from "../store/setups.ts";
import { checkTenant } from "../tenant/intents.ts";
import { useRunning } from "../tenant/use-running.ts";
import { Button, ConfirmDialog } from "../ui/index.ts";
import { ExchangeDialog } from "./exchange-dialog.tsx";
import { RemovedDialog } from "./removed-dialog.tsx";
import styles from "./rotation.module.css";
import { useRotation } from "./use-rotation.ts";

/** What can be done about the step that is next; its main action is the last button. */
export function StepActions({ id, rotation }: { id: RotationStepId; rotation: RotationView }) {
  return (
    <div className={styles.buttons}>
      <Actions id={id} rotation={rotation} />
    </div>
  );
}

function Actions({ id, rotation }: { id: RotationStepId; rotation: RotationView }) {
  const t = useT();
  const { view } = useSetup();
  switch (id) {
    case "new-certificate":
      return <ToStep step="certificate" words={t("rotation.steps.new-certificate.action")} primary />;
    case "beside-old":
      return <BesideOld />;
    case "dry-run":
      return (
        <Button variant="primary" onPress={() => navigate({ screen: "dry-run", setupId: view.summary.id })}>
          {t("rotation.steps.dry-run.action")}
        </Button>
      );
    case "exchange":
      return <Exchange rotation={rotation} />;
    case "rollout":
      return <ToStep step="rollout" words={t("rotation.steps.rollout.action")} primary />;
    default:
      return <RemoveOld rotation={rotation} />;
  }
}

function ToStep({ step, words, primary = false }: { step: StepId; words: string; primary?: boolean }) {
  const { goTo } = useSetup();
  return (
    <Button {...(primary ? { variant: "primary" as const } : {})} onPress={() => goTo({ step })}>
      {words}
    </Button>
  );
}

/** Reads the tenant, because only a fresh reading shows what may be done. */
function Check({ words }: { words: string }) {
  const { view } = useSetup();
  const [running, run] = useRunning();
  return (
    <Button
      variant="primary"
      pending={running || view.tenant.work?.kind === "reading"}
      onPress={() => void run(checkTenant(view.summary.id))}
    >
      {words}
    </Button>
  );
}

function BesideOld() {
  const t = useT();
  const { view } = useSetup();
  const { signIn, plan } = view.tenant;
  const toStep = t("rotation.steps.beside-old.action");
  if (signIn.account === null) return <ToStep step="upload-certificate" words={toStep} primary />;
  return (
    <>
      <ToStep step="upload-certificate" words={toStep} />
      {plan === null ? (
        <Check words={t("rotation.steps.beside-old.check")} />
      ) : (
        <Button variant="primary" onPress={() => showPlan(view.summary.id, "apply")}>
          {t("rotation.steps.beside-old.plan")}
        </Button>
      )}
    </>
  );
}

function Exchange({ rotation }: { rotation: RotationView }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const blocked = rotation.steps.find(({ id }) => id === "exchange")?.state !== "open";
  const reason = blocked ? t("rotation.states.blocked") : null;
  return (
    <>
      <ToStep step="technical-attributes" words={t("rotation.steps.exchange.values")} />
      <Button variant="primary" disabledReason={reason} onPress={() => setOpen(true)}>
        {t("rotation.steps.exchange.action")}
      </Button>
      {open ? <ExchangeDialog rotation={rotation} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function RemoveOld({ rotation }: { rotation: RotationView }) {
  const t = useT();
  const { view } = useSetup();
  const [open, setOpen] = useState(false);
  const { signIn, plan, removal } = view.tenant;
  const setupId = view.summary.id;
  const signedIn = signIn.account !== null;
  const byHand = t("rotation.steps.remove-old.byHand");
  return (
    <>
      {signedIn ? null : (
        <Button icon="external" onPress={() => void openLink(setupId, "application-credentials")}>
          {t("rotation.steps.remove-old.portal")}
        </Button>
      )}
      {rotation.canConfirmRemoved ? (
        <Button {...(signedIn ? {} : { variant: "primary" as const })} onPress={() => setOpen(true)}>
          {byHand}
        </Button>
      ) : null}
      {!signedIn ? null : plan === null || removal === null ? (
        <Check words={t("rotation.steps.remove-old.check")} />
      ) : (
        <Button variant="primary" onPress={() => showPlan(setupId, "removal")}>
          {t("rotation.steps.remove-old.plan")}
        </Button>
      )}
      {open ? <RemovedDialog rotation={rotation} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** Back to the old certificate in the portal, while its key is still in Entra. */
export function WithdrawExchange() {
  const t = useT();
  const { view } = useSetup();
  const { withdrawExchanged } = useRotation(view.summary.id);
  const [asking, setAsking] = useState(false);
  return (
    <div className={styles.buttons}>
      <Button variant="quiet" onPress={() => setAsking(true)}>
        {t("rotation.withdraw.action")}
      </Button>
      <ConfirmDialog
        title={t("rotation.withdraw.title")}
        isOpen={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          void withdrawExchanged();
        }}
        confirmLabel={t("rotation.withdraw.confirm")}
        danger
      >
        <p>{t("rotation.withdraw.text")}</p>
      </ConfirmDialog>
    </div>
  );
}
