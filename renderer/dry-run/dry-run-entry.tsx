import { useSetup } from "../checklist/step-context.ts";
import { useT } from "../i18n.ts";
import { formatWhen } from "../store/format.ts";
import { navigate } from "../store/route.ts";
import { Button, Card } from "../ui/index.ts";
import styles from "./dry-run.module.css";
import { obstacleTitle } from "./words.ts";

/** The way to the dry run from where it is useful: advice, never a lock. */
export function DryRunEntry() {
  const t = useT();
  const { view } = useSetup();
  const { dryRun, summary } = view;
  const when = dryRun.at === null ? "" : formatWhen(dryRun.at);
  return (
    <Card
      title={t("dryRun.entry.title")}
      actions={
        <Button onPress={() => navigate({ screen: "dry-run", setupId: summary.id })}>
          {t("dryRun.entry.open")}
        </Button>
      }
    >
      <p>
        {dryRun.outdated
          ? t("dryRun.entry.outdated")
          : t(`dryRun.entry.${dryRun.state}`, { when, cause: obstacleTitle(dryRun, t) })}
      </p>
      {dryRun.state === "passed" && !dryRun.outdated ? null : (
        <p className={styles.aside}>{t("dryRun.entry.advice")}</p>
      )}
    </Card>
  );
}
