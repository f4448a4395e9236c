import type { ShownView } from "../../preload/model/tenant.ts";
import styles from "./tenant.module.css";
import { useTenantWords } from "./words.ts";

/** Lines of "before" or "after" in words. */
export function ShownLines({ lines }: { lines: readonly ShownView[] }) {
  const { shown } = useTenantWords();
  return (
    <ul className={styles.plain}>
      {lines.map((line) => (
        <li key={JSON.stringify(line)}>{shown(line)}</li>
      ))}
    </ul>
  );
}
