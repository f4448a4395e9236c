import { useT } from "../i18n.ts";
import { Heading, Screen } from "../ui/index.ts";
import { InspectPanel } from "./inspect-panel.tsx";
import styles from "./certificates.module.css";

/** Inspecting any certificate file, apart from a setup. */
export function InspectScreen() {
  const t = useT();
  return (
    <Screen title={t("inspect.title")}>
      <div className={styles.screen}>
        <Heading>{t("inspect.title")}</Heading>
        <InspectPanel />
      </div>
    </Screen>
  );
}
