import type { ReactNode } from "react";
import styles from "./checklist.module.css";

/** A heading with what belongs under it; a group, as landmarks for each would be too many. Focusable with an id. */
export function Section({ title, id, children }: { title: string; id?: string; children: ReactNode }) {
  return (
    <div
      role="group"
      aria-label={title}
      className={styles.section}
      {...(id === undefined ? {} : { id, tabIndex: -1 })}
    >
      <h2>{title}</h2>
      {children}
    </div>
  );
}
