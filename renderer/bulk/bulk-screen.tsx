import { useEffect, useRef } from "react";
import type { BatchView } from "../../preload/model/bulk.ts";
import { useT } from "../i18n.ts";
import { useBatch } from "../store/batch.ts";
import { announce, Heading, Screen } from "../ui/index.ts";
import { BatchPanel } from "./batch-panel.tsx";
import styles from "./bulk.module.css";
import { ListPanel } from "./list-panel.tsx";
import { PlanPanel } from "./plan-panel.tsx";

/** From a list of names to a folder of certificates: the list, the choices, the run. */
export function BulkScreen() {
  const t = useT();
  const { batch } = useBatch();
  const shown = stageOf(batch);
  const last = useRef(shown);
  useEffect(() => {
    if (last.current === shown) return;
    last.current = shown;
    // What was pressed has gone with the stage before; the keyboard goes on at the top of the next one.
    document.querySelector<HTMLElement>("[data-screen-heading]")?.focus();
    announce(t(`bulk.stages.${shown}`), "polite");
  }, [shown, t]);
  return (
    <Screen title={t("bulk.windowTitle", { app: t("app.name") })}>
      <div className={styles.screen}>
        <Heading>{t("bulk.title")}</Heading>
        <div className={styles.stack}>
          {batch === null ? (
            <ListPanel />
          ) : batch.choices === null ? (
            <PlanPanel key={batch.batchId} batch={batch} />
          ) : (
            <BatchPanel key={batch.batchId} batch={batch} choices={batch.choices} />
          )}
        </div>
      </div>
    </Screen>
  );
}

/** Texts are `bulk.stages.<stage>`. */
function stageOf(batch: BatchView | null): "list" | "plan" | "run" {
  if (batch === null) return "list";
  return batch.choices === null ? "plan" : "run";
}
