import { CopyButton } from "./copy-button.tsx";
import styles from "./panel.module.css";

/** Code to read and copy, with its name above it. */
export function CodeBlock({ text, what }: { text: string; what: string }) {
  return (
    <div className={styles.code}>
      <div className={styles.codeHead}>
        <span>{what}</span>
        <CopyButton text={text} what={what} />
      </div>
      {/* Long code scrolls, so it must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} role="region" aria-label={what}>
        <code>{text}</code>
      </pre>
    </div>
  );
}
