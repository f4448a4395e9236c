import type { ReactNode } from "react";
import { GridList, GridListItem, ListLayout, Virtualizer } from "react-aria-components";
import type { BatchRowView } from "../../preload/model/bulk.ts";
import type { StepState } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { cx, StateIcon } from "../ui/index.ts";
import styles from "./bulk.module.css";

/** Height of a row in pixels before it has been measured. */
const estimatedRow = 56;

const icons: Record<BatchRowView["state"], StepState> = {
  waiting: "not-started",
  working: "in-progress",
  made: "done",
  verified: "done",
  failed: "needs-attention",
};

export interface RowListProps {
  rows: readonly BatchRowView[];
  /** Whether the batch has begun, so that rows have a state to tell. */
  begun: boolean;
  action?: ((row: BatchRowView) => ReactNode) | undefined;
}

/** The rows of a batch with what is wrong with them or how far they are. Only those in view exist in the page. */
export function RowList({ rows, begun, action }: RowListProps) {
  const t = useT();
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ estimatedRowHeight: estimatedRow }}>
      <GridList
        aria-label={t("bulk.rows.label")}
        className={cx(styles.list)}
        // Few rows leave no empty room; many scroll.
        style={{ height: `min(24rem, 50vh, ${rows.length} * 3.3rem + 2px)` }}
        items={rows}
        selectionMode="none"
        dependencies={[begun, action]}
      >
        {(row) => (
          <GridListItem
            id={row.number}
            textValue={row.name || t("bulk.rows.number", { row: row.number })}
            className={cx(styles.row)}
          >
            <Row row={row} begun={begun} />
            <span className={styles.action}>{action?.(row)}</span>
          </GridListItem>
        )}
      </GridList>
    </Virtualizer>
  );
}

function Row({ row, begun }: { row: BatchRowView; begun: boolean }) {
  const t = useT();
  const wrong = row.problems.length > 0;
  return (
    <>
      <span className={styles.state}>
        <StateIcon state={wrong ? "needs-attention" : begun ? icons[row.state] : "not-started"} />
      </span>
      <span className={styles.number}>{t("bulk.rows.number", { row: row.number })}</span>
      <span className={styles.cell}>
        <span className={styles.name}>{row.name}</span>
        <span className={styles.sub}>{namesOf(row)}</span>
      </span>
      <span className={styles.cell}>
        {row.name === "" ? null : (
          <span className={styles.file}>{t("bulk.rows.files", { file: row.file })}</span>
        )}
        <Note row={row} begun={begun} />
      </span>
    </>
  );
}

function namesOf({ dnsName, commonName }: BatchRowView): string {
  return commonName === dnsName ? dnsName : [dnsName, `CN=${commonName}`].filter(Boolean).join(" · ");
}

function Note({ row, begun }: { row: BatchRowView; begun: boolean }) {
  const t = useT();
  if (row.problems.length > 0) {
    return row.problems.map(({ code, details }) => (
      <span key={code} className={styles.problem}>
        {t(`bulk.problems.${code}`, details)}
      </span>
    ));
  }
  if (!begun) return null;
  if (row.error !== null) {
    return (
      <span className={styles.problem}>
        {t("bulk.rows.failed", { reason: t(`${row.error.messageKey}.title`, row.error.details) })}
      </span>
    );
  }
  return <span className={styles.sub}>{t(`bulk.states.${row.state}`)}</span>;
}
