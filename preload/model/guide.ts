/** The documentation's 15 steps, in its order. */
export const stepIds = [
  "azure-active-directory",
  "admin-portal",
  "create-application",
  "register-application",
  "single-tenant",
  "application-ids",
  "api-permissions",
  "admin-consent",
  "certificate",
  "upload-certificate",
  "exchange-role",
  "target-systems",
  "target-system-instance",
  "technical-attributes",
  "rollout",
] as const;
export type StepId = (typeof stepIds)[number];

export const sectionIds = ["prerequisites", "enterprise-application", "target-system-connector"] as const;
export type SectionId = (typeof sectionIds)[number];

export const cloudIds = ["global", "gcc-high", "dod", "china"] as const;
export type CloudId = (typeof cloudIds)[number];

/** Values that are typed once and flow to every place that needs them. */
export const fieldIds = [
  "azureAdInstance",
  "tenantName",
  "tenantDomain",
  "applicationName",
  "applicationId",
  "applicationObjectId",
  "tenantId",
  "consentAskedFrom",
  "uploadedThumbprint",
  "portalUrl",
  "instanceName",
  "instanceDescription",
  "executionServer",
  "shellDisplay",
  "shellDescription",
  "tenantDisplay",
  "organizationDisplayName",
] as const;
export type FieldId = (typeof fieldIds)[number];

/** The documentation's attributes: three of the instance (step 13), eight technical ones (step 14). */
export const attributeIds = [
  "TargetSystemInstance",
  "Description",
  "ExecutionServer",
  "ShellDisplay",
  "ShellDescription",
  "ConnectAppID",
  "ConnectPFX",
  "ConnectPFXPassword",
  "TenantDisplay",
  "TenantID",
  "OrganizationDisplayName",
] as const;
export type AttributeId = (typeof attributeIds)[number];

export const permissionIds = [
  "graph-openid",
  "graph-user-read",
  "graph-mailbox-settings-app",
  "exchange-manage",
  "exchange-group-readwrite-all",
  "exchange-mailbox-settings",
  "exchange-people-readwrite",
  "exchange-user-readwrite",
  "exchange-manage-as-app",
  "exchange-mailbox-settings-app",
] as const;
export type PermissionId = (typeof permissionIds)[number];

export type ApiName = "Microsoft Graph" | "Office 365 Exchange Online";

/** One row of the documentation's permission table (step 7). */
export interface PermissionRow {
  id: PermissionId;
  api: ApiName;
  /** Application ID of the API's own service principal. */
  resourceAppId: string;
  type: "Delegated" | "Application";
  /** What the documentation and the portal call it, for example "sign users in". */
  displayText: string;
  /** The permission itself, for example "Exchange.ManageAsApp". */
  value: string;
  /** Known identifier in the global cloud; other clouds may differ. */
  guid: string;
  /** Whether the portal shows "Admin consent required". */
  adminConsent: boolean;
  /** The connector cannot work without it. */
  essential: boolean;
  /** Microsoft announced the end of what it was for; it may be missing in today's portal. */
  legacy: boolean;
}

/** A place outside the app. Main knows the address; the renderer only names it. */
export const linkIds = [
  "azure-portal",
  "entra-admin-center",
  "register-application",
  "app-registrations",
  "enterprise-applications",
  "application-overview",
  "application-permissions",
  "application-credentials",
  "application-authentication",
  "admin-consent-url",
  "exchange-administrator-role",
  "all-roles",
  "iam-cloud-portal",
  "documentation",
  "documentation-azure-ad",
  "microsoft-app-only",
  "microsoft-consent",
  "microsoft-certificate",
] as const;
export type LinkId = (typeof linkIds)[number];

/** Labels of controls in Microsoft's and IAM.cloud's portals (`labels.<id>.page|today|german` in the locale files). */
export const labelIds = [
  "admin-center",
  "new-application",
  "create-your-own-application",
  "register-option",
  "single-tenant",
  "register",
  "create",
  "app-registrations",
  "api-permissions",
  "add-a-permission",
  "microsoft-graph",
  "exchange-api",
  "delegated-permissions",
  "application-permissions",
  "grant-admin-consent",
  "certificates-and-secrets",
  "upload-certificate",
  "roles",
  "exchange-administrator",
  "add-assignments",
  "application-id",
  "tenant-id",
  "responsibilities",
  "target-systems",
  "connector",
  "setup",
  "save",
  "rollout",
] as const;
export type LabelId = (typeof labelIds)[number];
