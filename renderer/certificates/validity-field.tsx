import { useId } from "react";
import type { Translate } from "../i18n.ts";
import { useT } from "../i18n.ts";
import { formatDate } from "../store/format.ts";
import { Segmented } from "../ui/index.ts";
import styles from "./certificates.module.css";
import type { Draft } from "./draft.ts";
import { changeDraft } from "./draft.ts";
import { daysLater, fits, isLong, validityOf, validityPresets } from "./validity.ts";

export interface ValidityFieldProps {
  setupId: string;
  draft: Draft;
  /** Calendar date in UTC. */
  today: string;
  /** The user tried to go on, so that what is missing is said. */
  tried: boolean;
  /** The longest validity in days that the tenant accepts; null: no limit, or not known. */
  maxDays?: number | null;
}

/** How long the certificate is valid: three usual spans, or a day. */
export function ValidityField({ setupId, draft, today, tried, maxDays = null }: ValidityFieldProps) {
  const t = useT();
  const { preset, lastDay } = draft;
  const validity = validityOf(preset, lastDay, today);
  const valid = "problem" in validity ? null : validity;
  return (
    <div className={styles.field}>
      <Segmented
        label={t("certificate.validity.label")}
        value={preset}
        onChange={(id) => {
          // A day to start from is easier to change than an empty field.
          const day = id === "date" && lastDay === "" && valid !== null ? { lastDay: valid.notAfter } : {};
          changeDraft(setupId, { preset: id, ...day });
        }}
        options={validityPresets
          .filter((id) => fits(id, maxDays))
          .map((id) => ({ id, label: t(`certificate.validity.${id}`) }))}
        {...(valid === null
          ? {}
          : {
              help: t(preset === "date" ? "certificate.validity.result" : "certificate.validity.within", {
                date: formatDate(valid.notAfter),
                count: valid.days,
              }),
            })}
      />
      {maxDays === null ? null : (
        <p className={styles.hint}>{t("certificate.limits.days", { count: Math.floor(maxDays) })}</p>
      )}
      {preset === "date" ? (
        <LastDay
          value={lastDay}
          earliest={daysLater(today, 1)}
          problem={
            "problem" in validity && (tried || validity.problem !== "missing")
              ? t(`certificate.validity.${validity.problem}`)
              : null
          }
          hint={valid === null ? null : dayHint(valid.days, maxDays, t)}
          onChange={(day) => changeDraft(setupId, { lastDay: day })}
        />
      ) : null}
    </div>
  );
}

/** What to know about a chosen day that a tenant may not accept. */
function dayHint(days: number, maxDays: number | null, t: Translate): string | null {
  if (maxDays !== null && days > maxDays)
    return t("certificate.limits.tooLong", { count: Math.floor(maxDays) });
  return maxDays === null && isLong(days) ? t("certificate.validity.long") : null;
}

interface LastDayProps {
  value: string;
  earliest: string;
  problem: string | null;
  hint: string | null;
  onChange: (day: string) => void;
}

function LastDay({ value, earliest, problem, hint, onChange }: LastDayProps) {
  const t = useT();
  const id = useId();
  const noteId = useId();
  const note = problem ?? hint;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {t("certificate.validity.day")}
      </label>
      <input
        id={id}
        type="date"
        className={styles.date}
        value={value}
        min={earliest}
        max="9999-12-30"
        aria-invalid={problem !== null}
        onChange={(event) => onChange(event.target.value)}
        {...(note === null ? {} : { "aria-describedby": noteId })}
      />
      {note === null ? null : (
        <small id={noteId} className={problem === null ? styles.hint : styles.problem}>
          {note}
        </small>
      )}
    </div>
  );
}
