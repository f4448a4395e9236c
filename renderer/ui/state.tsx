import type { ReactNode } from "react";
import type { StepState } from "../../preload/model/setup.ts";
import { cx } from "./cx.ts";
import styles from "./state.module.css";

export type Tone = "ok" | "warn" | "bad" | "wait" | "none";

/** The tone in which a state is drawn. */
export function toneOf(state: StepState): Tone {
  switch (state) {
    case "done":
      return "ok";
    case "needs-attention":
      return "warn";
    case "waiting":
      return "wait";
    default:
      return "none";
  }
}

/** A state in words. Never a button. */
export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={cx(styles.badge, styles[tone])}>{children}</span>;
}

const knockout = {
  fill: "none",
  stroke: "var(--surface)",
  strokeWidth: 1.8,
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;

/** Each state has its own shape, so that colour is never needed to tell them apart. */
const shapes: Record<StepState, ReactNode> = {
  done: (
    <>
      <circle cx="9" cy="9" r="8" fill="var(--ok)" />
      <path d="M5 9.4l2.6 2.6L13 6.6" {...knockout} />
    </>
  ),
  "needs-attention": (
    <>
      <path d="M9 1.5L17 16H1z" fill="var(--warn)" stroke="var(--warn)" strokeLinejoin="round" />
      <path d="M9 6.6v4M9 13.2v.1" {...knockout} />
    </>
  ),
  waiting: (
    <g fill="none" stroke="var(--wait)" strokeWidth="1.6" strokeLinecap="round">
      <circle cx="9" cy="9" r="7.2" />
      <path d="M9 5v4l2.6 1.8" />
    </g>
  ),
  "in-progress": (
    <>
      <circle cx="9" cy="9" r="7.2" fill="none" stroke="var(--accent)" strokeWidth="1.6" />
      <path d="M9 4.500a4.5 4.5 0 0 1 0 9z" fill="var(--accent)" />
    </>
  ),
  "not-started": <circle cx="9" cy="9" r="7.2" fill="none" stroke="var(--line-strong)" strokeWidth="1.4" />,
  "cannot-start": (
    <circle
      cx="9"
      cy="9"
      r="7.2"
      fill="none"
      stroke="var(--line-strong)"
      strokeWidth="1.4"
      strokeDasharray="2.2 2.4"
    />
  ),
  "not-applicable": (
    <g fill="none" stroke="var(--line-strong)" strokeWidth="1.4" strokeLinecap="round">
      <circle cx="9" cy="9" r="7.2" />
      <path d="M5.5 9h7" />
    </g>
  ),
};

/** Shape and colour of a step's state; decorative, the words stand beside it. */
export function StateIcon({ state }: { state: StepState }) {
  return (
    <svg className={styles.icon} viewBox="0 0 18 18" aria-hidden="true" focusable="false">
      {shapes[state]}
    </svg>
  );
}
