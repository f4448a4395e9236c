import { Button as AriaButton } from "react-aria-components";
import { useT } from "../i18n.ts";
import { cx, StateIcon } from "../ui/index.ts";
import type { Progress } from "./progress.ts";
import { rowState } from "./row-state.ts";
import type { Row } from "./rows.ts";
import styles from "./strip.module.css";

/** A row that is not in turn: one line. The mouse chooses it; the keyboard comes by with the arrows. */
export function OtherRow({
  row,
  progress,
  onChoose,
}: {
  row: Row;
  progress: Progress;
  onChoose: () => void;
}) {
  const t = useT();
  const { icon, word } = rowState(row, progress);
  const value = row.kind === "text" ? (row.attribute?.value ?? "") : "";
  const state = word === null ? "" : t(`transfer.states.${word}`);
  return (
    <li>
      <AriaButton
        className={cx(styles.other)}
        excludeFromTabOrder
        onPress={onChoose}
        aria-label={[`${row.name} ${value}`.trim(), state].filter((part) => part !== "").join(", ")}
      >
        <StateIcon state={icon} />
        <span className={styles.name}>{row.name}</span> <span className={styles.glimpse}>{value}</span>
      </AriaButton>
    </li>
  );
}
