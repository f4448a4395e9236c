import { useState } from "react";
import type { CertificateFacts } from "../../preload/model/certificates.ts";
import { useT } from "../i18n.ts";
import { cx } from "../ui/index.ts";
import styles from "./certificates.module.css";
import { daysLeftText, validityRange } from "./facts.tsx";
import { remainingShare } from "./validity.ts";

export interface ValidityBarProps {
  facts: CertificateFacts;
  days: number;
  tone: "ok" | "warn" | "bad";
}

/** From when to when, how many days are left, and the same as a bar; full again, in red, once it is over. */
export function ValidityBar({ facts, days, tone }: ValidityBarProps) {
  const t = useT();
  const [now] = useState(() => Date.now());
  const share = Math.round(remainingShare(facts.notBefore, facts.notAfter, now));
  return (
    <span className={styles.validity}>
      <span>
        {validityRange(facts, t)} {daysLeftText(days, t)}
      </span>
      <span className={styles.validityBar} aria-hidden="true">
        <span
          className={cx(styles.validityFill, styles[tone])}
          style={{ width: `${days < 0 ? 100 : Math.max(2, share)}%` }}
        />
      </span>
    </span>
  );
}
