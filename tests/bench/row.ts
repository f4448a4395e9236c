/** One line of the report. `target` is a limit the value must not pass; null when there is none. */
export interface Row {
  what: string;
  value: number;
  unit: "ms" | "MB" | "kB" | "×" | "requests" | "s";
  target: number | null;
}

/** The middle value; the mean of the two middle ones for an even count. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  const high = sorted[Math.floor(middle)] ?? Number.NaN;
  return (low + high) / 2;
}
