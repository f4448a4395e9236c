import type { SignInView } from "../../preload/model/tenant.ts";
import { useT } from "../i18n.ts";
import { Button, Card, CopyButton, Spinner } from "../ui/index.ts";
import { cancelSignIn, openDeviceLogin, signIn } from "./intents.ts";
import { ScopeList } from "./scope-list.tsx";
import styles from "./tenant.module.css";
import { clockTime, useRemaining } from "./use-remaining.ts";

type Pending = NonNullable<SignInView["pending"]>;

/** A sign-in under way: what to do now, what is asked for, how long the app waits. */
export function SignInPending({ setupId, pending }: { setupId: string; pending: Pending }) {
  const t = useT();
  const left = useRemaining(pending.until);
  const byCode = pending.method === "device-code";
  return (
    <Card title={t(byCode ? "identity.deviceCode.title" : "identity.pending.browserTitle")}>
      {byCode ? (
        <DeviceCode setupId={setupId} code={pending.code} />
      ) : (
        <p>{t("identity.pending.browserText")}</p>
      )}
      {pending.scopes.length === 0 ? null : (
        <div className={styles.stack}>
          <h3>{t("identity.pending.scopes")}</h3>
          <ScopeList scopes={pending.scopes} />
        </div>
      )}
      <div className={styles.buttons}>
        <Button onPress={() => void cancelSignIn(setupId)}>{t("identity.pending.cancel")}</Button>
        {byCode ? null : (
          <Button variant="quiet" iconAfter="external" onPress={() => void signIn(setupId, "browser")}>
            {t("identity.pending.again")}
          </Button>
        )}
        <span className={styles.dim}>{t("identity.pending.left", { time: clockTime(left) })}</span>
      </div>
    </Card>
  );
}

function DeviceCode({ setupId, code }: { setupId: string; code: Pending["code"] }) {
  const t = useT();
  if (code === null) {
    return (
      <p className={styles.line}>
        <Spinner />
        {t("identity.deviceCode.fetching")}
      </p>
    );
  }
  return (
    <>
      <div className={styles.line}>
        <code className={styles.code}>{code.userCode}</code>
        <CopyButton text={code.userCode} what={t("identity.deviceCode.code")} />
        <Button iconAfter="external" onPress={() => void openDeviceLogin(setupId)}>
          {t("identity.deviceCode.open")}
        </Button>
      </div>
      <div className={styles.line}>
        <span className={styles.dim}>
          {t("identity.deviceCode.page")}: <code>{code.verificationUri}</code>
        </span>
        <CopyButton text={code.verificationUri} what={t("identity.deviceCode.page")} iconOnly />
      </div>
      <p className={styles.dim}>{t("identity.deviceCode.warning")}.</p>
    </>
  );
}
