/** Delegated permissions of Microsoft Graph that the app asks for, each only when a request needs it. */
export type GraphScope =
  | "User.Read"
  | "Application.Read.All"
  | "Application.ReadWrite.All"
  | "AppRoleAssignment.ReadWrite.All"
  | "DelegatedPermissionGrant.ReadWrite.All"
  | "Directory.Read.All"
  | "Policy.Read.All"
  | "RoleManagement.Read.Directory"
  | "RoleManagement.ReadWrite.Directory";

/** What "Check my access" and reading need; asked first (Microsoft Graph permissions reference). */
export const signInScopes: readonly GraphScope[] = ["User.Read"];

export const readScopes: readonly GraphScope[] = [
  "User.Read",
  "Application.Read.All",
  "Directory.Read.All",
  "Policy.Read.All",
  "RoleManagement.Read.Directory",
];

/** The scopes as the identity platform wants them, with the address of the cloud's Graph. */
export function fullScopes(graphHost: string, scopes: readonly GraphScope[]): string[] {
  return scopes.map((scope) => `https://${graphHost}/${scope}`);
}
