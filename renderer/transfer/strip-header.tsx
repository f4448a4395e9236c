import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { Badge, IconButton, Menu, ProgressBar } from "../ui/index.ts";
import styles from "./strip.module.css";
import type { StripActions } from "./use-strip.ts";

interface StripHeaderProps {
  view: SetupView;
  done: number;
  total: number;
  actions: StripActions;
}

/** Whose values these are, how many are handed over, and what concerns the strip as a whole. */
export function StripHeader({ view, done, total, actions }: StripHeaderProps) {
  const t = useT();
  const label = t("transfer.count", { done, total });
  const portal = view.steps.flatMap((step) => step.links).find(({ id }) => id === "iam-cloud-portal");
  return (
    <header className={styles.header}>
      <h1>{view.summary.name}</h1>
      <div className={styles.tools}>
        {portal === undefined || portal.url === null ? null : (
          <IconButton label={t("transfer.openPortal")} icon="external" onPress={actions.openPortal} />
        )}
        <Menu
          label={t("transfer.more")}
          icon="more"
          items={[
            { id: "back", label: t("transfer.back"), icon: "back", onAction: actions.back },
            { id: "over", label: t("transfer.startOver"), icon: "refresh", onAction: actions.startOver },
            { id: "close", label: t("transfer.close"), icon: "close", onAction: actions.close },
          ]}
        />
      </div>
      <p>
        {label} {view.summary.practice ? <Badge tone="wait">{t("frame.practice")}</Badge> : null}
      </p>
      <ProgressBar
        label={label}
        hideLabel
        value={total === 0 ? 0 : (done / total) * 100}
        tone={done === total ? "ok" : "accent"}
      />
    </header>
  );
}
