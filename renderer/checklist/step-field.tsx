import type { FieldId } from "../../preload/model/guide.ts";
import type { FieldView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { saveField } from "../store/setups.ts";
import { Button, TextField } from "../ui/index.ts";
import styles from "./checklist.module.css";
import { useReasonText } from "./reason-text.ts";
import { useSavedValue } from "../store/saved-value.ts";
import { fieldElementId, useSetup } from "./step-context.ts";

const monospaced = new Set<FieldId>([
  "tenantDomain",
  "applicationId",
  "applicationObjectId",
  "tenantId",
  "uploadedThumbprint",
  "portalUrl",
  "tenantDisplay",
  "organizationDisplayName",
]);
const multiline = new Set<FieldId>(["instanceDescription"]);

interface StepFieldProps {
  field: FieldView;
  /** Name that is only read, where the visible one stands beside the field already. */
  label?: string;
}

/** One value of the setup, saved as it is typed, with what is wrong or worth knowing about it. */
export function StepField({ field, label }: StepFieldProps) {
  const t = useT();
  const { view } = useSetup();
  const reasonText = useReasonText();
  const setupId = view.summary.id;
  const value = useSavedValue(`${setupId} ${field.id}`, field.value, (text) =>
    saveField(setupId, field.id, text),
  );
  const { failure } = value;
  const problem =
    failure !== null
      ? t("step.fields.notSaved", { reason: t(`${failure.messageKey}.title`, failure.details) })
      : field.problem === null
        ? null
        : reasonText(field.problem);
  return (
    <div className={styles.field}>
      <TextField
        id={fieldElementId(field.id)}
        label={label ?? t(`fields.${field.id}.label`)}
        help={label === undefined ? t(`fields.${field.id}.help`) : undefined}
        hideLabel={label !== undefined}
        value={value.text}
        onChange={value.change}
        onBlur={value.flush}
        problem={problem}
        hint={field.hint === null ? null : reasonText(field.hint)}
        suggestion={field.suggestion}
        placeholder={field.suggestion === "" ? t(`fields.${field.id}.placeholder`) : field.suggestion}
        isRequired={field.required && field.suggestion === ""}
        monospace={monospaced.has(field.id)}
        multiline={multiline.has(field.id)}
        maxLength={2_000}
      />
      {failure === null ? null : <Button onPress={value.flush}>{t("step.fields.retry")}</Button>}
    </div>
  );
}
