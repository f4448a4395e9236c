import type { AttributeView } from "../../../preload/model/setup.ts";
import { useCountdown } from "../../certificates/use-countdown.ts";
import { useT } from "../../i18n.ts";
import { attempt, rollout } from "../../store/api.ts";
import { showError } from "../../store/toasts.ts";
import { announce, CopyButton } from "../../ui/index.ts";
import styles from "./bodies.module.css";
import { useSetup } from "../step-context.ts";

/** Copies an attribute's value. Main does it, so that a secret never comes here; it says when it clears it. */
export function CopyAttribute({ attribute }: { attribute: AttributeView }) {
  const t = useT();
  const { view } = useSetup();
  const countdown = useCountdown(() => announce(t("password.cleared")));
  const { name } = attribute;
  const copy = async (): Promise<boolean> => {
    const call = rollout().setups.copyAttribute({ setupId: view.summary.id, attribute: attribute.id });
    const result = await attempt(call);
    if (!result.ok) {
      showError(result.error);
      return false;
    }
    const seconds = result.value.clearsIn;
    if (seconds !== null) {
      countdown.start(seconds);
      announce(t("step.attributes.clears", { count: seconds }));
    }
    return true;
  };
  if (!attribute.ready) return null;
  return (
    <>
      <CopyButton text="" what={name} copy={copy} />
      {countdown.left === null ? null : (
        <span className={styles.hint}>{t("step.attributes.clears", { count: countdown.left })}</span>
      )}
    </>
  );
}
