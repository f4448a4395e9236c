import type { ReactNode } from "react";
import { useT } from "../i18n.ts";
import { useInfo } from "../store/app.ts";
import { Notice, Text } from "../ui/index.ts";

/** That defaults stand in for settings which could not be read, and where these are; nothing while all is well. */
export function SettingsNotice({ actions }: { actions?: ReactNode }) {
  const t = useT();
  const { settingsLoss } = useInfo();
  if (settingsLoss === null) return null;
  const { keptAs } = settingsLoss;
  return (
    <Notice tone="warn" title={t("settings.loss.title")} actions={actions}>
      <Text>{keptAs === null ? t("settings.loss.inPlace") : t("settings.loss.kept", { file: keptAs })}</Text>
    </Notice>
  );
}
