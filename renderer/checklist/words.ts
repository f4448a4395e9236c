import { useMemo } from "react";
import { useT } from "../i18n.ts";
import { formatDate, formatTime } from "../store/format.ts";
import type { Words } from "./step-status.ts";

/** A date as short as it can be understood: "10:12" today, else "23 Nov 2027". */
export function shortWhen(iso: string, now: Date = new Date()): string {
  const date = new Date(iso);
  return date.toDateString() === now.toDateString() ? formatTime(date) : formatDate(date);
}

/** The language and the dates of the app, for texts that are composed outside of components. */
export function useWords(): Words {
  const t = useT();
  return useMemo(() => ({ t, when: (iso) => shortWhen(iso) }), [t]);
}
