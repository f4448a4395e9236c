import i18next from "i18next";
import { useT } from "../i18n.ts";
import styles from "./tenant.module.css";

/** Names of permissions that a sign-in asks for, each with what it is for. */
export function ScopeList({ scopes }: { scopes: readonly string[] }) {
  const t = useT();
  return (
    <ul className={styles.scopes}>
      {scopes.map((scope) => {
        const key = `identity.scopes.${scope.replaceAll(".", "-")}`;
        return (
          <li key={scope}>
            <code>{scope}</code>
            {i18next.exists(key) ? <span>{t(key)}</span> : null}
          </li>
        );
      })}
    </ul>
  );
}
