import type { AllActivityView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { navigate } from "../store/route.ts";
import { Link, Notice } from "../ui/index.ts";
import styles from "./activity.module.css";

/** The setups whose entries are missing among all; the log of each says why. */
export function UnreadableNotice({ logs }: { logs: AllActivityView["unreadable"] }) {
  const t = useT();
  if (logs.length === 0) return null;
  return (
    <Notice tone="bad" title={t("activity.unreadableAll", { count: logs.length })}>
      <p>{t("activity.unreadableHelp")}</p>
      <ul className={styles.broken}>
        {logs.map(({ setupId, setupName }) => (
          <li key={setupId}>
            <Link onPress={() => navigate({ screen: "activity", setupId })}>{setupName}</Link>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
