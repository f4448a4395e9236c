import type { AllActivityView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { formatNumber } from "../store/format.ts";
import { navigate } from "../store/route.ts";
import { Link, Notice } from "../ui/index.ts";
import styles from "./activity.module.css";

interface ChainNoticeProps {
  activity: Pick<AllActivityView, "broken" | "unreadable">;
  /** Whether these are the logs of all setups; then each broken one is named. */
  ofAll: boolean;
}

/** Whether each entry still carries the fingerprint of the one before it. */
export function ChainNotice({ activity, ofAll }: ChainNoticeProps) {
  const t = useT();
  const { broken, unreadable } = activity;
  const [first] = broken;
  if (first === undefined) {
    // Nothing can be said of all logs while some could not be read.
    if (unreadable.length > 0) return null;
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
