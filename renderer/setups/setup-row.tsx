import type { SetupSummary } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { formatWhen } from "../store/format.ts";
import { navigate } from "../store/route.ts";
import { Badge, cx, Icon, Menu, ProgressBar, StateIcon } from "../ui/index.ts";
import type { MenuEntry } from "../ui/index.ts";
import { archiveSetup, duplicateSetup, exportSetup, removeSetup } from "./actions.ts";
import { expiryText } from "./expiry-text.ts";
import styles from "./home.module.css";
import { expirySoon } from "./select-setups.ts";

/** One setup in the list: which it is, what comes next, how long its certificate lasts. */
export function SetupRow({ setup, onRename }: { setup: SetupSummary; onRename: () => void }) {
  const t = useT();
  if (setup.problem !== null) return <UnreadableRow setup={setup} problem={setup.problem} />;
  const domain = setup.tenantDomain || setup.tenantName;
  const cloud = setup.cloud === "global" ? "" : t(`clouds.${setup.cloud}.name`);
  return (
    <>
      <span className={styles.state}>
        <StateIcon state={setup.nextState ?? "done"} />
      </span>
      <div className={styles.cell}>
        <span className={styles.name}>{setup.name}</span>
        <span className={styles.sub}>
          {[domain, cloud].filter(Boolean).join(" · ") || t("home.noTenant")}
        </span>
        {setup.practice ? <Badge tone="wait">{t("frame.practice")}</Badge> : null}
      </div>
      <NextAction setup={setup} />
      <Expiry days={setup.certificateDaysLeft} />
      <div className={cx(styles.cell, styles.share)}>
        <ProgressBar
          label={t("home.done", { done: setup.done, total: setup.total })}
          value={setup.total === 0 ? 0 : (setup.done / setup.total) * 100}
          tone="ok"
        />
      </div>
      <span className={styles.menu}>
        <Menu
          icon="more"
          label={t("home.actions", { name: setup.name })}
          items={actionsOf(setup, t, onRename)}
        />
      </span>
    </>
  );
}

function NextAction({ setup }: { setup: SetupSummary }) {
  const t = useT();
  const title =
    setup.next === null ? t("home.rolledOut") : t("home.next", { step: t(`steps.${setup.next}.title`) });
  return (
    <div className={styles.cell}>
      <span>{title}</span>
      <span className={styles.sub}>{t("home.changed", { when: formatWhen(setup.updatedAt) })}</span>
      {setup.attention + setup.waiting === 0 ? null : (
        <span className={styles.badges}>
          {setup.attention === 0 ? null : (
            <Badge tone="warn">{t("home.attention", { count: setup.attention })}</Badge>
          )}
          {setup.waiting === 0 ? null : (
            <Badge tone="wait">{t("home.waiting", { count: setup.waiting })}</Badge>
          )}
        </span>
      )}
    </div>
  );
}

function Expiry({ days }: { days: number | null }) {
  const t = useT();
  if (days === null) return <span className={cx(styles.cell, styles.sub)}>{t("home.noCertificate")}</span>;
  const over = days < 0;
  const soon = !over && days <= expirySoon;
  return (
    <span className={cx(styles.cell, styles.expiry, over && styles.over, soon && styles.soon)}>
      {expiryText(days, t)}
    </span>
  );
}

function UnreadableRow({
  setup,
  problem,
}: {
  setup: SetupSummary;
  problem: NonNullable<SetupSummary["problem"]>;
}) {
  const t = useT();
  return (
    <>
      <span className={cx(styles.state, styles.broken)}>
        <Icon name="problem" />
      </span>
      <div className={styles.cell}>
        <span className={styles.name}>{setup.name || t("home.unreadable")}</span>
        <span className={styles.sub}>{problem.file}</span>
      </div>
      <div className={cx(styles.cell, styles.problem)}>
        <span className={styles.over}>{t(`errors.${problem.code}.title`)}</span>
        <span className={styles.sub}>{t(`errors.${problem.code}.help`, { file: "" })}</span>
      </div>
    </>
  );
}

function actionsOf(setup: SetupSummary, t: ReturnType<typeof useT>, onRename: () => void): MenuEntry[] {
  const archived = setup.archivedAt !== null;
  return [
    { id: "rename", label: t("home.menu.rename"), icon: "edit", onAction: onRename },
    {
      id: "duplicate",
      label: t("home.menu.duplicate"),
      icon: "copy",
      onAction: () => void duplicateSetup(setup),
    },
    {
      id: "export",
      label: t("home.menu.export"),
      icon: "download",
      onAction: () => void exportSetup(setup.id),
    },
    ...(setup.rolledOut || setup.rotating
      ? [
          {
            id: "exchange",
            label: t("rotation.entry"),
            icon: "refresh" as const,
            onAction: () => navigate({ screen: "rotation", setupId: setup.id }),
          },
        ]
      : []),
    {
      id: "archive",
      label: t(archived ? "home.menu.unarchive" : "home.menu.archive"),
      icon: "archive",
      onAction: () => void archiveSetup(setup, !archived),
    },
    {
      id: "delete",
      label: t("home.menu.delete"),
      icon: "trash",
      danger: true,
      onAction: () => void removeSetup(setup),
    },
  ];
}
