import { useState } from "react";
import { rotationStepIds } from "../../preload/model/rotation.ts";
import { useSetup } from "../checklist/step-context.ts";
import { usePerson } from "../checklist/use-person.ts";
import { useT } from "../i18n.ts";
import { Button, Card, TextField } from "../ui/index.ts";
import styles from "./rotation.module.css";
import { useRotation } from "./use-rotation.ts";

/** Before the exchange: what it will be, and its begin. */
export function StartRotation() {
  const t = useT();
  const { view } = useSetup();
  const person = usePerson();
  const [by, setBy] = useState(person);
  const [tried, setTried] = useState(false);
  const { start, pending } = useRotation(view.summary.id);
  const obstacle =
    view.certificate === null
      ? t("rotation.start.unknownPlace")
      : view.summary.rolledOut
        ? null
        : t("rotation.start.notRolledOut");
  function submit(): void {
    setTried(true);
    if (obstacle === null && by.trim() !== "") void start(by);
  }
  return (
    <>
      <ol className={styles.preview}>
        {rotationStepIds.map((id) => (
          <li key={id}>{t(`rotation.steps.${id}.title`)}</li>
        ))}
      </ol>
      <Card>
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <p>{t("rotation.start.what")}</p>
          {obstacle === null ? null : <p className={styles.obstacle}>{obstacle}</p>}
          <TextField
            label={t("rotation.start.name")}
            value={by}
            onChange={setBy}
            isRequired
            problem={tried && by.trim() === "" ? t("rotation.start.nameFirst") : null}
            maxLength={200}
          />
          <div className={styles.buttons}>
            <Button type="submit" variant="primary" pending={pending} disabledReason={obstacle}>
              {t("rotation.start.action")}
            </Button>
          </div>
        </form>
      </Card>
    </>
  );
}
