import type { PermissionRow } from "../../preload/model/guide.ts";

const graph = { api: "Microsoft Graph", resourceAppId: "00000003-0000-0000-c000-000000000000" } as const;
const exchange = {
  api: "Office 365 Exchange Online",
  resourceAppId: "00000002-0000-0ff1-ce00-000000000000",
} as const;

/**
 * The documentation's permission table (step 7), in its order and words. The identifiers are those of the
 * global cloud (Microsoft's permission reference for Graph; the service principal of Office 365 Exchange Online).
 * "legacy" marks what only the Outlook REST API used, which Microsoft has switched off.
 */
export const permissions: readonly PermissionRow[] = [
  {
    id: "graph-openid",
    ...graph,
    type: "Delegated",
    displayText: "sign users in",
    value: "openid",
    guid: "37f7f235-527c-4136-accd-4a02d197296e",
    adminConsent: false,
    essential: false,
    legacy: false,
  },
  {
    id: "graph-user-read",
    ...graph,
    type: "Delegated",
    displayText: "sign in and read user profile",
    value: "User.Read",
    guid: "e1fe6dd8-ba31-4d61-89e7-88639da4683d",
    adminConsent: false,
    essential: false,
    legacy: false,
  },
  {
    id: "graph-mailbox-settings-app",
    ...graph,
    type: "Application",
    displayText: "Read and write all user mailbox settings",
    value: "MailboxSettings.ReadWrite",
    guid: "6931bccd-447a-43d1-b442-00a195474933",
    adminConsent: true,
    essential: false,
    legacy: false,
  },
  {
    id: "exchange-manage",
    ...exchange,
    type: "Delegated",
    displayText: "Manage Exchange configuration",
    value: "Exchange.Manage",
    guid: "ab4f2b77-0b06-4fc1-a9de-02113fc2ab7c",
    adminConsent: true,
    essential: false,
    legacy: false,
  },
  {
    id: "exchange-group-readwrite-all",
    ...exchange,
    type: "Delegated",
    displayText: "Read and write all groups (preview)",
    value: "Group.ReadWrite.All",
    guid: "27235839-268c-4d68-a668-351401ff623a",
    adminConsent: true,
    essential: false,
    legacy: true,
  },
  {
    id: "exchange-mailbox-settings",
    ...exchange,
    type: "Delegated",
    displayText: "Read and write user mailbox settings",
    value: "MailboxSettings.ReadWrite",
    guid: "2e83d72d-8895-4b66-9eea-abb43449ab8b",
    adminConsent: false,
    essential: false,
    legacy: true,
  },
  {
    id: "exchange-people-readwrite",
    ...exchange,
    type: "Delegated",
    displayText: "Read and write users' relevant people lists (preview)",
    value: "People.ReadWrite",
    guid: "a88daf86-d44d-4077-8258-54131dd44e5d",
    adminConsent: false,
    essential: false,
    legacy: true,
  },
  {
    id: "exchange-user-readwrite",
    ...exchange,
    type: "Delegated",
    displayText: "Read and write user profiles",
    value: "User.ReadWrite",
    guid: "f9408c03-bd3d-48c4-8bee-17a72d20bd9c",
    adminConsent: false,
    essential: false,
    legacy: true,
  },
  {
    id: "exchange-manage-as-app",
    ...exchange,
    type: "Application",
    displayText: "Manage Exchange As Application",
    value: "Exchange.ManageAsApp",
    guid: "dc50a0fb-09a3-484d-be87-e023b12c6440",
    adminConsent: true,
    essential: true,
    legacy: false,
  },
  {
    id: "exchange-mailbox-settings-app",
    ...exchange,
    type: "Application",
    displayText: "Read and write all user mailbox settings",
    value: "MailboxSettings.ReadWrite",
    guid: "f9156939-25cd-4ba8-abfe-7fabcf003749",
    adminConsent: true,
    essential: false,
    legacy: true,
  },
];

/** One API of an application's manifest: "Scope" is a delegated permission, "Role" an application permission. */
export interface RequiredResource {
  resourceAppId: string;
  resourceAccess: { id: string; type: "Scope" | "Role" }[];
}

/** The rows as `requiredResourceAccess` of an application (Microsoft Graph, resource type application). */
export function requiredResourceAccess(rows: readonly PermissionRow[]): RequiredResource[] {
  const resources = new Map<string, RequiredResource>();
  for (const row of rows) {
    const resource = resources.get(row.resourceAppId) ?? {
      resourceAppId: row.resourceAppId,
      resourceAccess: [],
    };
    resource.resourceAccess.push({ id: row.guid, type: row.type === "Delegated" ? "Scope" : "Role" });
    resources.set(row.resourceAppId, resource);
  }
  return [...resources.values()];
}

/** The property `requiredResourceAccess` as it stands in the manifest, as an indented JSON object. */
export function manifestJson(rows: readonly PermissionRow[] = permissions): string {
  return JSON.stringify({ requiredResourceAccess: requiredResourceAccess(rows) }, null, 2);
}
