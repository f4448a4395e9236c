import { ProgressBar as AriaProgressBar, Label } from "react-aria-components";
import { cx } from "./cx.ts";
import styles from "./progress.module.css";
import { VisuallyHidden } from "./words.tsx";

/** A turning ring; with a label it is read out. */
export function Spinner({ label }: { label?: string | undefined }) {
  return (
    <>
      <span className={styles.spinner} aria-hidden="true" />
      {label === undefined ? null : <VisuallyHidden>{label}</VisuallyHidden>}
    </>
  );
}

export interface ProgressBarProps {
  label: string;
  /** 0 to 100; without it the bar shows that something is going on. */
  value?: number | undefined;
  /** Only for screen readers. */
  hideLabel?: boolean | undefined;
  tone?: "accent" | "ok" | undefined;
}

/** Progress of work, or share of steps done. */
export function ProgressBar({ label, value, hideLabel = false, tone = "accent" }: ProgressBarProps) {
  return (
    <AriaProgressBar
      className={cx(styles.progress)}
      isIndeterminate={value === undefined}
      value={value ?? 0}
      {...(hideLabel ? { "aria-label": label } : {})}
    >
      {({ percentage }) => (
        <>
          {hideLabel ? null : <Label className={styles.label}>{label}</Label>}
          <div className={styles.track}>
            <div
              className={cx(styles.fill, tone === "ok" && styles.ok, value === undefined && styles.busy)}
              {...(value === undefined ? {} : { style: { width: `${percentage ?? 0}%` } })}
            />
          </div>
        </>
      )}
    </AriaProgressBar>
  );
}
