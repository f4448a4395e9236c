import { useMemo } from "react";
import { stepIds } from "../../preload/model/guide.ts";
import type { AllActivityEntry } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { useInfo } from "../store/app.ts";
import { Select, TextField } from "../ui/index.ts";
import styles from "./activity.module.css";
import { kindLabel } from "./entry-words.ts";
import type { ActivityFilter } from "./select-entries.ts";
import { activityResults, resultOf } from "./select-entries.ts";

interface EntryFiltersProps {
  entries: readonly AllActivityEntry[];
  filter: ActivityFilter;
  onChange: (change: Partial<ActivityFilter>) => void;
  /** Whether there are entries of several setups to choose from. */
  ofAll: boolean;
}

/** Narrows the log; only what occurs in it can be chosen. */
export function EntryFilters({ entries, filter, onChange, ofAll }: EntryFiltersProps) {
  const t = useT();
  const { locale } = useInfo();
  const choices = useMemo(() => {
    const names = new Map(entries.map(({ setupId, setupName }) => [setupId, setupName]));
    const collator = new Intl.Collator(locale, { numeric: true, sensitivity: "base" });
    return {
      setups: [...names].toSorted(([, one], [, other]) => collator.compare(one, other)),
      kinds: [...new Set(entries.map(({ kind }) => kind))]
        .map((id) => ({ id, label: kindLabel(id, t) }))
        .toSorted((one, other) => collator.compare(one.label, other.label)),
      steps: new Set(entries.map(({ step }) => step)),
      results: new Set(entries.map((entry) => resultOf(entry))),
    };
  }, [entries, locale, t]);
  return (
    <div className={styles.filters} role="search">
      <TextField
        label={t("activity.search")}
        value={filter.search}
        onChange={(search) => onChange({ search })}
      />
      {ofAll ? (
        <Select
          label={t("activity.setup")}
          value={filter.setupId}
          onChange={(setupId) => onChange({ setupId })}
          options={[
            { id: "all", label: t("activity.allSetups") },
            ...choices.setups.map(([id, label]) => ({ id, label })),
          ]}
        />
      ) : null}
      <Select
        label={t("activity.step")}
        value={filter.step}
        onChange={(step) => onChange({ step })}
        options={[
          { id: "all", label: t("activity.allSteps") },
          ...stepIds
            .filter((id) => choices.steps.has(id))
            .map((id) => ({ id, label: t(`steps.${id}.title`) })),
        ]}
      />
      <Select
        label={t("activity.kind")}
        value={filter.kind}
        onChange={(kind) => onChange({ kind })}
        options={[{ id: "all", label: t("activity.allKinds") }, ...choices.kinds]}
      />
      <Select
        label={t("activity.result")}
        value={filter.result}
        onChange={(result) => onChange({ result })}
        options={[
          { id: "all", label: t("activity.allResults") },
          ...activityResults
            .filter((id) => choices.results.has(id))
            .map((id) => ({ id, label: t(`activity.results.${id}`) })),
        ]}
      />
    </div>
  );
}
