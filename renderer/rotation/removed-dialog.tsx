import { useState } from "react";
import type { ErrorView } from "../../preload/model/errors.ts";
import type { RotationView } from "../../preload/model/rotation.ts";
import { Thumbprint } from "../certificates/facts.tsx";
import { useSetup } from "../checklist/step-context.ts";
import { usePerson } from "../checklist/use-person.ts";
import { useT } from "../i18n.ts";
import { Button, Checkbox, DefinitionList, Dialog, FailureNotice, TextField } from "../ui/index.ts";
import styles from "./rotation.module.css";
import { useRotation } from "./use-rotation.ts";

/** The old key was taken out by hand: which one it must have been, and who says so. */
export function RemovedDialog({ rotation, onClose }: { rotation: RotationView; onClose: () => void }) {
  const t = useT();
  const { view } = useSetup();
  const person = usePerson();
  const { confirmRemoved } = useRotation(view.summary.id);
  const [by, setBy] = useState(person);
  const [ticked, setTicked] = useState(false);
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<ErrorView | null>(null);
  const thumbprint = (sha1: string) => ({ value: <Thumbprint value={sha1} />, copy: sha1, monospace: true });

  async function submit(): Promise<void> {
    setTried(true);
    if (!ticked || by.trim() === "") return;
    const failed = await confirmRemoved(by);
    setFailure(failed);
    if (failed === null) onClose();
  }

  return (
    <Dialog
      title={t("rotation.byHand.title")}
      isOpen
      onClose={onClose}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button onPress={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="primary">
            {t("rotation.byHand.action")}
          </Button>
        </>
      }
    >
      <p>{t("rotation.byHand.text")}</p>
      <DefinitionList
        items={[
          { term: t("rotation.byHand.delete"), ...thumbprint(rotation.old.sha1) },
          { term: t("rotation.byHand.keep"), ...thumbprint(view.certificate?.sha1 ?? "") },
        ]}
      />
      <Checkbox isSelected={ticked} onChange={setTicked}>
        {t("rotation.byHand.sentence")}
      </Checkbox>
      {tried && !ticked ? (
        <p className={styles.obstacle} role="alert">
          {t("rotation.byHand.tickFirst")}
        </p>
      ) : null}
      <TextField
        label={t("rotation.confirm.name")}
        value={by}
        onChange={setBy}
        isRequired
        problem={tried && by.trim() === "" ? t("rotation.confirm.nameFirst") : null}
        maxLength={200}
      />
      {failure === null ? null : <FailureNotice error={failure} />}
    </Dialog>
  );
}
