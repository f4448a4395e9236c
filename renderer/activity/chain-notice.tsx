import type { AllActivityView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { formatNumber } from "../store/format.ts";
import { navigate } from "../store/route.ts";
import { Link, Notice } from "../ui/index.ts";
import styles from "./activity.module.css";

interface ChainNoticeProps {
  broken: AllActivityView["broken"];
  /** Whether these are the logs of all setups; then each broken one is named. */
  ofAll: boolean;
}

/** Whether each entry still carries the fingerprint of the one before it. */
export function ChainNotice({ broken, ofAll }: ChainNoticeProps) {
  const t = useT();
  const [first] = broken;
  if (first === undefined) {
    return (
      <Notice tone="ok" title={t(ofAll ? "activity.intactAll" : "activity.intact")}>
        {t("activity.intactHelp")}
      </Notice>
    );
  }
  if (!ofAll) {
    return (
      <Notice tone="bad" title={t("activity.broken", { line: formatNumber(first.brokenAt) })}>
        {t("activity.brokenHelp")}
      </Notice>
    );
  }
  return (
    <Notice tone="bad" title={t("activity.brokenAll", { count: broken.length })}>
      <p>{t("activity.brokenHelp")}</p>
      <ul className={styles.broken}>
        {broken.map(({ setupId, setupName, brokenAt }) => (
          <li key={setupId}>
            <Link onPress={() => navigate({ screen: "activity", setupId })}>
              {t("activity.brokenSetup", { name: setupName, line: formatNumber(brokenAt) })}
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
