import { useState } from "react";
import type { BatchView } from "../../preload/model/bulk.ts";
import { keySizes, pfxProfiles } from "../../preload/model/certificates.ts";
import { cloudIds } from "../../preload/model/guide.ts";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { ValidityField } from "../certificates/validity-field.tsx";
import { useT } from "../i18n.ts";
import { chooseFolder, chooseList, closeBatch, openEarlier, startBatch, useBatch } from "../store/batch.ts";
import { Button, Card, Checkbox, Notice, Segmented, Select } from "../ui/index.ts";
import styles from "./bulk.module.css";
import { draftId, useChoices } from "./choices.ts";
import { ListPassword } from "./list-password.tsx";
import { RowList } from "./row-list.tsx";

/** A list that was read: what is in it, what shall become of it, and where. Nothing has been made yet. */
export function PlanPanel({ batch }: { batch: BatchView }) {
  const t = useT();
  const { busy, failure } = useBatch();
  const form = useChoices();
  const [tried, setTried] = useState(false);
  const reason = form.reason(batch);

  function start(): void {
    setTried(true);
    const choices = form.complete();
    if (reason === null && choices !== null) void startBatch(batch.batchId, choices);
  }

  return (
    <>
      <RowsCard batch={batch} />
      <CertificateCard form={form} tried={tried} />
      <KeepCard batch={batch} form={form} />
      <FolderCard batch={batch} />
      {failure === null ? null : <FailureNotice error={failure.error} />}
      <div className={styles.actions}>
        <Button
          variant="primary"
          pending={busy === "run"}
          disabledReason={reason === null ? null : t(`bulk.start.${reason}`)}
          onPress={start}
        >
          {t("bulk.start.action", { count: batch.rows.length })}
        </Button>
        {reason === null ? null : <span className={styles.note}>{t(`bulk.start.${reason}`)}</span>}
      </div>
    </>
  );
}

type Form = ReturnType<typeof useChoices>;

function RowsCard({ batch }: { batch: BatchView }) {
  const t = useT();
  const { busy } = useBatch();
  const wrong = batch.rows.filter(({ problems }) => problems.length > 0).length;
  return (
    <Card
      title={t("bulk.plan.list", { name: batch.source })}
      actions={
        <>
          <Button pending={busy === "list"} onPress={() => void chooseList()}>
            {t("bulk.plan.another")}
          </Button>
          <Button variant="quiet" onPress={() => void closeBatch()}>
            {t("bulk.plan.discard")}
          </Button>
        </>
      }
    >
      {wrong === 0 ? (
        <p className={styles.note}>{t("bulk.plan.count", { count: batch.rows.length })}</p>
      ) : (
        <Notice tone="bad" role="alert" title={t("bulk.plan.wrong", { count: wrong })}>
          {t("bulk.plan.wrongHelp")}
        </Notice>
      )}
      {/* What has to be mended comes first; the numbers lead to it in the list. */}
      <RowList rows={wrong === 0 ? batch.rows : problemsFirst(batch)} begun={false} />
    </Card>
  );
}

function problemsFirst({ rows }: BatchView): BatchView["rows"] {
  const has = (row: BatchView["rows"][number]) => row.problems.length > 0;
  return [...rows.filter(has), ...rows.filter((row) => !has(row))];
}

function CertificateCard({ form, tried }: { form: Form; tried: boolean }) {
  const t = useT();
  const { choices, change, draft, today } = form;
  return (
    <Card title={t("bulk.plan.certificates")}>
      <div className={styles.form}>
        <ValidityField setupId={draftId} draft={draft} today={today} tried={tried} />
        <Segmented
          label={t("certificate.key.label")}
          value={`${choices.keySize}`}
          onChange={(value) => {
            const keySize = keySizes.find((size) => `${size}` === value);
            if (keySize !== undefined) change({ keySize });
          }}
          options={keySizes.map((size) => ({ id: `${size}`, label: `RSA ${size}` }))}
          help={t(choices.keySize === 4096 ? "certificate.key.help-4096" : "certificate.key.help")}
        />
        <Segmented
          label={t("certificate.protection.label")}
          value={choices.profile}
          onChange={(profile) => change({ profile })}
          options={pfxProfiles.map((id) => ({ id, label: t(`certificate.protection.${id}`) }))}
          help={t(`certificate.protection.${choices.profile}-help`)}
        />
      </div>
    </Card>
  );
}

function KeepCard({ batch, form }: { batch: BatchView; form: Form }) {
  const t = useT();
  const { choices, change, canVault } = form;
  const help = !canVault ? "no-vault" : choices.setups ? choices.passwords : "no-setups";
  return (
    <Card title={t("bulk.plan.keep")}>
      <Checkbox
        isSelected={choices.setups}
        onChange={(setups) => change({ setups })}
        help={t("bulk.setups.help")}
      >
        {t("bulk.setups.label", { count: batch.rows.length })}
      </Checkbox>
      <div className={styles.form}>
        <Segmented
          label={t("bulk.passwords.label")}
          value={choices.passwords}
          onChange={(passwords) => change({ passwords })}
          options={(["vault", "list"] as const).map((id) => ({
            id,
            label: t(`bulk.passwords.${id}`),
            isDisabled: id === "vault" && (!canVault || !choices.setups),
          }))}
          help={t(`bulk.passwords.${help}-help`)}
        />
        {choices.setups ? (
          <Select
            label={t("home.create.cloud")}
            help={t("home.create.cloudHelp")}
            value={choices.cloud}
            onChange={(cloud) => change({ cloud })}
            options={cloudIds.map((id) => ({ id, label: t(`clouds.${id}.name`) }))}
          />
        ) : null}
      </div>
      {choices.passwords === "list" ? (
        <>
          <ListPassword batchId={batch.batchId} />
          <Checkbox
            isSelected={choices.stored}
            onChange={(stored) => change({ stored })}
            help={t("bulk.listPassword.storedHelp")}
          >
            {t("bulk.listPassword.stored")}
          </Checkbox>
        </>
      ) : null}
    </Card>
  );
}

function FolderCard({ batch }: { batch: BatchView }) {
  const t = useT();
  const { busy } = useBatch();
  const { folder, batchId } = batch;
  return (
    <Card
      title={t("bulk.folder.title")}
      actions={
        <Button icon="folder" pending={busy === "folder"} onPress={() => void chooseFolder(batchId)}>
          {t(folder === null ? "bulk.folder.choose" : "bulk.folder.another")}
        </Button>
      }
    >
      {folder === null ? (
        <p className={styles.note}>{t("bulk.folder.help")}</p>
      ) : (
        <code className={styles.path}>{folder.path}</code>
      )}
      {folder?.holdsBatch === true ? (
        <Notice
          tone="warn"
          role="status"
          title={t("bulk.folder.holdsBatch")}
          actions={<Button onPress={() => void openEarlier(batchId)}>{t("bulk.folder.continue")}</Button>}
        >
          {t("bulk.folder.holdsBatchHelp")}
        </Notice>
      ) : null}
    </Card>
  );
}
