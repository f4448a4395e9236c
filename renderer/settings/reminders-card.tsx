import { useT } from "../i18n.ts";
import { saveSettings, useInfo } from "../store/app.ts";
import { Card, Switch } from "../ui/index.ts";

/** Whether the app reminds of certificates that expire. */
export function RemindersCard() {
  const t = useT();
  const { settings } = useInfo();
  return (
    <Card title={t("settings.reminders.title")}>
      <Switch
        isSelected={settings.reminders}
        onChange={(reminders) => void saveSettings({ reminders })}
        help={t("settings.reminders.help")}
      >
        {t("settings.reminders.label")}
      </Switch>
    </Card>
  );
}
