import { useT } from "../i18n.ts";
import { retryVault, useInfo } from "../store/app.ts";
import { Button, Notice } from "../ui/index.ts";

/** Says where keys and passwords go when they cannot be kept; nothing when all is well. */
export function VaultNotice() {
  const t = useT();
  const { vault } = useInfo();
  if (vault.kind === "ready") return null;
  return (
    <Notice
      tone="warn"
      title={t(`certificate.vault.${vault.kind}`)}
      actions={
        vault.kind === "key-lost" ? null : (
          <Button onPress={() => void retryVault()}>{t("certificate.vault.retry")}</Button>
        )
      }
    >
      {t(`certificate.vault.${vault.kind}-help`)}
    </Notice>
  );
}
