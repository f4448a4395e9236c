/** A built-in directory role. */
export interface DirectoryRole {
  templateId: string;
  displayName: string;
  description: string;
}

/** learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference */
export const roleIds = {
  globalAdministrator: "62e90394-69f5-4237-9190-012177145e10",
  privilegedRoleAdministrator: "e8611ab8-c189-46e8-94e1-60213ab1f814",
  applicationAdministrator: "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
  cloudApplicationAdministrator: "158c047a-c907-4556-b7ef-446551a6b5f7",
  applicationDeveloper: "cf1c38e5-3621-4004-a7cb-879624dced7c",
  exchangeAdministrator: "29232cdf-9323-42fd-ade2-1d097af3e4de",
  exchangeRecipientAdministrator: "31392ffb-586c-42d1-9346-e59415a2cc4e",
  complianceAdministrator: "17315797-102d-40b4-93e0-432062caca18",
  helpdeskAdministrator: "729827e3-9c14-49f7-bb1b-9608f156bbb8",
  securityAdministrator: "194ae4cb-b126-40b2-bd5b-6091b380977d",
  securityReader: "5d6b6bb7-de71-4623-b4af-96380a352509",
  globalReader: "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
} as const;

export const directoryRoles: readonly DirectoryRole[] = [
  role(roleIds.globalAdministrator, "Global Administrator", "Can manage all aspects of Microsoft Entra ID."),
  role(
    roleIds.privilegedRoleAdministrator,
    "Privileged Role Administrator",
    "Can manage role assignments in Microsoft Entra ID, and all aspects of Privileged Identity Management.",
  ),
  role(
    roleIds.applicationAdministrator,
    "Application Administrator",
    "Can create and manage all aspects of app registrations and enterprise apps.",
  ),
  role(
    roleIds.cloudApplicationAdministrator,
    "Cloud Application Administrator",
    "Can create and manage all aspects of app registrations and enterprise apps except App Proxy.",
  ),
  role(
    roleIds.applicationDeveloper,
    "Application Developer",
    "Can create application registrations independent of the 'Users can register applications' setting.",
  ),
  role(
    roleIds.exchangeAdministrator,
    "Exchange Administrator",
    "Can manage all aspects of the Exchange product.",
  ),
  role(
    roleIds.exchangeRecipientAdministrator,
    "Exchange Recipient Administrator",
    "Can create or update Exchange Online recipients within the Exchange Online organization.",
  ),
  role(
    roleIds.complianceAdministrator,
    "Compliance Administrator",
    "Can read and manage compliance configuration and reports.",
  ),
  role(
    roleIds.helpdeskAdministrator,
    "Helpdesk Administrator",
    "Can reset passwords for non-administrators and Helpdesk Administrators.",
  ),
  role(
    roleIds.securityAdministrator,
    "Security Administrator",
    "Can read security information and reports, and manage configuration.",
  ),
  role(roleIds.securityReader, "Security Reader", "Can read security information and reports."),
  role(roleIds.globalReader, "Global Reader", "Can read everything that a Global Administrator can."),
];

function role(templateId: string, displayName: string, description: string): DirectoryRole {
  return { templateId, displayName, description };
}
