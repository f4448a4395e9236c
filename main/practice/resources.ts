import { permissions } from "../guide/permissions.ts";
import type { AppRole, PermissionScope } from "./data.ts";
import type { PracticeHosts } from "./hosts.ts";

export const graphAppId = "00000003-0000-0000-c000-000000000000";
export const exchangeAppId = "00000002-0000-0ff1-ce00-000000000000";

/** One of Microsoft's APIs as every directory has it. */
export interface ResourcePlan {
  appId: string;
  displayName: string;
  names: string[];
  appRoles: AppRole[];
  scopes: PermissionScope[];
}

type Offer = readonly [value: string, guid: string, text: string];
type Delegated = readonly [...Offer, "Admin" | "User"];

/**
 * Permissions beside those of the guide, several with near-identical names. Values, GUIDs, display names and who may
 * consent were compared with microsoftgraph/microsoft-graph-devx-content, permissions/permissions-descriptions.json
 * (commit 6cbd6bbd, 2026-08-07). The longer descriptions below are this project's own words.
 */
const graphRoles: readonly Offer[] = [
  ["Application.Read.All", "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30", "Read all applications"],
  ["Application.ReadWrite.All", "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9", "Read and write all applications"],
  [
    "AppRoleAssignment.ReadWrite.All",
    "06b708a9-e830-4db3-a914-8e69da51d44f",
    "Manage app permission grants and app role assignments",
  ],
  [
    "DelegatedPermissionGrant.ReadWrite.All",
    "8e8e4742-1d95-4f68-9d56-6ee75648c72a",
    "Manage all delegated permission grants",
  ],
  ["Directory.Read.All", "7ab1d382-f21e-4acd-a863-ba3e13f7da61", "Read directory data"],
  ["Directory.ReadWrite.All", "19dbc75e-c2e2-444c-a770-ec69d8559fc7", "Read and write directory data"],
  ["MailboxSettings.Read", "40f97065-369a-49f4-947c-6a255697ae91", "Read all user mailbox settings"],
  ["Mail.ReadWrite", "e2a3a72e-5f79-4c64-b1b1-878b674786c9", "Read and write mail in all mailboxes"],
  ["Organization.Read.All", "498476ce-e0fe-48b0-b801-37ba7e2685c6", "Read organization information"],
  ["Policy.Read.All", "246dd0d5-5bd0-4def-940b-0421030a5b68", "Read your organization's policies"],
  [
    "RoleManagement.Read.Directory",
    "483bed4a-2ad3-4361-a73b-c83ccdbdc53c",
    "Read all directory RBAC settings",
  ],
  [
    "RoleManagement.ReadWrite.Directory",
    "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8",
    "Read and write all directory RBAC settings",
  ],
  [
    "User.Read.All",
    "df021288-bdef-4463-88db-98f22de89214",
    "Read all users' full profiles and company properties",
  ],
];

const graphScopes: readonly Delegated[] = [
  ["profile", "14dad69e-099b-42c9-810b-d002981feec1", "View users' basic profile", "User"],
  ["email", "64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0", "View users' email address", "User"],
  [
    "offline_access",
    "7427e0e9-2fba-42fe-b0c0-848c9e6a8182",
    "Maintain access to data you have given it access to",
    "User",
  ],
  ["Application.Read.All", "c79f8feb-a9db-4090-85f9-90d820caa0eb", "Read applications", "Admin"],
  [
    "Application.ReadWrite.All",
    "bdfbf15f-ee85-4955-8675-146e8e5296b5",
    "Read and write all applications",
    "Admin",
  ],
  [
    "AppRoleAssignment.ReadWrite.All",
    "84bccea3-f856-4a8a-967b-dbe0a3d53a64",
    "Manage app permission grants and app role assignments",
    "Admin",
  ],
  [
    "DelegatedPermissionGrant.ReadWrite.All",
    "41ce6ca6-6826-4807-84f1-1c82854f7ee5",
    "Manage all delegated permission grants",
    "Admin",
  ],
  ["Directory.Read.All", "06da0dbc-49e2-44d2-8312-53f166ab848a", "Read directory data", "Admin"],
  ["Group.ReadWrite.All", "4e46008b-f24c-477d-8fff-7bb4ec7aafe0", "Read and write all groups", "Admin"],
  ["Mail.Send", "e383f46e-2787-4529-855e-0e479a3ffac0", "Send mail as a user", "User"],
  ["MailboxSettings.Read", "87f447af-9fa4-4c32-9dfa-4a57a73d18ce", "Read user mailbox settings", "User"],
  [
    "MailboxSettings.ReadWrite",
    "818c620a-27a9-40bd-a6a5-d96f7d610b4b",
    "Read and write user mailbox settings",
    "User",
  ],
  ["Organization.Read.All", "4908d5b9-3fb2-4b1e-9336-1888b7937185", "Read organization information", "Admin"],
  ["Policy.Read.All", "572fea84-0151-49b2-9301-11cb16974376", "Read your organization's policies", "Admin"],
  [
    "RoleManagement.Read.Directory",
    "741c54c3-0c1e-44a1-818b-3f97ab4e8c83",
    "Read directory RBAC settings",
    "Admin",
  ],
  [
    "RoleManagement.ReadWrite.Directory",
    "d01b97e9-cbc0-49fe-810a-750afd5527a3",
    "Read and write directory RBAC settings",
    "Admin",
  ],
  [
    "User.Read.All",
    "a154be20-db9c-4678-8ab7-66f6cc099a59",
    "Read all users' full profiles and company properties",
    "Admin",
  ],
  ["User.ReadWrite", "b4e74841-8e56-480b-be8b-910348b18b4c", "Read and write access to user profile", "User"],
];

/**
 * Beside those of the guide. Microsoft publishes no list for this API. full_access_as_app, EWS.AccessAsUser.All and
 * the guide's rows agree with public dumps of its service principal; of the two that end in V2 only the GUIDs were
 * found (cisagov/ScubaGear, RiskyAppPermissions.json), their display names are guesses.
 */
const exchangeRoles: readonly Offer[] = [
  ["Exchange.ManageAsAppV2", "ea3d980d-ebc7-4be4-8298-a167e5b8797c", "Manage Exchange As Application V2"],
  [
    "full_access_as_app",
    "dc890d15-9560-4a4c-9b7f-a736ec74ec40",
    "Use Exchange Web Services with full access to all mailboxes",
  ],
];

const exchangeScopes: readonly Delegated[] = [
  ["Exchange.ManageV2", "44d6b5f2-d42b-4fa7-b999-1c5fcab98e4d", "Manage Exchange configuration V2", "Admin"],
  [
    "EWS.AccessAsUser.All",
    "3b5f3d61-589b-4a3c-a359-5dd4b5ee5bd5",
    "Access mailboxes as the signed-in user via Exchange Web Services",
    "User",
  ],
];

/** What is no longer offered: `appId/Scope/value` or `appId/Role/value`. */
export type Withdrawn = ReadonlySet<string>;

/** Microsoft Graph and Office 365 Exchange Online with what they offer, less what is withdrawn. */
export function resourcePlans(hosts: PracticeHosts, withdrawn: Withdrawn): ResourcePlan[] {
  const plan = (
    appId: string,
    displayName: string,
    names: string[],
    roles: readonly Offer[],
    scopes: readonly Delegated[],
  ): ResourcePlan => {
    const rows = permissions.filter((row) => row.resourceAppId === appId);
    const allRoles = [
      ...rows
        .filter(({ type }) => type === "Application")
        .map((row) => [row.value, row.guid, row.displayText] as const),
      ...roles,
    ];
    const allScopes = [
      ...rows
        .filter(({ type }) => type === "Delegated")
        .map((row) => [row.value, row.guid, row.displayText, row.adminConsent ? "Admin" : "User"] as const),
      ...scopes,
    ];
    return {
      appId,
      displayName,
      names: [...new Set([appId, ...names])],
      appRoles: allRoles.filter(([value]) => !withdrawn.has(`${appId}/Role/${value}`)).map(appRole),
      scopes: allScopes.filter(([value]) => !withdrawn.has(`${appId}/Scope/${value}`)).map(permissionScope),
    };
  };
  return [
    plan(
      graphAppId,
      "Microsoft Graph",
      [`https://${hosts.graph}`, "https://graph.microsoft.com"],
      graphRoles,
      graphScopes,
    ),
    plan(
      exchangeAppId,
      "Office 365 Exchange Online",
      [`https://${hosts.exchange}`, "https://outlook.office365.com", "https://outlook.office.com"],
      exchangeRoles,
      exchangeScopes,
    ),
  ];
}

function appRole([value, id, text]: Offer): AppRole {
  return {
    allowedMemberTypes: ["Application"],
    description: `Allows the app, without a signed-in user: ${text}.`,
    displayName: text,
    id,
    isEnabled: true,
    origin: "Application",
    value,
  };
}

function permissionScope([value, id, text, type]: Delegated): PermissionScope {
  return {
    adminConsentDescription: `Allows the app, on behalf of the signed-in user: ${text}.`,
    adminConsentDisplayName: text,
    id,
    isEnabled: true,
    type,
    userConsentDescription: `Allows the app, on your behalf: ${text}.`,
    userConsentDisplayName: text,
    value,
  };
}
