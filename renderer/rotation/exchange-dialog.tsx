import { useState } from "react";
import type { ErrorView } from "../../preload/model/errors.ts";
import type { RotationView } from "../../preload/model/rotation.ts";
import { SecretValue } from "../checklist/bodies/certificate-values.tsx";
import { CopyAttribute } from "../checklist/bodies/copy-attribute.tsx";
import { valueIn } from "../checklist/bodies/field-of.ts";
import { ReasonList } from "../checklist/reasons.tsx";
import { useSetup } from "../checklist/step-context.ts";
import { usePerson } from "../checklist/use-person.ts";
import { useT } from "../i18n.ts";
import { Button, CopyButton, DefinitionList, Dialog, FailureNotice, TextField } from "../ui/index.ts";
import styles from "./rotation.module.css";
import { useRotation } from "./use-rotation.ts";

/** A person confirms that the portal has the new PFX and its password; both are at hand here. */
export function ExchangeDialog({ rotation, onClose }: { rotation: RotationView; onClose: () => void }) {
  const t = useT();
  const { view } = useSetup();
  const person = usePerson();
  const { confirmExchanged } = useRotation(view.summary.id);
  const [by, setBy] = useState(person);
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<ErrorView | null>(null);
  const { allowed, reasons } = rotation.confirmExchanged;
  const password = view.attributes.find(({ id }) => id === "ConnectPFXPassword");
  const path = view.certificate?.pfx?.path ?? "";

  async function submit(): Promise<void> {
    setTried(true);
    if (!allowed || by.trim() === "") return;
    setPending(true);
    const failed = await confirmExchanged(by, note);
    setPending(false);
    setFailure(failed);
    if (failed === null) onClose();
  }

  return (
    <Dialog
      title={t("rotation.confirm.title")}
      isOpen
      onClose={onClose}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button onPress={onClose}>{t("common.cancel")}</Button>
          <Button
            type="submit"
            variant="primary"
            pending={pending}
            disabledReason={allowed ? null : t("rotation.confirm.missing")}
          >
            {t("rotation.confirm.action")}
          </Button>
        </>
      }
    >
      <p>{t("rotation.confirm.text")}</p>
      <DefinitionList
        items={[
          { term: t("rotation.confirm.instance"), value: valueIn(view, "instanceName") },
          {
            term: "ConnectPFX",
            value: (
              <span className={styles.value}>
                <code>{path}</code>
                {path === "" ? null : <CopyButton text={path} what={t("rotation.confirm.file")} iconOnly />}
              </span>
            ),
          },
          {
            term: "ConnectPFXPassword",
            value: password?.ready ? <CopyAttribute attribute={password} /> : <SecretValue />,
          },
        ]}
      />
      {reasons.length === 0 ? null : (
        <>
          <p>{t("rotation.confirm.missing")}</p>
          <ReasonList reasons={reasons} />
        </>
      )}
      <TextField
        label={t("rotation.confirm.name")}
        value={by}
        onChange={setBy}
        isRequired
        problem={tried && by.trim() === "" ? t("rotation.confirm.nameFirst") : null}
        maxLength={200}
      />
      <TextField label={t("rotation.confirm.note")} value={note} onChange={setNote} maxLength={2_000} />
      {failure === null ? null : <FailureNotice error={failure} />}
    </Dialog>
  );
}
