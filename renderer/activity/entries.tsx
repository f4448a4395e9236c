import { useDeferredValue, useMemo, useState } from "react";
import type { AllActivityEntry } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { formatNumber } from "../store/format.ts";
import { Button, EmptyState } from "../ui/index.ts";
import styles from "./activity.module.css";
import { EntryFilters } from "./entry-filters.tsx";
import { EntryTable } from "./entry-table.tsx";
import { rememberedWords } from "./entry-words.ts";
import type { ActivityFilter } from "./select-entries.ts";
import { everything, selectEntries } from "./select-entries.ts";

/** Entries on one page. The page holds no more rows than that, however long the log is. */
export const pageSize = 100;

interface EntriesProps {
  entries: readonly AllActivityEntry[];
  ofAll: boolean;
}

/** The log itself, page by page, and what narrows it. */
export function Entries({ entries, ofAll }: EntriesProps) {
  const t = useT();
  const [filter, setFilter] = useState(everything);
  const [page, setPage] = useState(0);
  // Typing stays fluent however long the log is.
  const wanted = useDeferredValue(filter);
  const wordsOf = useMemo(() => rememberedWords(t), [t]);
  const selected = useMemo(() => selectEntries(entries, wanted, wordsOf), [entries, wanted, wordsOf]);
  const last = Math.max(0, Math.ceil(selected.length / pageSize) - 1);
  const current = Math.min(page, last);
  const rows = useMemo(
    () => selected.slice(current * pageSize, (current + 1) * pageSize),
    [selected, current],
  );
  function change(next: Partial<ActivityFilter>): void {
    setFilter((before) => ({ ...before, ...next }));
    setPage(0);
  }
  return (
    <>
      <EntryFilters entries={entries} filter={filter} onChange={change} ofAll={ofAll} />
      {selected.length === 0 ? (
        <EmptyState title={t("activity.nothing.title")} text={t("activity.nothing.text")} />
      ) : (
        <EntryTable rows={rows} offset={current * pageSize} ofAll={ofAll} />
      )}
      <div className={styles.footer}>
        <span role="status">
          {t("activity.count", {
            shown: shownText(current, rows.length),
            total: formatNumber(selected.length),
            count: selected.length,
          })}
        </span>
        {last === 0 ? null : (
          <>
            <Button
              icon="back"
              disabledReason={current === 0 ? t("activity.noNewer") : null}
              onPress={() => setPage(current - 1)}
            >
              {t("activity.newer")}
            </Button>
            <Button
              iconAfter="forward"
              disabledReason={current === last ? t("activity.noOlder") : null}
              onPress={() => setPage(current + 1)}
            >
              {t("activity.older")}
            </Button>
          </>
        )}
      </div>
    </>
  );
}

function shownText(page: number, rows: number): string {
  if (rows === 0) return formatNumber(0);
  const first = page * pageSize + 1;
  return `${formatNumber(first)}–${formatNumber(first + rows - 1)}`;
}
