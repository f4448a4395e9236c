import type { ReactNode } from "react";
import i18next from "i18next";
import type { ProblemDetails, ProblemView } from "../../preload/model/tenant.ts";
import { useT } from "../i18n.ts";
import { CodeBlock, Notice } from "../ui/index.ts";
import styles from "./tenant.module.css";

interface ProblemNoticeProps {
  problem: ProblemView;
  actions?: ReactNode;
  /** "alert" only right after what the user tried. */
  role?: "alert" | undefined;
}

/** What went wrong with Microsoft's services, what to do, and what support needs. */
export function ProblemNotice({ problem, actions, role }: ProblemNoticeProps) {
  const t = useT();
  const key = i18next.exists(`${problem.key}.title`) ? problem.key : "tenant.errors.unknown";
  return (
    <div className={styles.stack}>
      <Notice tone="bad" title={t(`${key}.title`, problem.params)} actions={actions} role={role}>
        <p>{t(`${key}.help`, problem.params)}</p>
      </Notice>
      <ProblemDetailsBlock details={problem.details} />
    </div>
  );
}

const order = ["code", "text", "correlationId", "traceId", "requestId", "timestamp"] as const;

/** Everything support needs in one block that can be copied; nothing when nothing is known. */
export function ProblemDetailsBlock({ details }: { details: ProblemDetails }) {
  const t = useT();
  const lines = order
    .filter((name) => details[name] !== "")
    .map((name) => `${t(`tenant.details.${name}`)}: ${details[name]}`);
  if (lines.length === 0) return null;
  return (
    <details className={styles.details}>
      <summary>{t("tenant.details.title")}</summary>
      <CodeBlock text={lines.join("\n")} what={t("tenant.details.title")} />
    </details>
  );
}
