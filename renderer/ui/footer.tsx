import { useSyncExternalStore } from "react";
import type { SignInView } from "../../preload/model/tenant.ts";
import type { Translate } from "../i18n.ts";
import { useT } from "../i18n.ts";
import { useInfo } from "../store/app.ts";
import { formatTime } from "../store/format.ts";
import { useRoute } from "../store/route.ts";
import { useOpenSetup } from "../store/setups.ts";
import { cx } from "./cx.ts";
import styles from "./frame.module.css";
import { Icon } from "./icons.tsx";

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** Whether somebody is signed in to the setup's tenant, and who. */
function signedIn({ state, account }: SignInView, t: Translate): string {
  if (state === "signing-in") return t("identity.footer.signingIn");
  return account === null
    ? t("identity.footer.signedOut")
    : t("identity.footer.signedIn", { name: account.username });
}

/** The state of the surroundings: network, cloud, vault, and when the setup was last saved. */
export function Footer() {
  const t = useT();
  const { vault } = useInfo();
  const { route } = useRoute();
  const { view } = useOpenSetup();
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  const setupId = "setupId" in route ? route.setupId : null;
  const open = view !== null && view.summary.id === setupId ? view : null;
  return (
    <footer className={styles.footer} data-region="footer" tabIndex={-1} aria-label={t("frame.footer")}>
      <span className={styles.footerItem}>
        <Icon name={online ? "online" : "offline"} />
        {online ? t("frame.online") : t("frame.offline")}
      </span>
      {open === null ? null : (
        <span className={styles.footerItem}>
          {t("frame.cloud", { name: t(`clouds.${open.summary.cloud}.name`) })}
        </span>
      )}
      {open === null ? null : (
        <span className={styles.footerItem}>
          <Icon name="person" />
          {signedIn(open.tenant.signIn, t)}
        </span>
      )}
      <span className={cx(styles.footerItem, vault.kind !== "ready" && styles.warn)}>
        <Icon name={vault.kind === "ready" ? "lock" : "warning"} />
        {t(`frame.vault.${vault.kind}`)}
      </span>
      <span className={styles.space} />
      {open === null ? null : <span>{t("frame.saved", { time: formatTime(open.savedAt) })}</span>}
    </footer>
  );
}
