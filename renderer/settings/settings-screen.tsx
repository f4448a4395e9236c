import { useState } from "react";
import type { ReactNode } from "react";
import { languages, textSizes, themes } from "../../preload/model/app.ts";
import { useSavedValue } from "../store/saved-value.ts";
import { useT } from "../i18n.ts";
import { attempt, rollout, succeeded } from "../store/api.ts";
import { applyInfo, saveSettings, useInfo } from "../store/app.ts";
import {
  Badge,
  Button,
  Card,
  DefinitionList,
  Heading,
  Notice,
  Screen,
  Segmented,
  Select,
  Switch,
  TextField,
} from "../ui/index.ts";
import styles from "./settings.module.css";
import { ConnectionCard } from "./connection-card.tsx";
import { saveDiagnostics } from "./diagnostics.ts";
import { RemindersCard } from "./reminders-card.tsx";
import { SettingsNotice } from "./settings-notice.tsx";
import { ShortcutsDialog } from "./shortcuts-dialog.tsx";
import { SignInCard } from "./sign-in-card.tsx";
import { StoredSecrets } from "./stored-secrets.tsx";
import { VaultNotice } from "./vault-notice.tsx";

const clipboardChoices = ["15", "30", "60", "120"] as const;

/** Everything the user can decide for all setups. Every change takes effect at once. */
export function SettingsScreen() {
  const t = useT();
  return (
    <Screen title={t("settings.windowTitle", { app: t("app.name") })}>
      <Heading>{t("settings.title")}</Heading>
      <div className={styles.sections}>
        <SettingsNotice />
        <GeneralCard />
        <SignInCard />
        <ConnectionCard />
        <SecretsCard />
        <RemindersCard />
        <DataCard />
        <AboutCard />
      </div>
    </Screen>
  );
}

function GeneralCard() {
  const t = useT();
  const { settings } = useInfo();
  return (
    <Card title={t("settings.general")}>
      <div className={styles.fields}>
        <Select
          label={t("settings.language.label")}
          value={settings.language}
          onChange={(language) => void saveSettings({ language })}
          options={languages.map((id) => ({ id, label: t(`settings.language.${id}`) }))}
        />
        <Select
          label={t("settings.textSize.label")}
          value={String(settings.textSize)}
          onChange={(id) => {
            const textSize = textSizes.find((size) => String(size) === id);
            if (textSize !== undefined) void saveSettings({ textSize });
          }}
          options={textSizes.map((size) => ({
            id: String(size),
            label: t("settings.textSize.percent", { size }),
          }))}
        />
        <Segmented
          label={t("settings.theme.label")}
          value={settings.theme}
          onChange={(theme) => void saveSettings({ theme })}
          options={themes.map((id) => ({ id, label: t(`settings.theme.${id}`) }))}
        />
        <PersonField />
      </div>
    </Card>
  );
}

function PersonField() {
  const t = useT();
  const { settings } = useInfo();
  const person = useSavedValue("person", settings.person, async (text) => {
    const result = await attempt(rollout().app.saveSettings({ person: text }));
    if (!result.ok) return result.error;
    await applyInfo(result.value);
    return null;
  });
  return (
    <TextField
      label={t("settings.person.label")}
      help={t("settings.person.help")}
      value={person.text}
      onChange={person.change}
      onBlur={person.flush}
      problem={person.failure === null ? "" : t(`${person.failure.messageKey}.title`, person.failure.details)}
      maxLength={200}
    />
  );
}

function SecretsCard() {
  const t = useT();
  const { settings, vault } = useInfo();
  const ready = vault.kind === "ready";
  return (
    <Card
      title={t("settings.secrets.title")}
      badge={<Badge tone={ready ? "ok" : "warn"}>{t(`frame.vault.${vault.kind}`)}</Badge>}
    >
      {ready ? <p>{t("settings.secrets.ready")}</p> : <VaultNotice />}
      <Switch
        isSelected={settings.keepPasswords}
        onChange={(keepPasswords) => void saveSettings({ keepPasswords })}
        help={t("settings.secrets.keepHelp")}
      >
        {t("settings.secrets.keep")}
      </Switch>
      <Segmented
        label={t("settings.clipboard.label")}
        help={t("settings.clipboard.help")}
        value={String(settings.clipboardSeconds) as (typeof clipboardChoices)[number]}
        onChange={(id) => void saveSettings({ clipboardSeconds: secondsOf(id) })}
        options={clipboardChoices.map((id) => ({
          id,
          label: t("settings.clipboard.seconds", { count: Number(id) }),
        }))}
      />
      <StoredSecrets />
    </Card>
  );
}

function secondsOf(choice: (typeof clipboardChoices)[number]): 15 | 30 | 60 | 120 {
  return ({ "15": 15, "30": 30, "60": 60, "120": 120 } as const)[choice];
}

function DataCard() {
  const t = useT();
  const { userDataDir } = useInfo();
  return (
    <Card title={t("settings.data.title")}>
      <p>{t("settings.data.text")}</p>
      <DefinitionList
        items={[{ term: t("settings.data.folder"), value: userDataDir, copy: userDataDir, monospace: true }]}
      />
      <Buttons>
        <Button icon="folder" onPress={() => void succeeded(rollout().app.showUserData())}>
          {t("settings.data.show")}
        </Button>
        <Button icon="download" onPress={() => void saveDiagnostics()}>
          {t("settings.data.diagnostics")}
        </Button>
      </Buttons>
      <p className={styles.remark}>{t("settings.data.diagnosticsHelp")}</p>
    </Card>
  );
}

function AboutCard() {
  const t = useT();
  const info = useInfo();
  const [shortcuts, setShortcuts] = useState(false);
  return (
    <Card title={t("settings.about.title")}>
      <DefinitionList
        items={[
          { term: t("settings.about.version"), value: info.version },
          { term: t("settings.about.host"), value: t(`settings.about.hosts.${info.host}`) },
          { term: t("settings.about.platform"), value: t(`settings.about.platforms.${info.platform}`) },
        ]}
      />
      {info.missingCrypto.length === 0 ? null : (
        <Notice tone="warn" title={t("settings.about.missingCrypto")}>
          {info.missingCrypto.join(", ")}
        </Notice>
      )}
      <Buttons>
        <Button onPress={() => setShortcuts(true)}>{t("settings.about.shortcuts")}</Button>
      </Buttons>
      <ShortcutsDialog isOpen={shortcuts} onClose={() => setShortcuts(false)} />
    </Card>
  );
}

function Buttons({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}
