import type { Row, RowId } from "./rows.ts";

/** How far the handing over has got. Nothing in it is secret. */
export interface Progress {
  /** What was handed over, with the stamp of the value that it was. */
  ticks: Readonly<Partial<Record<RowId, string>>>;
  /** The row that is in turn. */
  current: RowId;
}

export const atStart: Progress = { ticks: {}, current: "TargetSystemInstance" };

export function isTicked({ ticks }: Progress, row: Row): boolean {
  return ticks[row.id] === row.stamp;
}

/** It was handed over, and has become another value since. */
export function isStale({ ticks }: Progress, row: Row): boolean {
  const stamp = ticks[row.id];
  return stamp !== undefined && stamp !== row.stamp;
}

export function tickedCount(progress: Progress, rows: readonly Row[]): number {
  return rows.filter((row) => isTicked(progress, row)).length;
}

/** The row to go on with: the next one that is not ticked, from the top again after the last; null when all are. */
export function nextOpen(progress: Progress, rows: readonly Row[]): Row | null {
  const here = rows.findIndex(({ id }) => id === progress.current);
  const inTurn = [...rows.slice(here + 1), ...rows.slice(0, here + 1)];
  return inTurn.find((row) => !isTicked(progress, row)) ?? null;
}

/** The current row is done; the next one is in turn. */
export function tick(progress: Progress, rows: readonly Row[]): Progress {
  const row = rows.find(({ id }) => id === progress.current);
  if (row === undefined) return progress;
  const ticked = { ...progress, ticks: { ...progress.ticks, [row.id]: row.stamp } };
  return { ...ticked, current: nextOpen(ticked, rows)?.id ?? row.id };
}

/** The current row is not done after all; it stays in turn. */
export function untick(progress: Progress): Progress {
  const { [progress.current]: _gone, ...ticks } = progress.ticks;
  return { ...progress, ticks };
}

/** One row back, which is not done after all: for a value that went into the wrong field. */
export function back(progress: Progress, rows: readonly Row[]): Progress {
  return untick(move(progress, rows, -1));
}

/** Another row is in turn; at both ends it stays. */
export function move(progress: Progress, rows: readonly Row[], by: number): Progress {
  const here = rows.findIndex(({ id }) => id === progress.current);
  const row = rows[Math.min(Math.max(here + by, 0), rows.length - 1)];
  return row === undefined ? progress : { ...progress, current: row.id };
}
