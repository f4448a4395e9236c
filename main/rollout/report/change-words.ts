import { permissions } from "../../guide/permissions.ts";
import { changeKinds, type Inverse } from "../../tenant/change.ts";
import type { ReportChange } from "./model.ts";
import { inFours } from "./elements.ts";
import type { ReportWords } from "./words.ts";

const exchangeAdministrator = "29232cdf-9323-42fd-ade2-1d097af3e4de";

/** What was changed, in words. A kind of a later version shows its own name. */
export function changeText({ changeKind, inverse, change }: ReportChange, words: ReportWords): string {
  const { t } = words;
  const known = changeKinds.some((kind) => kind === changeKind);
  const what = known ? t(`report.changes.kinds.${changeKind}`) : changeKind || change;
  const object = typeof inverse === "string" ? "" : objectOf(inverse, words);
  return object === "" ? what : t("report.changes.of", { what, object });
}

/** How the change is taken back, in words. */
export function undoText({ inverse }: ReportChange, words: ReportWords): string {
  const { t } = words;
  if (typeof inverse === "string") return t(`report.changes.inverse.${inverse}`);
  return t(`report.changes.inverse.${inverse.kind}`, { object: objectOf(inverse, words) });
}

/** What a change was about, for example the permission's name. */
function objectOf(inverse: Inverse, { t, language }: ReportWords): string {
  switch (inverse.kind) {
    case "set-audience":
      return inverse.value;
    case "unrequest-permissions":
      return inverse.entries.map(({ resourceAppId, id }) => permissionName(resourceAppId, id)).join(", ");
    case "hide-service-principal":
      return inverse.tag;
    case "revoke-role":
      return inverse.value;
    case "revoke-scopes":
      return inverse.scopes.join(", ");
    case "remove-certificate":
      return inFours(inverse.sha1);
    case "unassign-role":
      return inverse.roleDefinitionId === exchangeAdministrator
        ? t(`labels.exchange-administrator.${language === "de" ? "german" : "today"}`)
        : inverse.roleDefinitionId;
    default:
      return "";
  }
}

function permissionName(resourceAppId: string, id: string): string {
  const row = permissions.find((one) => one.guid === id && one.resourceAppId === resourceAppId);
  return row?.value ?? id;
}
