import { useEffect, useState } from "react";
import { useT } from "../i18n.ts";
import { cx } from "../ui/index.ts";
import styles from "./certificates.module.css";
import type { PasswordRating } from "./password-strength.ts";
import { ratePassword } from "./password-strength.ts";

/** Pause in typing after which the password is rated, in milliseconds. */
const ratePause = 120;

/** How hard a typed password is to guess. Nothing is shown while nothing is typed. */
export function StrengthMeter({ password, context }: { password: string; context: readonly string[] }) {
  const t = useT();
  const rating = useRating(password, context);
  if (rating === null) return null;
  const words = t(`password.strength.${rating.strength}`);
  return (
    <div className={styles.strength}>
      <div
        className={styles.meter}
        role="meter"
        aria-label={t("password.strength.label")}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={rating.share}
        aria-valuetext={words}
      >
        <div
          className={cx(styles.meterFill, styles[rating.strength])}
          style={{ width: `${rating.share}%` }}
        />
      </div>
      <small className={styles.note}>
        <strong>{words}</strong>
        {rating.weakness === null ? null : ` ${t(`password.weakness.${rating.weakness}`)}`}
      </small>
    </div>
  );
}

function useRating(password: string, context: readonly string[]): PasswordRating | null {
  const [rated, setRated] = useState<PasswordRating | null>(null);
  const words = context.join("\n");
  useEffect(() => {
    if (password === "") return undefined;
    let current = true;
    const timer = setTimeout(() => {
      void ratePassword(password, words.split("\n")).then((rating) => {
        if (current) setRated(rating);
      });
    }, ratePause);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [password, words]);
  return password === "" ? null : rated;
}
