import { cloudIds } from "../../preload/model/guide.ts";
import { signInMethods } from "../../preload/model/tenant.ts";
import { useT } from "../i18n.ts";
import { saveSettings, useInfo } from "../store/app.ts";
import { Card, Segmented, Select } from "../ui/index.ts";
import styles from "./settings.module.css";

/** What a new setup begins with, and how people sign in. */
export function SignInCard() {
  const t = useT();
  const { settings } = useInfo();
  return (
    <Card title={t("settings.signIn.title")}>
      <div className={styles.fields}>
        <Select
          label={t("settings.signIn.cloud")}
          help={t("settings.signIn.cloudHelp")}
          value={settings.cloud}
          onChange={(cloud) => void saveSettings({ cloud })}
          options={cloudIds.map((id) => ({ id, label: t(`clouds.${id}.name`) }))}
        />
        <Segmented
          label={t("settings.signIn.method")}
          help={t(`settings.signIn.methodHelp.${settings.signInMethod}`)}
          value={settings.signInMethod}
          onChange={(signInMethod) => void saveSettings({ signInMethod })}
          options={signInMethods.map((id) => ({ id, label: t(`settings.signIn.methods.${id}`) }))}
        />
      </div>
      <p className={styles.remark}>{t("settings.signIn.client")}</p>
    </Card>
  );
}
