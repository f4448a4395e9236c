import i18next from "i18next";
import { useMemo } from "react";
import type { PermissionRow } from "../../preload/model/guide.ts";
import type { NoteView, ShownView } from "../../preload/model/tenant.ts";
import type { Translate } from "../i18n.ts";
import { useT } from "../i18n.ts";
import { formatDate } from "../store/format.ts";

export interface TenantWords {
  t: Translate;
  /** "Cloud Application Administrator"; a role without words is named by its id. */
  role: (id: string) => string;
  /** Several roles in one sentence: "A or B". */
  roles: (ids: readonly string[]) => string;
  change: (kind: string) => string;
  /** A change with what tells it from others of its kind: the permission, or the API. */
  changeTitle: (id: string, kind: string, permissions: readonly PermissionRow[]) => string;
  shown: (line: ShownView) => string;
  list: (items: readonly string[]) => string;
}

/** Names and sentences about the tenant, from what main sends as keys. */
export function useTenantWords(): TenantWords {
  const t = useT();
  return useMemo(() => tenantWords(t), [t]);
}

export function tenantWords(t: Translate): TenantWords {
  const role = (id: string): string => known(`tenant.roles.${id}`, t) ?? id;
  const format = (type: "conjunction" | "disjunction", items: readonly string[]): string =>
    new Intl.ListFormat(i18next.language, { type }).format(items);
  const change = (kind: string): string => known(`tenant.changes.${kind}`, t) ?? kind;
  return {
    t,
    role,
    roles: (ids) => format("disjunction", ids.map(role)),
    change,
    changeTitle: (id, kind, permissions) => {
      const object = changeObject(id, permissions);
      return object === null ? change(kind) : t("tenant.changes.named", { change: change(kind), object });
    },
    shown: (line) => shownText(line, t, role),
    list: (items) => format("conjunction", items),
  };
}

function known(key: string, t: (key: string) => string): string | null {
  return i18next.exists(key) ? t(key) : null;
}

/** What a change is about, from its id: "grant-role:<row>", "grant-scopes:<API>", "undo:revoke-role:<API>/<GUID>". */
function changeObject(id: string, permissions: readonly PermissionRow[]): string | null {
  const parts = new Set(id.split(/[:/]/));
  const ofApi = permissions.filter(({ resourceAppId }) => parts.has(resourceAppId));
  const row =
    permissions.find((one) => parts.has(one.id)) ?? ofApi.find(({ guid }) => parts.has(guid)) ?? null;
  if (row !== null) return `${row.value} (${row.api})`;
  return ofApi[0]?.api ?? null;
}

function shownText({ key, params }: ShownView, t: Translate, role: (id: string) => string): string {
  switch (key) {
    case "audience": {
      const value = String(params["value"] ?? "");
      return t("tenant.shown.audience", { value: audience(value, t) });
    }
    case "permission": {
      if ((params["api"] ?? "") === "") return t("tenant.shown.permission-brief", params);
      const type = typeName(params["type"] === "Delegated" ? "Delegated" : "Application", t);
      return t("tenant.shown.permission", { ...params, type });
    }
    case "certificate": {
      const notAfter = String(params["notAfter"] ?? "");
      if (notAfter === "") return t("tenant.shown.certificate-brief", params);
      return t("tenant.shown.certificate", { ...params, notAfter: formatDate(notAfter) });
    }
    case "deleted-application": {
      const deletedAt = formatDate(String(params["deletedAt"] ?? ""));
      return t("tenant.shown.deleted-application", { ...params, deletedAt });
    }
    case "role":
      return t("tenant.shown.role", { role: role(String(params["role"] ?? "")) });
    default:
      return t(`tenant.shown.${key}`, params);
  }
}

/** Who may sign in to an application, in words. */
export function audience(value: string, t: (key: string) => string): string {
  return known(`tenant.audiences.${value}`, t) ?? value;
}

export function typeName(type: PermissionRow["type"], t: (key: string) => string): string {
  return t(type === "Delegated" ? "step.permissions.delegated" : "step.permissions.application");
}

/** "MailboxSettings.ReadWrite (Microsoft Graph, application)": the value alone can mean two rows. */
export function permissionName(row: PermissionRow, t: (key: string) => string): string {
  return `${row.value} (${row.api}, ${typeName(row.type, t)})`;
}

/** A note's sentence and what to do about it. */
export function noteTexts(
  note: NoteView,
  permissions: readonly PermissionRow[],
  t: Translate,
): { title: string; help: string } {
  const kind = noteKind(note);
  const params = noteParams(note, permissions, t);
  return {
    title: t(i18next.exists(`tenant.notes.${kind}`) ? `tenant.notes.${kind}` : note.reason.key, params),
    help: known(`tenant.noteHelp.${kind}`, (key) => t(key, params)) ?? "",
  };
}

function noteKind({ kind, level, reason }: NoteView): string {
  if (kind === "same-name") return level === "stop" ? kind : "same-name-beside";
  if (kind === "not-offered") return isTrue(reason.params["essential"]) ? "not-offered-essential" : kind;
  if (kind !== "policy") return kind;
  const because = String(reason.params["because"] ?? "");
  const variant =
    because === "authority" && level === "info" ? "policy-authority-unknown" : `policy-${because}`;
  return i18next.exists(`tenant.notes.${variant}`) ? variant : "policy";
}

function isTrue(value: string | number | undefined): boolean {
  return value === 1 || value === "true";
}

function noteParams({ reason }: NoteView, permissions: readonly PermissionRow[], t: Translate) {
  const { permission, part, notAfter, change, reason: why } = reason.params;
  const row = permissions.find(({ value, api, type }) => {
    return value === permission && api === reason.params["api"] && type === reason.params["type"];
  });
  const api = String(reason.params["api"] ?? "") || apiName(String(part ?? ""), permissions);
  return {
    ...reason.params,
    api,
    ...(row === undefined ? {} : { permission: permissionName(row, t) }),
    ...(part === undefined
      ? {}
      : { part: known(`tenant.parts.${part}`, t) ?? t("tenant.parts.api", { api }) }),
    ...(why === undefined ? {} : { reason: capitalised(known(`tenant.unknown.${why}`, t) ?? String(why)) }),
    ...(change === undefined ? {} : { change: known(`tenant.changes.${change}`, t) ?? String(change) }),
    ...(notAfter === undefined ? {} : { notAfter: formatDate(String(notAfter)) }),
  };
}

function apiName(resourceAppId: string, permissions: readonly PermissionRow[]): string {
  return permissions.find((row) => row.resourceAppId === resourceAppId)?.api ?? resourceAppId;
}

export function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
