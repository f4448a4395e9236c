import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { CodeBlock } from "../ui/index.ts";
import styles from "./certificates.module.css";

/** The page's PowerShell and the corrected one, to be copied. */
export function PowerShellByHand({ view }: { view: SetupView }) {
  const t = useT();
  return (
    <div className={styles.stack}>
      <h3>{t("certificate.byHand.title")}</h3>
      <p className={styles.intro}>{t("certificate.byHand.why")}</p>
      {(["corrected", "documented"] as const).map((variant) => (
        <div key={variant} className={styles.field}>
          <CodeBlock text={view.powershell[variant]} what={t(`guide.powershell.${variant}.title`)} />
          <small className={styles.note}>{t(`guide.powershell.${variant}.help`)}</small>
        </div>
      ))}
      <p className={styles.note}>{t("certificate.byHand.after")}</p>
    </div>
  );
}
