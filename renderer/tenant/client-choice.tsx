import { useState } from "react";
import type { SignInView } from "../../preload/model/tenant.ts";
import { useT } from "../i18n.ts";
import { Button, Text, TextField } from "../ui/index.ts";
import { setClientId } from "./intents.ts";
import styles from "./tenant.module.css";

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Which client signs in and what that means; another one can be entered. */
export function ClientChoice({ setupId, signIn }: { setupId: string; signIn: SignInView }) {
  const t = useT();
  const { clientId, isDefaultClient, account } = signIn;
  const [typed, setTyped] = useState(isDefaultClient ? "" : clientId);
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const name = isDefaultClient ? t("identity.client.default") : t("identity.client.own", { id: clientId });
  const trimmed = typed.trim();
  const isValid = trimmed === "" || guid.test(trimmed);

  async function save(value: string): Promise<void> {
    setTried(true);
    if (value !== "" && !guid.test(value)) return;
    setPending(true);
    const own = t("identity.client.own", { id: value });
    await setClientId(setupId, value, value === "" ? t("identity.client.default") : own);
    setPending(false);
  }

  return (
    <details className={styles.details}>
      <summary>{t("identity.client.summary", { name })}</summary>
      <p>
        <Text>{t("identity.client.meaning")}</Text>
      </p>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save(trimmed);
        }}
      >
        <TextField
          label={t("identity.client.field")}
          value={typed}
          onChange={setTyped}
          help={t("identity.client.help")}
          problem={tried && !isValid ? t("identity.client.invalid") : null}
          hint={account === null ? null : t("identity.client.signsOut")}
          monospace
          maxLength={100}
        />
        <div className={styles.buttons}>
          <Button type="submit" pending={pending}>
            {t("identity.client.save")}
          </Button>
          {isDefaultClient ? null : (
            <Button variant="quiet" onPress={() => void save("")}>
              {t("identity.client.reset")}
            </Button>
          )}
        </div>
      </form>
    </details>
  );
}
