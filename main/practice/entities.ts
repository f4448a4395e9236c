import type { RandomBytes } from "../ports.ts";
import type { Application, PracticeData, ServicePrincipal } from "./data.ts";
import { newGuid } from "./ids.ts";
import type { ResourcePlan } from "./resources.ts";

/** Microsoft's own tenant, the home of its services. */
const microsoftTenant = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";

const noPublisher = { displayName: null, verifiedPublisherId: null, addedDateTime: null };
const noInfo = () => ({
  logoUrl: null,
  marketingUrl: null,
  privacyStatementUrl: null,
  supportUrl: null,
  termsOfServiceUrl: null,
});

/** A registration with all the properties that Graph gives by default. */
export function newApplication(
  randomBytes: RandomBytes,
  now: Date,
  publisherDomain: string,
  given: Partial<Application> & { displayName: string },
): Application {
  return {
    id: newGuid(randomBytes),
    deletedDateTime: null,
    appId: newGuid(randomBytes),
    applicationTemplateId: null,
    disabledByMicrosoftStatus: null,
    createdDateTime: timestamp(now),
    description: null,
    groupMembershipClaims: null,
    identifierUris: [],
    isDeviceOnlyAuthSupported: null,
    isFallbackPublicClient: null,
    nativeAuthenticationApisEnabled: null,
    notes: null,
    publisherDomain,
    serviceManagementReference: null,
    signInAudience: "AzureADMyOrg",
    tags: [],
    tokenEncryptionKeyId: null,
    uniqueName: null,
    samlMetadataUrl: null,
    defaultRedirectUri: null,
    certification: null,
    optionalClaims: null,
    servicePrincipalLockConfiguration: null,
    requestSignatureVerification: null,
    addIns: [],
    api: {
      acceptMappedClaims: null,
      knownClientApplications: [],
      requestedAccessTokenVersion: null,
      oauth2PermissionScopes: [],
      preAuthorizedApplications: [],
    },
    appRoles: [],
    info: noInfo(),
    keyCredentials: [],
    parentalControlSettings: { countriesBlockedForMinors: [], legalAgeGroupRule: "Allow" },
    passwordCredentials: [],
    publicClient: { redirectUris: [] },
    requiredResourceAccess: [],
    verifiedPublisher: { ...noPublisher },
    web: {
      homePageUrl: null,
      logoutUrl: null,
      redirectUris: [],
      implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
      redirectUriSettings: [],
    },
    spa: { redirectUris: [] },
    ...given,
  };
}

/** An enterprise application with all the properties that Graph gives by default. */
export function newServicePrincipal(
  randomBytes: RandomBytes,
  given: Partial<ServicePrincipal> & { appId: string; displayName: string },
): ServicePrincipal {
  return {
    id: newGuid(randomBytes),
    deletedDateTime: null,
    accountEnabled: true,
    alternativeNames: [],
    appDisplayName: given.displayName,
    appDescription: null,
    applicationTemplateId: null,
    appOwnerOrganizationId: microsoftTenant,
    appRoleAssignmentRequired: false,
    description: null,
    disabledByMicrosoftStatus: null,
    homepage: null,
    loginUrl: null,
    logoutUrl: null,
    notes: null,
    notificationEmailAddresses: [],
    preferredSingleSignOnMode: null,
    preferredTokenSigningKeyThumbprint: null,
    replyUrls: [],
    servicePrincipalNames: [given.appId],
    servicePrincipalType: "Application",
    signInAudience: "AzureADMultipleOrgs",
    tags: [],
    tokenEncryptionKeyId: null,
    samlSingleSignOnSettings: null,
    addIns: [],
    appRoles: [],
    info: noInfo(),
    keyCredentials: [],
    oauth2PermissionScopes: [],
    passwordCredentials: [],
    resourceSpecificApplicationPermissions: [],
    verifiedPublisher: { ...noPublisher },
    ...given,
  };
}

/** The enterprise application of a registration in this directory. */
export function servicePrincipalOf(
  randomBytes: RandomBytes,
  data: PracticeData,
  application: Application,
): ServicePrincipal {
  return newServicePrincipal(randomBytes, {
    appId: application.appId,
    displayName: application.displayName,
    appOwnerOrganizationId: data.tenantId,
    signInAudience: application.signInAudience,
    replyUrls: [...application.publicClient.redirectUris],
  });
}

export function resourceServicePrincipal(randomBytes: RandomBytes, plan: ResourcePlan): ServicePrincipal {
  return newServicePrincipal(randomBytes, {
    appId: plan.appId,
    displayName: plan.displayName,
    servicePrincipalNames: plan.names,
    appRoles: plan.appRoles,
    oauth2PermissionScopes: plan.scopes,
  });
}

/** As Graph writes it: whole seconds, UTC. */
export function timestamp(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}
