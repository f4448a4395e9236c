import { memo } from "react";
import type { AllActivityEntry } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { formatDateTime } from "../store/format.ts";
import { navigate } from "../store/route.ts";
import type { Tone } from "../ui/index.ts";
import { Badge, CopyButton, Link, Table } from "../ui/index.ts";
import styles from "./activity.module.css";
import { entryWords } from "./entry-words.ts";
import type { ActivityResult } from "./select-entries.ts";
import { requestIdOf, resultOf } from "./select-entries.ts";

const tones: Record<ActivityResult, Tone> = { done: "none", found: "none", waiting: "wait", failed: "bad" };

/** Titles are `activity.<column>`. */
const columns = ["when", "setup", "what", "step", "result", "request"] as const;
type Column = (typeof columns)[number];

interface EntryTableProps {
  rows: readonly AllActivityEntry[];
  /** Place of the first row in the whole log. */
  offset: number;
  ofAll: boolean;
}

/** One page of the log; drawn anew only when other entries are on it. */
export const EntryTable = memo(function EntryTable({ rows, offset, ofAll }: EntryTableProps) {
  const t = useT();
  // On a small screen the others need the room of a column without anything in it.
  const hasRequests = rows.some((entry) => requestIdOf(entry) !== "");
  const shown = columns.filter(
    (column) => (ofAll || column !== "setup") && (hasRequests || column !== "request"),
  );
  return (
    <Table
      label={t("activity.title")}
      columns={shown.map((id) => ({ id, label: t(`activity.${id}`) }))}
      rows={rows.map((entry, index) => ({
        // A damaged log may hold a line twice.
        id: `${entry.setupId} ${entry.hash} ${offset + index}`,
        cells: shown.map((column) => <Cell key={column} column={column} entry={entry} />),
      }))}
    />
  );
});

function Cell({ column, entry }: { column: Column; entry: AllActivityEntry }) {
  const t = useT();
  const { at, setupId, setupName, practice, step } = entry;
  switch (column) {
    case "when":
      return (
        <time dateTime={at} className={styles.when}>
          {formatDateTime(at)}
        </time>
      );
    case "setup":
      return (
        <>
          <Link onPress={() => navigate({ screen: "activity", setupId })}>{setupName}</Link>{" "}
          {practice ? <Badge tone="wait">{t("frame.practiceMark")}</Badge> : null}
        </>
      );
    case "what":
      return entryWords(entry, t);
    case "step":
      return step === null ? "" : t(`steps.${step}.title`);
    case "result": {
      const result = resultOf(entry);
      return <Badge tone={tones[result]}>{t(`activity.results.${result}`)}</Badge>;
    }
    default:
      return <RequestId id={requestIdOf(entry)} />;
  }
}

function RequestId({ id }: { id: string }) {
  const t = useT();
  if (id === "") return null;
  return (
    <span className={styles.request}>
      <code>{id}</code>
      <CopyButton text={id} what={t("activity.requestOf", { id })} iconOnly />
    </span>
  );
}
