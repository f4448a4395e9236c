import type { ReactNode } from "react";
import { useId, useState } from "react";
import { TextField as AriaTextField, FieldError, Input, Label, Text, TextArea } from "react-aria-components";
import { useT } from "../i18n.ts";
import { Button } from "./button.tsx";
import { cx } from "./cx.ts";
import styles from "./field.module.css";
import { Icon } from "./icons.tsx";

interface CommonFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** What it means or where to find it; always shown. */
  help?: ReactNode;
  /** What is wrong; marks the field invalid and is read with it. */
  problem?: ReactNode;
  /** Not an error, but worth knowing. */
  hint?: ReactNode;
  placeholder?: string | undefined;
  isRequired?: boolean | undefined;
  isDisabled?: boolean | undefined;
  autoFocus?: boolean | undefined;
  onBlur?: (() => void) | undefined;
  onSubmit?: (() => void) | undefined;
  /** Identifies the control in the page, so that a link can lead to it. */
  id?: string | undefined;
  /** Controls to the right of the input. */
  after?: ReactNode;
}

export interface TextFieldProps extends CommonFieldProps {
  monospace?: boolean | undefined;
  multiline?: boolean | undefined;
  /** What is used while nothing is typed. */
  suggestion?: string | undefined;
  maxLength?: number | undefined;
  /** The visible label is elsewhere; this one is only read. */
  hideLabel?: boolean | undefined;
}

/** A text field whose help, hint and problem belong to it for screen readers too. */
export function TextField(props: TextFieldProps) {
  const t = useT();
  const { suggestion = "", multiline = false, monospace = false } = props;
  const placeholder = props.placeholder ?? suggestion;
  const inputProps = {
    className: cx(styles.input, monospace && styles.mono),
    placeholder,
    spellCheck: multiline && !monospace,
    autoComplete: "off",
    ...(props.maxLength === undefined ? {} : { maxLength: props.maxLength }),
  };
  return (
    <FieldFrame {...props} monospace={monospace}>
      <div className={styles.row}>
        {multiline ? <TextArea {...inputProps} rows={3} /> : <Input {...inputProps} />}
        {props.after}
      </div>
      <FieldNotes {...props} extra={suggestion !== "" && props.value === "" ? t("common.suggestion") : ""} />
    </FieldFrame>
  );
}

export interface PasswordFieldProps extends CommonFieldProps {
  autoComplete?: "new-password" | "off" | undefined;
}

/** A concealed field with a toggle that shows what is typed. */
export function PasswordField(props: PasswordFieldProps) {
  const t = useT();
  const [shown, setShown] = useState(false);
  return (
    <FieldFrame {...props} type={shown ? "text" : "password"}>
      <div className={styles.row}>
        <Input
          className={cx(styles.input, styles.mono)}
          placeholder={props.placeholder ?? ""}
          autoComplete={props.autoComplete ?? "off"}
          spellCheck={false}
        />
        <RevealToggle what={props.label} shown={shown} onChange={setShown} label={t("common.show")} />
        {props.after}
      </div>
      <FieldNotes {...props} extra="" />
    </FieldFrame>
  );
}

function RevealToggle(props: {
  what: string;
  shown: boolean;
  label: string;
  onChange: (shown: boolean) => void;
}) {
  const { shown, label, what } = props;
  return (
    <Button
      icon={shown ? "eye-off" : "eye"}
      label={`${label} (${what})`}
      pressed={shown}
      onPress={() => props.onChange(!shown)}
    >
      {label}
    </Button>
  );
}

function FieldFrame(
  props: CommonFieldProps & {
    type?: "text" | "password";
    monospace?: boolean;
    hideLabel?: boolean | undefined;
    children: ReactNode;
  },
) {
  const t = useT();
  const fallbackId = useId();
  const { onBlur, onSubmit, hideLabel = false } = props;
  return (
    <AriaTextField
      className={cx(styles.field)}
      id={props.id ?? fallbackId}
      value={props.value}
      onChange={props.onChange}
      type={props.type ?? "text"}
      isInvalid={isShown(props.problem)}
      isRequired={props.isRequired ?? false}
      validationBehavior="aria"
      isDisabled={props.isDisabled ?? false}
      {...(hideLabel ? { "aria-label": props.label } : {})}
      {...(props.autoFocus === true ? { autoFocus: true } : {})}
      {...(onBlur === undefined ? {} : { onBlur: () => onBlur() })}
      {...(onSubmit === undefined
        ? {}
        : {
            onKeyDown: (event: { key: string }) => {
              if (event.key === "Enter") onSubmit();
            },
          })}
    >
      {hideLabel ? null : (
        <Label className={styles.label}>
          {props.label}
          {props.isRequired === true ? (
            <span className={styles.required} aria-hidden="true">
              {t("common.required")}
            </span>
          ) : null}
        </Label>
      )}
      {props.children}
    </AriaTextField>
  );
}

function FieldNotes(props: { help?: ReactNode; problem?: ReactNode; hint?: ReactNode; extra: string }) {
  const hasHint = isShown(props.hint);
  return (
    <>
      {isShown(props.help) || hasHint || props.extra !== "" ? (
        <Text slot="description" className={styles.help} elementType="div">
          {hasHint ? (
            <div className={cx(styles.message, styles.hint)}>
              <Icon name="info" />
              <span>{props.hint}</span>
            </div>
          ) : null}
          {props.extra === "" ? null : <div>{props.extra}</div>}
          {isShown(props.help) ? <div>{props.help}</div> : null}
        </Text>
      ) : null}
      <FieldError className={cx(styles.message, styles.problem)}>
        <Icon name="problem" />
        <span>{props.problem}</span>
      </FieldError>
    </>
  );
}

function isShown(content: ReactNode): boolean {
  return content !== undefined && content !== null && content !== false && content !== "";
}
