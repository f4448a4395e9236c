import type { SetupView } from "../../preload/model/setup.ts";
import type { PfxFileState } from "../../preload/model/transfer.ts";
import { absentPassword } from "../checklist/absent-password.ts";
import { useReasonText } from "../checklist/reason-text.ts";
import { useT } from "../i18n.ts";
import { Badge, Button, Icon, StateIcon } from "../ui/index.ts";
import type { IconName, Tone } from "../ui/index.ts";
import { FileValue } from "./file-value.tsx";
import { isTicked } from "./progress.ts";
import type { Progress } from "./progress.ts";
import { rowState } from "./row-state.ts";
import type { RowState } from "./row-state.ts";
import type { Row } from "./rows.ts";
import { SecretValue } from "./secret-value.tsx";
import styles from "./strip.module.css";
import type { StripActions } from "./use-strip.ts";

/** Identifies the main button's place in the row that is in turn. */
export const currentRowId = "current-row";

export interface CurrentRowProps {
  row: Row;
  view: SetupView;
  progress: Progress;
  actions: StripActions;
  fileState: PfxFileState | null;
}

const mainIcons: Record<Row["kind"], IconName> = {
  text: "copy",
  secret: "copy",
  file: "copy",
  save: "check",
  leave: "check",
  mend: "edit",
};

const tones: Record<NonNullable<RowState["word"]>, Tone> = {
  done: "ok",
  changed: "warn",
  mend: "warn",
  leave: "none",
};

/** The row that is in turn: its value in full, and what can be done with it. */
export function CurrentRow({ row, view, progress, actions, fileState }: CurrentRowProps) {
  const t = useT();
  const { icon, word } = rowState(row, progress);
  const ticked = isTicked(progress, row);
  const needsHand = row.kind === "mend" || row.kind === "file";
  return (
    <li className={styles.current} aria-current="step">
      <div className={styles.head}>
        <StateIcon state={icon} />
        <h3>{row.name}</h3>
        {word === null ? null : <Badge tone={tones[word]}>{t(`transfer.states.${word}`)}</Badge>}
      </div>
      <Value row={row} view={view} actions={actions} fileState={fileState} />
      <div className={styles.actions}>
        <span id={currentRowId} className={styles.main}>
          <Button
            variant="primary"
            icon={mainIcons[row.kind]}
            label={t(`transfer.actions.${row.kind}.name`, { what: row.name })}
            onPress={() => void actions.act(row)}
          >
            {t(`transfer.actions.${row.kind}.words`)}
          </Button>
        </span>
        {row.kind === "file" ? (
          <Button icon="folder" onPress={() => void actions.showFile()}>
            {t("transfer.actions.folder")}
          </Button>
        ) : null}
        {needsHand && !ticked ? (
          <Button onPress={() => actions.done(row)}>{t("transfer.actions.done")}</Button>
        ) : null}
        {ticked ? (
          <Button variant="quiet" onPress={actions.untick}>
            {t("transfer.actions.untick")}
          </Button>
        ) : null}
      </div>
    </li>
  );
}

function Value({ row, view, actions, fileState }: Omit<CurrentRowProps, "progress">) {
  const t = useT();
  switch (row.kind) {
    case "text":
      return <code className={styles.value}>{row.attribute?.value}</code>;
    case "secret":
      return <SecretValue view={view} />;
    case "file":
      return <FileValue path={row.attribute?.value ?? ""} onDrag={() => void actions.drag(row)} />;
    case "mend":
      return <Problem row={row} view={view} fileState={fileState} />;
    default:
      return <p className={styles.hint}>{t(`transfer.hints.${row.id}`)}</p>;
  }
}

/** Why the value cannot be handed over yet. */
function Problem({ row, view, fileState }: Pick<CurrentRowProps, "row" | "view" | "fileState">) {
  const t = useT();
  const reasonText = useReasonText();
  const problem = row.attribute?.problem ?? null;
  const words = (): string => {
    if (problem !== null) return reasonText(problem);
    if (row.attribute?.kind === "file" && fileState !== null) return t(`transfer.file.${fileState}`);
    const absent = row.attribute?.kind === "secret" ? absentPassword(view) : null;
    if (absent !== null) return t(`step.attributes.${absent}`);
    return t("transfer.noValue");
  };
  return (
    <p className={styles.problem}>
      <Icon name="warning" />
      <span>{words()}</span>
    </p>
  );
}
