import type { PermissionId } from "../../preload/model/guide.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { Badge } from "../ui/index.ts";
import { isWanted, permissionState, permissionTones, unknownCells } from "./permission-state.ts";
import styles from "./tenant.module.css";

/** What the tenant says about one row of step 7's table; what could not be read, with the reason. */
export function PermissionStateCell({ view, id }: { view: SetupView; id: PermissionId }) {
  const t = useT();
  const row = view.tenant.permissions?.rows.find((one) => one.id === id);
  if (row === undefined) return <Badge tone="none">{t("tenant.permissions.not-checked")}</Badge>;
  const state = permissionState(row, isWanted(view, id));
  return (
    <div className={styles.stateCell}>
      <Badge tone={permissionTones[state]}>{t(`tenant.permissions.${state}`)}</Badge>
      {unknownCells(row).map(({ column, reason }) => (
        <span key={column} className={styles.dim}>
          {t(`tenant.permissions.${column}Unknown`, { reason: t(`tenant.unknown.${reason}`) })}
        </span>
      ))}
      {row.guidDiffers && row.guid !== null ? (
        <span className={styles.dim}>{t("tenant.permissions.guidDiffers", { guid: row.guid })}</span>
      ) : null}
    </div>
  );
}
