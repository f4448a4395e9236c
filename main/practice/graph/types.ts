/**
 * The properties of Microsoft Graph v1.0 that the practice tenant knows, inherited ones included, written as
 * "name Type": "[]" a collection, "?" nullable. A name without capital is a complex type.
 * Source: microsoftgraph/msgraph-metadata, schemas/v1.0-Prod.csdl (commit f54f11b6, 2026-08-20).
 */
const declared = {
  application: `
    id String; deletedDateTime DateTimeOffset?; addIns addIn[]; api apiApplication?; appId String?;
    applicationTemplateId String?; appRoles appRole[]; authenticationBehaviors authenticationBehaviors?;
    certification certification?; createdByAppId String?; createdDateTime DateTimeOffset?;
    defaultRedirectUri String?; description String?; disabledByMicrosoftStatus String?;
    displayName String?; groupMembershipClaims String?; identifierUris String[]; info informationalUrl?;
    isDeviceOnlyAuthSupported Boolean?; isDisabled Boolean?; isFallbackPublicClient Boolean?;
    keyCredentials keyCredential[]; logo Stream; managerApplications Guid[];
    nativeAuthenticationApisEnabled nativeAuthenticationApisEnabled?; notes String?;
    oauth2RequirePostResponse Boolean; optionalClaims optionalClaims?;
    parentalControlSettings parentalControlSettings?; passwordCredentials passwordCredential[];
    publicClient publicClientApplication?; publisherDomain String?;
    requestSignatureVerification requestSignatureVerification?;
    requiredResourceAccess requiredResourceAccess[]; samlMetadataUrl String?;
    serviceManagementReference String?;
    servicePrincipalLockConfiguration servicePrincipalLockConfiguration?; signInAudience String?;
    spa spaApplication?; tags String[]; tokenEncryptionKeyId Guid?; uniqueName String?;
    verifiedPublisher verifiedPublisher?; web webApplication?`,
  servicePrincipal: `
    id String; deletedDateTime DateTimeOffset?; accountEnabled Boolean?; addIns addIn[];
    alternativeNames String[]; appDescription String?; appDisplayName String?; appId String?;
    applicationTemplateId String?; appOwnerOrganizationId Guid?; appRoleAssignmentRequired Boolean;
    appRoles appRole[]; createdByAppId String?; customSecurityAttributes customSecurityAttributeValue?;
    description String?; disabledByMicrosoftStatus String?; displayName String?; homepage String?;
    info informationalUrl?; isDisabled Boolean?; keyCredentials keyCredential[]; loginUrl String?;
    logoutUrl String?; notes String?; notificationEmailAddresses String[];
    oauth2PermissionScopes permissionScope[]; passwordCredentials passwordCredential[];
    preferredSingleSignOnMode String?; preferredTokenSigningKeyThumbprint String?; replyUrls String[];
    resourceSpecificApplicationPermissions resourceSpecificPermission[];
    samlSingleSignOnSettings samlSingleSignOnSettings?; servicePrincipalNames String[];
    servicePrincipalType String?; signInAudience String?; tags String[]; tokenEncryptionKeyId Guid?;
    verifiedPublisher verifiedPublisher?`,
  appRoleAssignment: `
    id String; deletedDateTime DateTimeOffset?; appRoleId Guid; createdDateTime DateTimeOffset?;
    principalDisplayName String?; principalId Guid?; principalType String?; resourceDisplayName String?;
    resourceId Guid?`,
  oAuth2PermissionGrant: `
    id String; clientId String; consentType String?; principalId String?; resourceId String; scope String?`,
  unifiedRoleAssignment: `
    id String; appScopeId String?; condition String?; directoryScopeId String?; principalId String?;
    principalOrganizationId String?; roleDefinitionId String?`,
  unifiedRoleDefinition: `
    id String; description String?; displayName String?; isBuiltIn Boolean?; isEnabled Boolean?;
    resourceScopes String[]; rolePermissions unifiedRolePermission[]; templateId String?; version String?`,
  directoryRole: `
    id String; deletedDateTime DateTimeOffset?; description String?; displayName String?;
    roleTemplateId String?`,
  organization: `
    id String; deletedDateTime DateTimeOffset?; assignedPlans assignedPlan[]; businessPhones String[];
    city String?; country String?; countryLetterCode String?; createdDateTime DateTimeOffset?;
    defaultUsageLocation String?; displayName String?; marketingNotificationEmails String[];
    mobileDeviceManagementAuthority mdmAuthority; onPremisesLastSyncDateTime DateTimeOffset?;
    onPremisesSyncEnabled Boolean?; partnerTenantType partnerTenantType?; postalCode String?;
    preferredLanguage String?; privacyProfile privacyProfile?; provisionedPlans provisionedPlan[];
    securityComplianceNotificationMails String[]; securityComplianceNotificationPhones String[];
    state String?; street String?; technicalNotificationMails String[]; tenantType String?;
    verifiedDomains verifiedDomain[]`,
  user: `
    id String; deletedDateTime DateTimeOffset?; aboutMe String?; accountEnabled Boolean?; ageGroup String?;
    assignedLicenses assignedLicense[]; assignedPlans assignedPlan[]; authorizationInfo authorizationInfo?;
    birthday DateTimeOffset; businessPhones String[]; city String?; companyName String?;
    consentProvidedForMinor String?; country String?; createdDateTime DateTimeOffset?;
    creationType String?; customSecurityAttributes customSecurityAttributeValue?; department String?;
    deviceEnrollmentLimit Int32; displayName String?; employeeHireDate DateTimeOffset?; employeeId String?;
    employeeLeaveDateTime DateTimeOffset?; employeeOrgData employeeOrgData?; employeeType String?;
    externalUserState String?; externalUserStateChangeDateTime DateTimeOffset?; faxNumber String?;
    givenName String?; hireDate DateTimeOffset; identities objectIdentity[]?; identityParentId String?;
    imAddresses String[]?; interests String[]?; isManagementRestricted Boolean?;
    isResourceAccount Boolean?; jobTitle String?; lastPasswordChangeDateTime DateTimeOffset?;
    legalAgeGroupClassification String?; licenseAssignmentStates licenseAssignmentState[]?; mail String?;
    mailboxSettings mailboxSettings?; mailNickname String?; mobilePhone String?; mySite String?;
    officeLocation String?; onPremisesDistinguishedName String?; onPremisesDomainName String?;
    onPremisesExtensionAttributes onPremisesExtensionAttributes?; onPremisesImmutableId String?;
    onPremisesLastSyncDateTime DateTimeOffset?;
    onPremisesProvisioningErrors onPremisesProvisioningError[]?; onPremisesSamAccountName String?;
    onPremisesSecurityIdentifier String?; onPremisesSyncEnabled Boolean?;
    onPremisesUserPrincipalName String?; otherMails String[]; passwordPolicies String?;
    passwordProfile passwordProfile?; pastProjects String[]?; postalCode String?;
    preferredDataLocation String?; preferredLanguage String?; preferredName String?; print userPrint?;
    provisionedPlans provisionedPlan[]; proxyAddresses String[]; responsibilities String[]?;
    schools String[]?; securityIdentifier String?; serviceProvisioningErrors serviceProvisioningError[]?;
    showInAddressList Boolean?; signInActivity signInActivity?;
    signInSessionsValidFromDateTime DateTimeOffset?; skills String[]?; state String?;
    streetAddress String?; surname String?; usageLocation String?; userPrincipalName String?;
    userType String?`,
  tenantAppManagementPolicy: `
    id String; deletedDateTime DateTimeOffset?; description String?; displayName String?;
    applicationRestrictions appManagementApplicationConfiguration?; isEnabled Boolean;
    servicePrincipalRestrictions appManagementServicePrincipalConfiguration?`,
  appManagementPolicy: `
    id String; deletedDateTime DateTimeOffset?; description String?; displayName String?;
    isEnabled Boolean; restrictions customAppManagementConfiguration?`,
  apiApplication: `
    acceptMappedClaims Boolean?; knownClientApplications Guid[]?; oauth2PermissionScopes permissionScope[];
    preAuthorizedApplications preAuthorizedApplication[]?; requestedAccessTokenVersion Int32?`,
  appRole: `
    allowedMemberTypes String[]; description String?; displayName String?; id Guid; isEnabled Boolean;
    origin String?; value String?`,
  implicitGrantSettings: `
    enableAccessTokenIssuance Boolean?; enableIdTokenIssuance Boolean?`,
  informationalUrl: `
    logoUrl String?; marketingUrl String?; privacyStatementUrl String?; supportUrl String?;
    termsOfServiceUrl String?`,
  keyCredential: `
    customKeyIdentifier Binary?; displayName String?; endDateTime DateTimeOffset?; key Binary?;
    keyId Guid?; startDateTime DateTimeOffset?; type String?; usage String?`,
  passwordCredential: `
    customKeyIdentifier Binary?; displayName String?; endDateTime DateTimeOffset?; hint String?;
    keyId Guid?; secretText String?; startDateTime DateTimeOffset?`,
  permissionScope: `
    adminConsentDescription String?; adminConsentDisplayName String?; id Guid; isEnabled Boolean;
    origin String?; type String?; userConsentDescription String?; userConsentDisplayName String?;
    value String?`,
  publicClientApplication: `
    redirectUris String[]`,
  requiredResourceAccess: `
    resourceAccess resourceAccess[]; resourceAppId String`,
  resourceAccess: `
    id Guid; type String?`,
  spaApplication: `
    redirectUris String[]`,
  verifiedDomain: `
    capabilities String?; isDefault Boolean?; isInitial Boolean?; name String?; type String?`,
  webApplication: `
    homePageUrl String?; implicitGrantSettings implicitGrantSettings?; logoutUrl String?;
    redirectUris String[]; redirectUriSettings redirectUriSettings[]`,
} as const;

export type TypeName = keyof typeof declared;

export interface PropertyType {
  /** "String", "Guid", … or the name of a complex type. */
  type: string;
  collection: boolean;
  nullable: boolean;
}

function read(text: string): ReadonlyMap<string, PropertyType> {
  return new Map(
    text.split(";").map((entry) => {
      const [name = "", type = ""] = entry.trim().split(" ");
      const property = {
        type: type.replace("?", "").replace("[]", ""),
        collection: type.includes("[]"),
        nullable: type.endsWith("?"),
      };
      return [name, property] as const;
    }),
  );
}

export const types: ReadonlyMap<string, ReadonlyMap<string, PropertyType>> = new Map(
  Object.entries(declared).map(([name, text]) => [name, read(text)]),
);

/** The properties of a type; empty for one that is not described here. */
export function propertiesOf(type: string): ReadonlyMap<string, PropertyType> {
  return types.get(type) ?? new Map<string, PropertyType>();
}
