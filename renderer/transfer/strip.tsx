import { useEffect, useId, useRef } from "react";
import type { SetupView } from "../../preload/model/setup.ts";
import type { PfxFileState } from "../../preload/model/transfer.ts";
import { useT } from "../i18n.ts";
import { useCommand } from "../store/commands.ts";
import { Button, Kbd, Notice } from "../ui/index.ts";
import { CurrentRow, currentRowId } from "./current-row.tsx";
import { OtherRow } from "./other-row.tsx";
import { useProgress } from "./progress-store.ts";
import type { Progress } from "./progress.ts";
import { tickedCount } from "./progress.ts";
import type { Form } from "./rows.ts";
import { formsOf } from "./rows.ts";
import { StripHeader } from "./strip-header.tsx";
import { useStripKeys } from "./strip-keys.ts";
import styles from "./strip.module.css";
import { useClipboardNote } from "./use-clipboard-note.ts";
import { usePfxFile } from "./use-pfx-file.ts";
import type { StripActions } from "./use-strip.ts";
import { useStrip } from "./use-strip.ts";

/** Every value of both forms in the portal's order, one in turn. */
export function Strip({ view }: { view: SetupView }) {
  const t = useT();
  const setupId = view.summary.id;
  const file = usePfxFile(view);
  const { progress, turn } = useProgress(setupId);
  const forms = formsOf(view, file);
  const rows = forms.flatMap((form) => form.rows);
  const note = useClipboardNote();
  const actions = useStrip({ setupId, rows, progress, onCopied: note.copied });
  const current = rows.find(({ id }) => id === progress.current);
  const act = (): void => {
    if (current !== undefined) void actions.act(current);
  };
  useStripKeys({ ...actions, act });
  useCommand("copy-value", act);
  useCommand("open-portal", actions.openPortal);
  const title = t("transfer.windowTitle", { setup: view.summary.name });
  useEffect(() => {
    document.title = title;
  }, [title]);
  const done = tickedCount(progress, rows);
  const finished = done === rows.length;
  useTurnFocus(turn, finished);
  return (
    <div className={styles.strip}>
      <StripHeader view={view} done={done} total={rows.length} actions={actions} />
      <main className={styles.rows}>
        {finished ? <Finished actions={actions} /> : null}
        {forms.map((form) => (
          <FormRows
            key={form.step}
            form={form}
            view={view}
            progress={progress}
            actions={actions}
            fileState={file?.state ?? null}
          />
        ))}
      </main>
      <footer className={styles.footer}>
        {note.left === null ? null : (
          <p className={styles.clipboard}>{t("transfer.clears", { count: note.left })}</p>
        )}
        <Keys />
      </footer>
    </div>
  );
}

/** Identifies the place of the button on which a finished handing over ends. */
const recordId = "record-result";

/** After what the user did, the focus goes to the row in turn; with the last tick, to the way on. */
function useTurnFocus(turn: number, finished: boolean): void {
  const last = useRef<{ turn: number; finished: boolean } | null>(null);
  useEffect(() => {
    const before = last.current;
    last.current = { turn, finished };
    if (before?.turn === turn) return;
    const justFinished = finished && before?.finished === false;
    const place = document.getElementById(justFinished ? recordId : currentRowId);
    const row = place?.closest("li") ?? place;
    row?.scrollIntoView({ block: "nearest" });
    place?.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  }, [turn, finished]);
}

function Finished({ actions }: { actions: StripActions }) {
  const t = useT();
  return (
    <Notice
      tone="ok"
      title={t("transfer.finished.title")}
      actions={
        <div id={recordId}>
          <Button variant="primary" onPress={() => actions.showStep({ step: "rollout" })}>
            {t("transfer.finished.record")}
          </Button>
        </div>
      }
    >
      {t("transfer.finished.text")}
    </Notice>
  );
}

interface FormRowsProps {
  form: Form;
  view: SetupView;
  progress: Progress;
  actions: StripActions;
  fileState: PfxFileState | null;
}

function FormRows({ form, ...shared }: FormRowsProps) {
  const t = useT();
  const id = useId();
  const { progress, actions } = shared;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t(`transfer.forms.${form.step}`)}</h2>
      <ol className={styles.list}>
        {form.rows.map((row) =>
          row.id === progress.current ? (
            <CurrentRow key={row.id} row={row} {...shared} />
          ) : (
            <OtherRow key={row.id} row={row} progress={progress} onChoose={() => actions.choose(row)} />
          ),
        )}
      </ol>
    </section>
  );
}

const keys = [
  { keys: ["↵"], what: "act" },
  { keys: ["↑", "↓"], what: "move" },
  { keys: ["⌫"], what: "back" },
  { keys: ["Esc"], what: "close" },
] as const;

/** The strip's keys; a screen reader gets them as they are, at the end. */
function Keys() {
  const t = useT();
  return (
    <p className={styles.keys}>
      {keys.map((one) => (
        <span key={one.what}>
          {one.keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}{" "}
          {t(`transfer.keys.${one.what}`)}
        </span>
      ))}
    </p>
  );
}
