import type { StepId } from "../../preload/model/guide.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import type { ExtraPermissionView } from "../../preload/model/tenant.ts";
import { groupPermissions } from "../checklist/grouping.ts";
import { useT } from "../i18n.ts";
import { Table } from "../ui/index.ts";
import { PermissionStateCell } from "./permission-state-cell.tsx";
import { countStates, isWanted, permissionState } from "./permission-state.ts";
import styles from "./tenant.module.css";
import { typeName } from "./words.ts";

/** Step 7's table as it is in the tenant: each row offered, requested, granted, or not known with the reason. */
export function PermissionTruth({ view, step }: { view: SetupView; step: StepId }) {
  const t = useT();
  const { permissions } = view.tenant;
  if (permissions === null) return null;
  const title = t(step === "admin-consent" ? "tenant.permissions.consentTitle" : "tenant.permissions.title");
  const states = permissions.rows.map((row) => permissionState(row, isWanted(view, row.id)));
  return (
    <div className={styles.section}>
      <h2>{title}</h2>
      <p className={styles.dim}>
        {Object.entries(countStates(states))
          .filter(([, count]) => count > 0)
          .map(([kind, count]) => t(`tenant.permissions.counts.${kind}`, { count }))
          .join(" · ")}
      </p>
      <Table
        label={title}
        columns={[
          { id: "permission", label: t("step.permissions.permission") },
          { id: "allows", label: t("step.permissions.allows") },
          { id: "state", label: t("tenant.permissions.state") },
        ]}
        groups={groupPermissions(view.permissions).map(({ api, type, rows }) => ({
          id: `${api} ${type}`,
          label: t("step.permissions.group", { api, type: typeName(type, t) }),
          rows: rows.map((row) => ({
            id: row.id,
            cells: [
              <code key="value">{row.value}</code>,
              row.displayText,
              <PermissionStateCell key="state" view={view} id={row.id} />,
            ],
          })),
        }))}
      />
      <Extras extras={permissions.extras} />
    </div>
  );
}

function Extras({ extras }: { extras: readonly ExtraPermissionView[] }) {
  const t = useT();
  if (extras.length === 0) return null;
  return (
    <div className={styles.section}>
      <h3>{t("tenant.permissions.extras")}</h3>
      <p className={styles.dim}>{t("tenant.permissions.extrasText")}</p>
      <ul className={styles.extra}>
        {extras.map(({ api, type, id, value, requested, granted }) => {
          const both = requested && granted;
          const key = both ? "extraBoth" : granted ? "extraGranted" : "extraRequested";
          const state = t(`tenant.permissions.${key}`);
          return (
            <li key={`${api} ${type} ${id}`}>
              {t("tenant.permissions.extraItem", { value: value || id, api, type: typeName(type, t), state })}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
