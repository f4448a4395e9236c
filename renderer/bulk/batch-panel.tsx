import { useCallback, useEffect, useState } from "react";
import type { BatchChoices, BatchRowView, BatchView } from "../../preload/model/bulk.ts";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { useT } from "../i18n.ts";
import { call, rollout, succeeded } from "../store/api.ts";
import { cancelBatch, closeBatch, resumeBatch, useBatch } from "../store/batch.ts";
import { announce, Button, Card, CopyButton, Notice, PasswordField, ProgressBar } from "../ui/index.ts";
import styles from "./bulk.module.css";
import { ListPassword } from "./list-password.tsx";
import type { Outcome } from "./outcome.ts";
import { outcomeOf } from "./outcome.ts";
import { RowList } from "./row-list.tsx";

/** A batch that has begun: how far it is, or how it ended, and everything that can be done with it then. */
export function BatchPanel({ batch, choices }: { batch: BatchView; choices: BatchChoices }) {
  const t = useT();
  const { failure } = useBatch();
  const { batchId } = batch;
  const outcome = outcomeOf(batch);
  const copyable = !batch.running && !batch.needsListPassword;
  const action = useCallback(
    (row: BatchRowView) =>
      copyable && (row.state === "made" || row.state === "verified") ? (
        <CopyButton
          text=""
          what={t("bulk.rows.password", { name: row.name })}
          copy={async () => (await call(rollout().bulk.copyPassword({ batchId, row: row.number }))) !== null}
          iconOnly
        />
      ) : null,
    [batchId, copyable, t],
  );
  return (
    <>
      {batch.running ? <Running outcome={outcome} /> : <Ended batch={batch} outcome={outcome} />}
      {failure === null ? null : <FailureNotice error={failure.error} />}
      <Card title={t("bulk.rows.title", { count: batch.rows.length })}>
        <RowList rows={batch.rows} begun action={action} />
      </Card>
      {choices.passwords === "list" && copyable ? (
        <Card title={t("bulk.listPassword.title")}>
          <ListPassword batchId={batchId} />
        </Card>
      ) : null}
    </>
  );
}

function Running({ outcome }: { outcome: Outcome }) {
  const t = useT();
  const { canceling } = useBatch();
  const { finished, total } = outcome;
  return (
    <div className={styles.working}>
      <div className={styles.workingBar}>
        <ProgressBar
          label={t(canceling ? "bulk.run.canceling" : "bulk.run.progress", { done: finished, total })}
          value={(finished / total) * 100}
        />
      </div>
      <Button isDisabled={canceling} onPress={() => void cancelBatch()}>
        {t("common.cancel")}
      </Button>
    </div>
  );
}

const tones = { complete: "ok", failed: "bad", stopped: "warn", closed: "none" } as const;

function Ended({ batch, outcome }: { batch: BatchView; outcome: Outcome }) {
  const t = useT();
  const { busy } = useBatch();
  const { batchId, choices } = batch;
  const { kind, good, failed, total } = outcome;
  const title = t(`bulk.ended.${kind}`, { count: kind === "failed" ? failed : good, total });
  useEffect(() => announce(title, "polite"), [title]);
  const show = (what: "folder" | "list") => void succeeded(rollout().bulk.show({ batchId, what }));
  return (
    <>
      <Notice tone={tones[kind]} title={title}>
        {t(`bulk.ended.${kind}-help`)}
      </Notice>
      {batch.needsListPassword ? (
        <OpenForm batchId={batchId} />
      ) : kind === "complete" ? null : (
        <div className={styles.actions}>
          <Button variant="primary" pending={busy === "run"} onPress={() => void resumeBatch(batchId)}>
            {t(kind === "closed" ? "bulk.ended.check" : "bulk.ended.continue")}
          </Button>
        </div>
      )}
      <div className={styles.actions}>
        <Button icon="folder" onPress={() => show("folder")}>
          {t("bulk.ended.show")}
        </Button>
        {choices?.passwords === "list" ? (
          <Button icon="lock" onPress={() => show("list")}>
            {t("bulk.ended.showList")}
          </Button>
        ) : null}
        <Button variant="quiet" onPress={() => void closeBatch()}>
          {t("bulk.ended.close")}
        </Button>
      </div>
    </>
  );
}

/** The password of an earlier batch's list, before it can go on. */
function OpenForm({ batchId }: { batchId: string }) {
  const t = useT();
  const { busy } = useBatch();
  const [password, setPassword] = useState("");
  const [empty, setEmpty] = useState(false);
  return (
    <form
      className={styles.openForm}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setEmpty(password === "");
        if (password !== "") void resumeBatch(batchId, password);
      }}
    >
      <PasswordField
        label={t("bulk.listPassword.label")}
        help={t("bulk.listPassword.openHelp")}
        value={password}
        onChange={setPassword}
        problem={empty && password === "" ? t("errors.password-required.title") : null}
      />
      <div className={styles.actions}>
        <Button variant="primary" type="submit" pending={busy === "run"}>
          {t("bulk.ended.check")}
        </Button>
      </div>
    </form>
  );
}
