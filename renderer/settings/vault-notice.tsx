import { useState } from "react";
import { keepFocus } from "../checklist/keep-focus.ts";
import { useT } from "../i18n.ts";
import { renewVault, retryVault, useInfo } from "../store/app.ts";
import { Button, ConfirmDialog, Notice, Text } from "../ui/index.ts";
import styles from "./settings.module.css";

/** What is wrong with the place for secrets and what can be done; nothing while all is well. */
export function VaultNotice() {
  const t = useT();
  const { vault } = useInfo();
  const [asking, setAsking] = useState(false);
  const [trying, setTrying] = useState(false);
  if (vault.kind === "ready") return null;

  async function retry(): Promise<void> {
    setTrying(true);
    await retryVault();
    setTrying(false);
    keepFocus();
  }

  async function renew(): Promise<void> {
    setAsking(false);
    await renewVault();
    keepFocus();
  }

  return (
    <>
      <Notice
        tone={vault.kind === "key-lost" ? "bad" : "warn"}
        title={t(`vault.${vault.kind}.title`)}
        actions={
          <>
            {vault.kind === "key-lost" ? (
              <Button onPress={() => setAsking(true)}>{t("vault.renew")}</Button>
            ) : null}
            <Button pending={trying} onPress={() => void retry()}>
              {t("common.tryAgain")}
            </Button>
          </>
        }
      >
        <Text>{t(`vault.${vault.kind}.help`)}</Text>
        {vault.detail === "" ? null : (
          <details className={styles.details}>
            <summary>{t("common.details")}</summary>
            <code>{vault.detail}</code>
          </details>
        )}
      </Notice>
      <ConfirmDialog
        title={t("vault.renewTitle")}
        isOpen={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => void renew()}
        confirmLabel={t("vault.renew")}
        danger
      >
        <p>{t("vault.renewText")}</p>
      </ConfirmDialog>
    </>
  );
}
