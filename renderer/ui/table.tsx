import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import styles from "./panel.module.css";
import { VisuallyHidden } from "./words.tsx";

export interface TableColumn {
  id: string;
  label: string;
  /** The heading is only read, for columns of buttons. */
  hideLabel?: boolean | undefined;
}

export interface TableRow {
  id: string;
  /** One cell per column; the first is the row's heading. */
  cells: readonly ReactNode[];
}

export interface TableGroup {
  id: string;
  label: string;
  rows: readonly TableRow[];
}

export interface TableProps {
  /** Name of the table, read by screen readers. */
  label: string;
  columns: readonly TableColumn[];
  rows?: readonly TableRow[] | undefined;
  /** Rows under headings, instead of `rows`. */
  groups?: readonly TableGroup[] | undefined;
}

/** A plain table with real headings. It scrolls by itself when it is wider than the screen. */
export function Table({ label, columns, rows, groups }: TableProps) {
  return (
    // A region that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col">
                {column.hideLabel === true ? <VisuallyHidden>{column.label}</VisuallyHidden> : column.label}
              </th>
            ))}
          </tr>
        </thead>
        {rows === undefined ? null : <TableBody columns={columns} rows={rows} />}
        {groups?.map((group) => (
          <tbody key={group.id}>
            <tr className={cx(styles.group)}>
              <th scope="rowgroup" colSpan={columns.length}>
                {group.label}
              </th>
            </tr>
            <TableRows columns={columns} rows={group.rows} />
          </tbody>
        ))}
      </table>
    </div>
  );
}

function TableBody(props: { columns: readonly TableColumn[]; rows: readonly TableRow[] }) {
  return (
    <tbody>
      <TableRows {...props} />
    </tbody>
  );
}

function TableRows({ columns, rows }: { columns: readonly TableColumn[]; rows: readonly TableRow[] }) {
  return rows.map((row) => (
    <tr key={row.id}>
      {columns.map((column, index) =>
        index === 0 ? (
          <th key={column.id} scope="row">
            {row.cells[index]}
          </th>
        ) : (
          <td key={column.id}>{row.cells[index]}</td>
        ),
      )}
    </tr>
  ));
}
