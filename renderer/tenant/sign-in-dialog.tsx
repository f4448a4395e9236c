import { useEffect, useRef } from "react";
import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { Button, Dialog } from "../ui/index.ts";
import { SignInPanel } from "./sign-in.tsx";
import styles from "./tenant.module.css";

/** Signing in from the header; closes itself when another account is signed in. */
export function SignInDialog({ view, onClose }: { view: SetupView; onClose: () => void }) {
  const t = useT();
  const { account, pending } = view.tenant.signIn;
  const waited = useRef(false);
  useEffect(() => {
    if (pending !== null) waited.current = true;
    else if (waited.current && account !== null && view.tenant.signIn.problem === null) onClose();
  }, [pending, account, view.tenant.signIn.problem, onClose]);
  return (
    <Dialog
      title={t("identity.signIn.dialog")}
      isOpen
      onClose={onClose}
      size="wide"
      actions={<Button onPress={onClose}>{t("common.close")}</Button>}
    >
      <div className={styles.stack}>
        <SignInPanel view={view} bare />
      </div>
    </Dialog>
  );
}
