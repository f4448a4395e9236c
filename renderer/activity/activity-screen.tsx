import { useEffect } from "react";
import type { AllActivityView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { loadActivity, useActivity } from "../store/activity.ts";
import { call, rollout } from "../store/api.ts";
import { useOpenSetup } from "../store/setups.ts";
import { showSaved } from "../store/toasts.ts";
import { Button, EmptyState, FailureNotice, Heading, Menu, Screen, Spinner } from "../ui/index.ts";
import styles from "./activity.module.css";
import { ChainNotice } from "./chain-notice.tsx";
import { Entries } from "./entries.tsx";
import { UnreadableNotice } from "./unreadable-notice.tsx";

type Format = "csv" | "jsonl";

/** What was done in a setup, or in all (null), when and by whom; and whether the log is still what it was. */
export function ActivityScreen({ setupId }: { setupId: string | null }) {
  const t = useT();
  const state = useActivity();
  const { view } = useOpenSetup();
  useEffect(() => {
    void loadActivity(setupId);
  }, [setupId]);
  const activity = state.setupId === setupId ? state.activity : null;
  const error = state.setupId === setupId ? state.error : null;
  const name = setupId !== null && view?.summary.id === setupId ? view.summary.name : t("app.name");

  async function save(format: Format): Promise<void> {
    const chosen = await call(
      setupId === null
        ? rollout().setups.exportAllActivity({ format })
        : rollout().setups.exportActivity({ setupId, format }),
    );
    if (chosen === null || chosen.canceled) return;
    showSaved("activity.exported", chosen.path);
  }

  return (
    <Screen title={t("activity.windowTitle", { setup: name })} wide>
      <div className={styles.page}>
        <Heading
          actions={
            <Menu
              label={t("activity.export")}
              items={[
                { id: "csv", label: t("activity.exportCsv"), onAction: () => void save("csv") },
                { id: "jsonl", label: t("activity.exportJsonl"), onAction: () => void save("jsonl") },
              ]}
            />
          }
        >
          {t(setupId === null ? "activity.titleAll" : "activity.title")}
        </Heading>
        {error === null ? null : (
          <FailureNotice
            error={error}
            actions={<Button onPress={() => void loadActivity(setupId)}>{t("common.tryAgain")}</Button>}
          />
        )}
        {activity === null ? (
          error === null && (
            <div className={styles.waiting}>
              <Spinner label={t("common.loading")} />
            </div>
          )
        ) : isEmpty(activity) ? (
          <EmptyState title={t("activity.empty.title")} text={t("activity.empty.text")} />
        ) : (
          <>
            <UnreadableNotice logs={activity.unreadable} />
            <ChainNotice activity={activity} ofAll={setupId === null} />
            <Entries entries={activity.entries} ofAll={setupId === null} />
          </>
        )}
      </div>
    </Screen>
  );
}

function isEmpty({ entries, broken, unreadable }: AllActivityView): boolean {
  return entries.length === 0 && broken.length === 0 && unreadable.length === 0;
}
