import { useEffect, useMemo, useState } from "react";
import type { StepId } from "../../preload/model/guide.ts";
import { stepIds } from "../../preload/model/guide.ts";
import type { ActivityView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { loadActivity, useActivity } from "../store/activity.ts";
import { call, rollout } from "../store/api.ts";
import { formatDateTime, formatNumber } from "../store/format.ts";
import { useOpenSetup } from "../store/setups.ts";
import { showToast } from "../store/toasts.ts";
import {
  Button,
  EmptyState,
  Heading,
  Notice,
  Screen,
  Select,
  Spinner,
  Table,
  TextField,
} from "../ui/index.ts";
import styles from "./activity.module.css";
import { entryWords, kindLabel } from "./entry-words.ts";
import { selectEntries } from "./select-entries.ts";

/** Rows shown at first and added with every "Show more". */
const portion = 200;

/** What was done in a setup, when and by whom; and whether the log is still what it was. */
export function ActivityScreen({ setupId }: { setupId: string }) {
  const t = useT();
  const { activity, error } = useActivity();
  const { view } = useOpenSetup();
  useEffect(() => {
    void loadActivity(setupId);
  }, [setupId]);
  const name = view?.summary.id === setupId ? view.summary.name : t("app.name");

  async function save(): Promise<void> {
    const chosen = await call(rollout().setups.exportActivity({ setupId }));
    if (chosen === null || chosen.canceled) return;
    showToast({
      title: "activity.exported",
      text: "home.savedTo",
      params: { path: chosen.path },
      tone: "ok",
    });
  }

  return (
    <Screen title={t("activity.windowTitle", { setup: name })}>
      <div className={styles.page}>
        <Heading
          actions={
            <Button icon="download" onPress={() => void save()}>
              {t("activity.export")}
            </Button>
          }
        >
          {t("activity.title")}
        </Heading>
        {error === null ? null : (
          <Notice tone="bad" role="alert" title={t(`${error.messageKey}.title`, error.details)}>
            {t(`${error.messageKey}.help`, error.details)}
          </Notice>
        )}
        {activity === null ? (
          error === null && (
            <div className={styles.waiting}>
              <Spinner label={t("common.loading")} />
            </div>
          )
        ) : (
          <Entries activity={activity} />
        )}
      </div>
    </Screen>
  );
}

function ChainNotice({ chain }: { chain: ActivityView["chain"] }) {
  const t = useT();
  if (chain.intact) {
    return (
      <Notice tone="ok" title={t("activity.intact")}>
        {t("activity.intactHelp")}
      </Notice>
    );
  }
  return (
    <Notice tone="bad" title={t("activity.broken", { line: formatNumber(chain.brokenAt ?? 0) })}>
      {t("activity.brokenHelp")}
    </Notice>
  );
}

function Entries({ activity }: { activity: ActivityView }) {
  const t = useT();
  const [step, setStep] = useState<StepId | "all">("all");
  const [kind, setKind] = useState("all");
  const [search, setSearch] = useState("");
  const [limit, setLimit] = useState(portion);
  const { entries, chain } = activity;
  const kinds = useMemo(() => [...new Set(entries.map((entry) => entry.kind))].toSorted(), [entries]);
  const usedSteps = useMemo(() => new Set(entries.map((entry) => entry.step)), [entries]);
  const selected = useMemo(
    () => selectEntries(entries, { step, kind, search }, (entry) => entryWords(entry, t)),
    [entries, step, kind, search, t],
  );
  if (entries.length === 0)
    return <EmptyState title={t("activity.empty.title")} text={t("activity.empty.text")} />;
  const all = { id: "all" as const, label: t("activity.allSteps") };
  return (
    <>
      <ChainNotice chain={chain} />
      <div className={styles.filters} role="search">
        <TextField label={t("activity.search")} value={search} onChange={setSearch} />
        <Select
          label={t("activity.step")}
          value={step}
          onChange={setStep}
          options={[
            all,
            ...stepIds.filter((id) => usedSteps.has(id)).map((id) => ({ id, label: t(`steps.${id}.title`) })),
          ]}
        />
        <Select
          label={t("activity.kind")}
          value={kind}
          onChange={setKind}
          options={[
            { id: "all", label: t("activity.allKinds") },
            ...kinds.map((id) => ({ id, label: kindLabel(id, t) })),
          ]}
        />
      </div>
      {selected.length === 0 ? (
        <EmptyState title={t("activity.nothing.title")} text={t("activity.nothing.text")} />
      ) : (
        <Table
          label={t("activity.title")}
          columns={[
            { id: "at", label: t("activity.when") },
            { id: "what", label: t("activity.what") },
            { id: "step", label: t("activity.step") },
          ]}
          rows={selected.slice(0, limit).map((entry) => ({
            id: entry.hash,
            cells: [
              <time key="at" dateTime={entry.at} className={styles.when}>
                {formatDateTime(entry.at)}
              </time>,
              entryWords(entry, t),
              entry.step === null ? "" : t(`steps.${entry.step}.title`),
            ],
          }))}
        />
      )}
      <p className={styles.footer} role="status">
        {t("activity.count", {
          shown: formatNumber(Math.min(limit, selected.length)),
          count: selected.length,
        })}
        {selected.length > limit ? (
          <Button onPress={() => setLimit(limit + portion)}>{t("activity.more")}</Button>
        ) : null}
      </p>
    </>
  );
}
