import { useState } from "react";
import type { ErrorView } from "../../preload/model/errors.ts";
import { useT } from "../i18n.ts";
import { announce, Button, PasswordField } from "../ui/index.ts";
import styles from "./certificates.module.css";

export interface UnlockFormProps {
  /** Tries a password; gives why it did not open, or null. */
  unlock: (password: string) => Promise<ErrorView | null>;
  /** Told which password opened the file. */
  onOpened?: ((password: string) => void) | undefined;
  /** The main action of the screen. */
  isPrimary?: boolean | undefined;
}

/** Asks for the password of a file. A wrong one stays in the field, to be corrected. */
export function UnlockForm({ unlock, onOpened, isPrimary = false }: UnlockFormProps) {
  const t = useT();
  const [password, setPassword] = useState("");
  const [error, setError] = useState<ErrorView | null>(null);
  const [pending, setPending] = useState(false);

  async function open(): Promise<void> {
    if (pending) return;
    setPending(true);
    const problem = await unlock(password);
    setPending(false);
    setError(problem);
    if (problem !== null) {
      announce(t(`${problem.messageKey}.title`, problem.details), "assertive");
      return;
    }
    announce(t("inspect.locked.opened"), "polite");
    onOpened?.(password);
  }

  return (
    <form
      className={styles.unlock}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <PasswordField
        label={t("inspect.locked.password")}
        value={password}
        onChange={(text) => {
          setPassword(text);
          setError(null);
        }}
        problem={
          error === null ? null : (
            <>
              <strong>{t(`${error.messageKey}.title`, error.details)}.</strong>{" "}
              {t(`${error.messageKey}.help`, error.details)}
            </>
          )
        }
        after={
          <Button variant={isPrimary ? "primary" : "default"} type="submit" pending={pending}>
            {t("inspect.locked.open")}
          </Button>
        }
      />
    </form>
  );
}
