import { useEffect, useState } from "react";
import type { WatchView } from "../../preload/model/watch.ts";
import { translate, useT } from "../i18n.ts";
import { formatWhen } from "../store/format.ts";
import { cancelWatch, loadWatch, runWatch, useWatch } from "../store/watch.ts";
import {
  announce,
  Button,
  Card,
  EmptyState,
  Heading,
  Notice,
  ProgressBar,
  Screen,
  Spinner,
} from "../ui/index.ts";
import { WatchResults } from "./watch-results.tsx";
import styles from "./watch.module.css";

/** All setups read again in one go, and what changed in their tenants since. */
export function WatchScreen() {
  const t = useT();
  const view = useWatch();
  useEffect(() => {
    void loadWatch();
  }, []);
  const running = view?.running === true;
  const start = (
    <Button variant="primary" icon="check" pending={running} onPress={() => void verify()}>
      {t("watch.run")}
    </Button>
  );
  return (
    <Screen title={t("watch.windowTitle", { app: t("app.name") })}>
      <div className={styles.page}>
        <Heading actions={view === null || view.at === null ? undefined : start}>{t("watch.title")}</Heading>
        {view === null ? (
          <Spinner label={t("common.loading")} />
        ) : view.at === null ? (
          <EmptyState title={t("watch.first.title")} text={t("watch.first.text")} actions={start} />
        ) : (
          <>
            {view.running ? <Running view={view} /> : <Summary view={view} at={view.at} />}
            <WatchResults results={view.results} />
            <p className={styles.remark}>{t("watch.scope")}</p>
          </>
        )}
      </div>
    </Screen>
  );
}

async function verify(): Promise<void> {
  const view = await runWatch();
  if (view !== null) announce(summaryText(view));
}

function Running({ view }: { view: WatchView }) {
  const t = useT();
  const [stopping, setStopping] = useState(false);
  const { done, total } = view;
  return (
    <Card>
      <ProgressBar
        label={t("watch.progress", { done, count: total })}
        value={total === 0 ? 0 : (done / total) * 100}
      />
      <div className={styles.buttons}>
        <Button
          pending={stopping}
          onPress={() => {
            setStopping(true);
            void cancelWatch();
          }}
        >
          {t(stopping ? "watch.stopping" : "common.cancel")}
        </Button>
        <span className={styles.remark}>{t("watch.readOnly")}</span>
      </div>
    </Card>
  );
}

function Summary({ view, at }: { view: WatchView; at: string }) {
  const t = useT();
  const changed = count(view, "changed");
  const unread = view.results.length - changed - count(view, "as-before");
  const quiet = changed === 0 && unread === 0 && view.results.length > 0 && !view.canceled;
  const tone = changed > 0 ? "warn" : quiet ? "ok" : "none";
  return (
    <Notice tone={tone} title={summaryText(view)}>
      <p>{t("watch.verifiedAt", { when: formatWhen(at) })}</p>
      {view.canceled ? <p>{t("watch.canceled", { done: view.results.length, count: view.total })}</p> : null}
    </Notice>
  );
}

function summaryText(view: WatchView): string {
  const changed = count(view, "changed");
  const asBefore = count(view, "as-before");
  const others = view.results.length - changed - asBefore;
  if (view.results.length === 0) return translate("watch.nothing");
  if (changed === 0 && others === 0) return translate("watch.allAsBefore", { count: asBefore });
  if (others === view.results.length && count(view, "partly-read") === 0)
    return translate("watch.noneTold", { count: others });
  return [
    translate(changed === 0 ? "watch.noneChanged" : "watch.changed", { count: changed }),
    ...(others === 0 ? [] : [translate("watch.notTold", { count: others })]),
  ].join(" ");
}

function count({ results }: WatchView, outcome: WatchView["results"][number]["outcome"]): number {
  return results.filter((result) => result.outcome === outcome).length;
}
