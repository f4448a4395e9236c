import { useT } from "../i18n.ts";
import { goBack, navigate, useRoute } from "../store/route.ts";
import { ExpiryBadge } from "../setups/expiry-badge.tsx";
import { useOpenSetup, useSetups } from "../store/setups.ts";
import { AccountMenu } from "../tenant/account-menu.tsx";
import { Button } from "./button.tsx";
import styles from "./frame.module.css";
import { Badge } from "./state.tsx";

/** Which setup this is, and the ways to the other screens. */
export function Header() {
  const t = useT();
  const { route, previous } = useRoute();
  const { view } = useOpenSetup();
  const setupId = "setupId" in route ? route.setupId : null;
  const open = view !== null && view.summary.id === setupId ? view : null;
  const summary = open?.summary ?? null;
  // Settings, for example, are opened over a setup and lead back to it.
  const behind =
    setupId === null && "setupId" in previous && view?.summary.id === previous.setupId ? view : null;
  // Where all setups stand together, each is marked in its row as well.
  const ofAll = setupId === null && ["home", "watch", "activity"].includes(route.screen);
  const practising = useSetups().list?.some(({ practice }) => practice) === true;
  const domain = summary === null ? "" : summary.tenantDomain || summary.tenantName;
  return (
    <header className={styles.header} data-region="header" tabIndex={-1} aria-label={t("frame.header")}>
      {route.screen === "home" ? (
        <span className={styles.name}>{t("app.name")}</span>
      ) : behind !== null ? (
        <>
          <Button
            variant="quiet"
            icon="back"
            label={t("frame.backToSetup", { name: behind.summary.name })}
            onPress={goBack}
          >
            {behind.summary.name}
          </Button>
          {behind.summary.practice ? <Badge tone="wait">{t("frame.practice")}</Badge> : null}
        </>
      ) : (
        <Button
          variant="quiet"
          icon="back"
          label={t("frame.backToSetups")}
          onPress={() => navigate({ screen: "home" })}
        >
          {t("frame.setups")}
        </Button>
      )}
      {summary === null ? null : (
        <>
          <span className={styles.name}>{summary.name}</span>
          {domain === "" ? null : <span className={styles.domain}>{domain}</span>}
          {summary.practice ? <Badge tone="wait">{t("frame.practice")}</Badge> : null}
          <ExpiryBadge days={summary.certificateDaysLeft} />
        </>
      )}
      {ofAll && practising ? <Badge tone="wait">{t("frame.practiceAmong")}</Badge> : null}
      <span className={styles.space} />
      <span className={styles.headerActions}>
        {open === null ? null : <AccountMenu view={open} />}
        {setupId !== null && ["activity", "access", "dry-run", "rotation"].includes(route.screen) ? (
          <Button variant="quiet" icon="check" onPress={() => navigate({ screen: "setup", setupId })}>
            {t("frame.checklist")}
          </Button>
        ) : null}
        {setupId !== null && route.screen !== "activity" ? (
          <Button variant="quiet" icon="activity" onPress={() => navigate({ screen: "activity", setupId })}>
            {t("frame.activity")}
          </Button>
        ) : null}
        {route.screen === "settings" ? null : (
          <Button variant="quiet" icon="gear" onPress={() => navigate({ screen: "settings" })}>
            {t("frame.settings")}
          </Button>
        )}
      </span>
    </header>
  );
}
