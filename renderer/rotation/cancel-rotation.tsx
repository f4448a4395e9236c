import { useState } from "react";
import type { RotationView } from "../../preload/model/rotation.ts";
import { useSetup } from "../checklist/step-context.ts";
import { useT } from "../i18n.ts";
import { showPlan } from "../store/plan-dialog.ts";
import { Button, Dialog } from "../ui/index.ts";
import styles from "./rotation.module.css";
import { useRotation } from "./use-rotation.ts";

/** Back to how it was before; the new key can be taken out of Entra first. */
export function CancelRotation({ rotation }: { rotation: RotationView }) {
  const t = useT();
  const { view } = useSetup();
  const { cancel, pending } = useRotation(view.summary.id);
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  const removable = rotation.removable === "new" && view.tenant.removal !== null;
  const mayBeThere = view.certificate !== null && rotation.newKey !== "gone";
  return (
    <>
      <Button variant="quiet" onPress={() => setOpen(true)}>
        {t("rotation.cancel.action")}
      </Button>
      <Dialog
        title={t("rotation.cancel.title")}
        isOpen={open}
        onClose={close}
        role="alertdialog"
        actions={
          <>
            <Button onPress={close} autoFocus>
              {t("rotation.cancel.keep")}
            </Button>
            <Button
              variant="danger"
              pending={pending}
              onPress={() => {
                close();
                void cancel();
              }}
            >
              {t("rotation.cancel.confirm")}
            </Button>
          </>
        }
      >
        <p>{t("rotation.cancel.text")}</p>
        {removable ? (
          <>
            <p>{t("rotation.cancel.inEntra")}</p>
            <div className={styles.buttons}>
              <Button
                onPress={() => {
                  close();
                  showPlan(view.summary.id, "removal");
                }}
              >
                {t("rotation.cancel.remove")}
              </Button>
            </div>
          </>
        ) : mayBeThere ? (
          <p>{t("rotation.cancel.unknownEntra")}</p>
        ) : null}
      </Dialog>
    </>
  );
}
