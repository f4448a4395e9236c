import { useState } from "react";
import type { PermissionRow } from "../../../preload/model/guide.ts";
import { useT } from "../../i18n.ts";
import { PermissionStateCell } from "../../tenant/permission-state-cell.tsx";
import { Badge, Checkbox, CodeBlock, CopyButton, DefinitionList, Switch, Table } from "../../ui/index.ts";
import shared from "../checklist.module.css";
import styles from "./bodies.module.css";
import type { PermissionGroup } from "../grouping.ts";
import { groupPermissions } from "../grouping.ts";
import { Section } from "../section.tsx";
import { useSetup } from "../step-context.ts";
import { useTicks } from "../ticks.ts";

/** Step 7: the documentation's ten permissions, by API and type, with all that is copied into the portal. */
export function ApiPermissions() {
  const t = useT();
  const { view } = useSetup();
  const [explained, setExplained] = useState(false);
  const ticks = useTicks(view.summary.id);
  const groups = groupPermissions(view.permissions);
  const isRead = view.tenant.permissions !== null;
  const ticked = view.permissions.filter((row) => ticks.has(row.id)).length;
  return (
    <>
      <Section title={t("step.permissions.caption")}>
        <div className={styles.tableHead}>
          <span className={shared.aside}>
            {t("step.permissions.ticked", { count: ticked, total: view.permissions.length })}
          </span>
          <Switch isSelected={explained} onChange={setExplained}>
            {t("step.permissions.explain")}
          </Switch>
        </div>
        <div className={styles.permissions}>
          <Table
            label={t("step.permissions.caption")}
            columns={[
              { id: "permission", label: t("step.permissions.permission") },
              { id: "allows", label: t("step.permissions.allows") },
              ...(isRead ? [{ id: "state", label: t("tenant.permissions.state") }] : []),
              { id: "entered", label: t("step.permissions.entered") },
            ]}
            groups={groups.map((group) => ({
              id: `${group.api} ${group.type}`,
              label: groupName(group, t),
              rows: group.rows.map((row) => ({
                id: row.id,
                cells: [
                  <PermissionName key="name" row={row} />,
                  <PermissionMeaning key="allows" row={row} explained={explained} />,
                  ...(isRead ? [<PermissionStateCell key="state" view={view} id={row.id} />] : []),
                  <Tick key="tick" name={`${row.value} (${groupName(group, t)})`} ticks={ticks} row={row} />,
                ],
              })),
            }))}
          />
        </div>
        <p className={styles.hint}>{t("step.permissions.tickHint")}</p>
        <p className={styles.hint}>{t("step.permissions.legacyHint")}</p>
      </Section>
      <Apis groups={groups} />
      <Manifest />
    </>
  );
}

function groupName(group: Pick<PermissionGroup, "api" | "type">, t: ReturnType<typeof useT>): string {
  const type = t(group.type === "Delegated" ? "step.permissions.delegated" : "step.permissions.application");
  return t("step.permissions.group", { api: group.api, type });
}

function PermissionName({ row }: { row: PermissionRow }) {
  const t = useT();
  return (
    <div className={styles.permission}>
      <span>
        <code>{row.value}</code>
        <CopyButton text={row.value} what={row.value} iconOnly />
      </span>
      <span className={styles.guid}>
        <code>{row.guid}</code>
        <CopyButton text={row.guid} what={t("step.permissions.guidOf", { value: row.value })} iconOnly />
      </span>
    </div>
  );
}

function PermissionMeaning({ row, explained }: { row: PermissionRow; explained: boolean }) {
  const t = useT();
  return (
    <div className={styles.meaning}>
      <span>{row.displayText}</span>
      {row.essential || row.legacy || row.adminConsent ? (
        <span className={styles.marks}>
          {row.essential ? <Badge tone="ok">{t("step.permissions.essential")}</Badge> : null}
          {row.legacy ? <Badge tone="none">{t("step.permissions.legacy")}</Badge> : null}
          {row.adminConsent ? <Badge tone="none">{t("step.permissions.consent")}</Badge> : null}
        </span>
      ) : null}
      {explained ? (
        <span className={styles.hint}>
          {t(`permissions.${row.id}.means`)} {t(`permissions.${row.id}.why`)}
        </span>
      ) : null}
    </div>
  );
}

function Tick(props: { name: string; row: PermissionRow; ticks: ReturnType<typeof useTicks> }) {
  const t = useT();
  const { row, ticks } = props;
  return (
    <Checkbox isSelected={ticks.has(row.id)} onChange={(on) => ticks.set(row.id, on)}>
      <span className={styles.onlyRead}>{t("step.permissions.tick", { permission: props.name })}</span>
    </Checkbox>
  );
}

function Apis({ groups }: { groups: readonly PermissionGroup[] }) {
  const t = useT();
  const apis = new Map(groups.map((group) => [group.api, group.resourceAppId]));
  return (
    <Section title={t("step.permissions.apis")}>
      <DefinitionList
        items={[...apis].map(([api, id]) => ({ term: api, value: id, copy: id, monospace: true }))}
      />
      <p className={styles.hint}>{t("step.permissions.exchangeHint")}</p>
    </Section>
  );
}

function Manifest() {
  const t = useT();
  const { view } = useSetup();
  return (
    <details className={shared.details}>
      <summary>{t("step.permissions.manifest")}</summary>
      <p className={shared.aside}>{t("step.permissions.manifestHint")}</p>
      <CodeBlock text={view.manifestJson} what={t("step.permissions.manifestLabel")} />
    </details>
  );
}
