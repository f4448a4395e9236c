import type { Finding } from "../../preload/model/certificates.ts";
import type { Translate } from "../i18n.ts";
import { useT } from "../i18n.ts";
import { formatDate } from "../store/format.ts";
import { cx, Icon } from "../ui/index.ts";
import type { IconName } from "../ui/index.ts";
import styles from "./certificates.module.css";
import { signatureText } from "./facts.tsx";

const order = { problem: 0, warning: 1, ok: 2 } as const;
const icons: Record<Finding["level"], IconName> = { problem: "problem", warning: "warning", ok: "check" };

/** What speaks for and against a file, the worst first. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const t = useT();
  const sorted = findings.toSorted((a, b) => order[a.level] - order[b.level]);
  return (
    <ul className={styles.findings} aria-label={t("inspect.sections.findings")}>
      {sorted.map(({ id, level, details }) => (
        <li key={`${id} ${JSON.stringify(details)}`} className={cx(styles.finding, styles[level])}>
          <Icon name={icons[level]} />
          <span>
            <span className={styles.hidden}>{t(`inspect.levels.${level}`)}: </span>
            {t(`inspect.findings.${id}`, readable(details, t))}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Dates as the user writes them, signatures as people say them; everything else as it is. */
function readable(details: Finding["details"], t: Translate): Finding["details"] {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      name,
      typeof value === "string" && /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/.test(value)
        ? formatDate(value)
        : typeof value === "string"
          ? signatureText(value, t)
          : value,
    ]),
  );
}
