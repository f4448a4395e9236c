import { useId, useState } from "react";
import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { call, rollout } from "../store/api.ts";
import { retryVault, useInfo } from "../store/app.ts";
import { change } from "../store/setups.ts";
import { showToast } from "../store/toasts.ts";
import { announce, Button, ConfirmDialog, CopyButton, Menu, Notice } from "../ui/index.ts";
import { useKeyedTimeout } from "../ui/use-timeout.ts";
import styles from "./certificates.module.css";
import { PasswordChooser } from "./password-chooser.tsx";
import { PasswordDialog } from "./password-dialog.tsx";
import type { PasswordChoice } from "./password-choice.ts";
import { hasPassword } from "./password-choice.ts";
import { passwordContext } from "./password-context.ts";
import { PfxCheck } from "./pfx-check.tsx";
import { useCountdown } from "./use-countdown.ts";

/** A password in the open is concealed again after this many milliseconds. */
const shownFor = 60_000;

export interface PasswordPanelProps {
  view: SetupView;
  /** Used while there is no password yet; it is applied with the next certificate or export. */
  choice: PasswordChoice;
  /** When a password that is generated comes into being, in words. */
  when: string;
  tried: boolean;
}

/** The PFX password: concealed, to be shown, copied and changed; or the choice of one. */
export function PasswordPanel({ view, choice, when, tried }: PasswordPanelProps) {
  const t = useT();
  const { vault } = useInfo();
  if (hasPassword(view)) return <StoredPassword view={view} />;
  return (
    <div className={styles.field}>
      {view.password.state === "unreadable" ? (
        <Notice
          tone="warn"
          title={t("password.unreadable")}
          actions={
            vault.kind === "locked" ? (
              <Button onPress={() => void retryVault()}>{t("common.tryAgain")}</Button>
            ) : null
          }
        >
          {t("password.unreadable-help")}
        </Notice>
      ) : null}
      {view.password.state === "none" && view.certificate?.pfx ? (
        <Notice
          tone="none"
          title={t("password.missingForPfx")}
          actions={
            view.certificate.pfx.path === null ? null : (
              <PfxCheck view={view} label={t("password.enterForPfx")} />
            )
          }
        >
          {t("password.missingForPfx-help")}
        </Notice>
      ) : null}
      <PasswordChooser choice={choice} when={when} context={passwordContext(view)} tried={tried} />
    </div>
  );
}

function StoredPassword({ view }: { view: SetupView }) {
  const t = useT();
  const labelId = useId();
  const setupId = view.summary.id;
  const { settings } = useInfo();
  const [shown, setShown] = useState<string | null>(null);
  const [dialog, setDialog] = useState<"change" | "forget" | null>(null);
  const countdown = useCountdown(() => announce(t("password.cleared"), "polite"));
  useKeyedTimeout(shown !== null, shownFor, () => setShown(null));
  const { generated, length, state } = view.password;
  const count = length ?? 0;

  async function toggle(): Promise<void> {
    if (shown !== null) {
      setShown(null);
      return;
    }
    const answer = await call(rollout().certificates.revealPassword({ setupId }));
    if (answer !== null) setShown(answer.password);
  }

  async function copy(): Promise<boolean> {
    const answer = await call(rollout().certificates.copyPassword({ setupId }));
    if (answer !== null) countdown.start(answer.clearsIn);
    return answer !== null;
  }

  async function forget(): Promise<void> {
    setDialog(null);
    setShown(null);
    const forgotten = await change(rollout().certificates.forgetPassword({ setupId }));
    if (forgotten !== null) showToast({ title: "password.forgotten", tone: "ok" });
  }

  return (
    <div className={styles.field} role="group" aria-labelledby={labelId}>
      <span id={labelId} className={styles.label}>
        {t("password.label")}
      </span>
      <div className={styles.secretRow}>
        <output className={styles.secret}>
          {shown ?? (
            <>
              <span aria-hidden="true">{"•".repeat(count === 0 ? 16 : Math.min(count, 48))}</span>
              <span className={styles.hidden}>{t("password.concealed")}</span>
            </>
          )}
        </output>
        <Button
          icon={shown === null ? "eye" : "eye-off"}
          pressed={shown !== null}
          onPress={() => void toggle()}
        >
          {t("password.show")}
        </Button>
        <CopyButton text="" what={t("password.label")} copy={copy} />
        <Button icon="refresh" onPress={() => setDialog("change")}>
          {t("password.new")}
        </Button>
        <Menu
          label={t("password.more")}
          icon="more"
          items={[
            { id: "forget", label: t("password.forget"), icon: "trash", onAction: () => setDialog("forget") },
          ]}
        />
      </div>
      <small className={styles.note}>
        {[
          t(generated ? "password.generated" : "password.own", { count }),
          t(`password.kept.${state}`),
          countdown.left === null
            ? t("password.clears", { count: settings.clipboardSeconds })
            : t("password.clearing", { count: countdown.left }),
        ].join(" ")}
      </small>
      <PasswordDialog
        view={view}
        isOpen={dialog === "change"}
        onClose={() => setDialog(null)}
        onChanged={() => setShown(null)}
      />
      <ConfirmDialog
        title={t("password.forgetTitle")}
        isOpen={dialog === "forget"}
        onClose={() => setDialog(null)}
        onConfirm={() => void forget()}
        confirmLabel={t("password.forget")}
        danger
      >
        {t("password.forgetText")}
      </ConfirmDialog>
    </div>
  );
}
