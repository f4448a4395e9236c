import type { DryRunView } from "../../preload/model/exchange.ts";
import { useT } from "../i18n.ts";
import { CopyButton, DefinitionList } from "../ui/index.ts";
import styles from "./dry-run.module.css";

const identifiers = new Set([
  "correlationId",
  "traceId",
  "requestId",
  "clientRequestId",
  "wids",
  "diagnostics",
]);

/** What Microsoft's support asks for: the services' own words and identifiers. */
export function SupportDetails({ details }: Pick<DryRunView, "details">) {
  const t = useT();
  if (details.length === 0) return null;
  const all = details.map(({ id, value }) => `${t(`dryRun.details.${id}`)}: ${value}`).join("\n");
  return (
    <details className={styles.details}>
      <summary>{t("dryRun.detailsTitle")}</summary>
      <DefinitionList
        items={details.map(({ id, value }) => ({
          term: t(`dryRun.details.${id}`),
          value,
          monospace: identifiers.has(id),
          ...(identifiers.has(id) && { copy: value }),
        }))}
      />
      <div>
        <CopyButton text={all} what={t("dryRun.detailsTitle")} />
      </div>
    </details>
  );
}
