import { useT } from "../i18n.ts";
import { Checkbox, PasswordField, Segmented } from "../ui/index.ts";
import styles from "./certificates.module.css";
import type { PasswordChoice } from "./password-choice.ts";
import { minPasswordLength, passwordHint, passwordProblem } from "./password-rules.ts";
import { StrengthMeter } from "./strength-meter.tsx";

/** Characters of a generated password; main makes it. */
const generatedLength = 24;

export interface PasswordChooserProps {
  choice: PasswordChoice;
  /** When the password is made, in words; empty when that is plain. */
  when: string;
  /** Words that an attacker would try first. */
  context: readonly string[];
  /** The user tried to go on, so that what is missing is said. */
  tried: boolean;
}

/** A generated password, or one's own with how strong it is. */
export function PasswordChooser({ choice, when, context, tried }: PasswordChooserProps) {
  const t = useT();
  return (
    <div className={styles.chooser}>
      <Segmented
        label={t("password.label")}
        value={choice.mode}
        onChange={choice.setMode}
        options={[
          { id: "generated", label: t("password.mode.generated") },
          { id: "typed", label: t("password.mode.typed") },
        ]}
        {...(choice.mode === "generated"
          ? { help: `${t("password.generate.help", { length: generatedLength })} ${when}`.trim() }
          : {})}
      />
      {choice.mode === "typed" ? <TypedPassword choice={choice} context={context} tried={tried} /> : null}
      <Checkbox
        isSelected={choice.keep}
        onChange={choice.setKeep}
        isDisabled={!choice.canKeep}
        help={t(choice.canKeep ? "password.keep-help" : "password.keep-session")}
      >
        {t("password.keep")}
      </Checkbox>
    </div>
  );
}

function TypedPassword({ choice, context, tried }: Omit<PasswordChooserProps, "when">) {
  const t = useT();
  const { text } = choice;
  const problem = passwordProblem(text);
  // Too short is only wrong once the user is done typing; a character that cannot stay is wrong at once.
  const shown = problem !== null && (tried || problem.id !== "too-short") ? problem : null;
  const hint = problem === null ? passwordHint(text) : null;
  return (
    <div className={styles.field}>
      <PasswordField
        label={t("password.field")}
        value={text}
        onChange={choice.setText}
        autoComplete="new-password"
        help={t("password.typed.help", { min: minPasswordLength })}
        hint={hint === null ? null : t(`password.hints.${hint}`)}
        problem={shown === null ? null : t(`password.problems.${shown.id}`, { ...shown })}
      />
      {problem?.id === "not-ascii" ? null : <StrengthMeter password={text} context={context} />}
    </div>
  );
}
