import { useEffect, useState } from "react";
import { I18nProvider } from "react-aria-components";
import { useT } from "../i18n.ts";
import { attempt, rollout } from "../store/api.ts";
import { loadInfo, useInfoIfLoaded } from "../store/app.ts";
import { useRoute } from "../store/route.ts";
import { useOpenSetup } from "../store/setups.ts";
import { Announcer, Button, FailureNotice, Spinner, ToastRegion } from "../ui/index.ts";
import { listenInStrip } from "./strip-events.ts";
import { Strip } from "./strip.tsx";
import styles from "./strip.module.css";

/** The strip's whole page: it shows the setup that main names, and another one when main says so. */
export function StripApp() {
  const info = useInfoIfLoaded();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    // Listened for first: a setup that is named meanwhile must not be overtaken by the answer.
    let named = false;
    const { show, stop } = listenInStrip(() => {
      named = true;
    });
    void start().then((setupId) => {
      setFailed(setupId === null);
      if (setupId !== null && !named) show(setupId);
    });
    return stop;
  }, []);
  return (
    <>
      <Announcer />
      {info === null ? (
        failed && <Failure onRetry={() => window.location.reload()} />
      ) : (
        <I18nProvider locale={info.locale}>
          <Shown />
          <ToastRegion />
        </I18nProvider>
      )}
    </>
  );
}

/** The setup to show first; null when main does not answer. */
async function start(): Promise<string | null> {
  const [loaded, current] = await Promise.all([loadInfo(), attempt(rollout().transfer.current())]);
  return loaded && current.ok ? current.value.setupId : null;
}

function Shown() {
  const t = useT();
  const { route } = useRoute();
  const { view, viewError } = useOpenSetup();
  const setupId = route.screen === "setup" ? route.setupId : null;
  // Old values of a setup that has gone, or can't be read, must not be handed over.
  if (viewError === null && view !== null && view.summary.id === setupId)
    return <Strip key={setupId} view={view} />;
  return (
    <main className={styles.waiting}>
      <h1>{t("transfer.title")}</h1>
      {viewError === null ? <Spinner label={t("common.loading")} /> : <FailureNotice error={viewError} />}
    </main>
  );
}

function Failure({ onRetry }: { onRetry: () => void }) {
  const t = useT();
  return (
    <main className={styles.waiting}>
      <h1>{t("errors.internal.title")}</h1>
      <p>{t("errors.internal.help")}</p>
      <Button onPress={onRetry}>{t("common.tryAgain")}</Button>
    </main>
  );
}
