import type { KeyRestriction } from "../data.ts";
import { needAnyRole, needPermission, permissionsFor } from "./access.ts";
import { seenApplication } from "./applications.ts";
import type { GraphCall, GraphResult } from "./call.ts";
import { badRequest } from "./errors.ts";
import { list, single } from "./query.ts";
import type { Collection } from "./query.ts";

const organizationSet: Collection = { type: "organization", set: "organization", filter: [] };
const userSet: Collection = { type: "user", set: "users", filter: [] };
const policySet: Collection = {
  type: "tenantAppManagementPolicy",
  set: "policies/defaultAppManagementPolicy",
  filter: [],
};
const applicationPolicySet: Collection = {
  type: "appManagementPolicy",
  set: "appManagementPolicies",
  filter: [],
};

/** With User.Read alone only id, displayName and verifiedDomains (learn.microsoft.com/graph/api/organization-get). */
export function organization(call: GraphCall): GraphResult {
  needPermission(call, permissionsFor.readOrganization);
  const full = permissionsFor.readOrganizationDetails.some((name) => call.caller.permissions.has(name));
  const { tenantId, displayName, initialDomain, defaultDomain } = call.data;
  const domain = (name: string, isInitial: boolean) => ({
    capabilities: "Email, OfficeCommunicationsOnline",
    isDefault: name === defaultDomain,
    isInitial,
    name,
    type: "Managed",
  });
  const entity = {
    id: tenantId,
    deletedDateTime: null,
    businessPhones: [],
    city: null,
    country: null,
    countryLetterCode: full ? "DE" : null,
    createdDateTime: full ? "2019-03-01T08:00:00Z" : null,
    defaultUsageLocation: null,
    displayName,
    marketingNotificationEmails: [],
    onPremisesLastSyncDateTime: null,
    onPremisesSyncEnabled: null,
    postalCode: null,
    preferredLanguage: full ? "en" : null,
    securityComplianceNotificationMails: [],
    securityComplianceNotificationPhones: [],
    state: null,
    street: null,
    technicalNotificationMails: [],
    tenantType: full ? "AAD" : null,
    verifiedDomains: [domain(initialDomain, true), domain(defaultDomain, false)],
    assignedPlans: [],
    provisionedPlans: [],
  };
  return list(call, organizationSet, [entity]);
}

export function me(call: GraphCall): GraphResult {
  const person = call.data.people.find(({ id }) => id === call.caller.objectId);
  if (person === undefined) {
    throw badRequest("/me request is only valid with delegated authentication flow.", "BadRequest");
  }
  needPermission(call, permissionsFor.readSelf);
  const { blocked: _, ...names } = person;
  const entity = {
    businessPhones: [],
    jobTitle: null,
    mail: person.userPrincipalName,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    ...names,
  };
  return single(call, userSet, entity);
}

/** Reading policies needs an administrative role beside the permission. */
export function defaultPolicy(call: GraphCall): GraphResult {
  needPermission(call, permissionsFor.readPolicies);
  needAnyRole(call);
  const { isEnabled, keyCredentials } = call.data.tenantPolicy;
  const restrictions = () => ({ passwordCredentials: [], keyCredentials: keyCredentials.map(restriction) });
  return single(call, policySet, {
    id: "00000000-0000-0000-0000-000000000000",
    deletedDateTime: null,
    displayName: "Default app management tenant policy",
    description:
      "Default tenant policy that enforces app management restrictions on applications and service principals.",
    isEnabled,
    applicationRestrictions: restrictions(),
    servicePrincipalRestrictions: restrictions(),
  });
}

export function applicationPolicies(call: GraphCall, key: string): GraphResult {
  needPermission(call, permissionsFor.readPolicies);
  needAnyRole(call);
  const application = seenApplication(call, key);
  const found = (call.data.applicationPolicies[application.id] ?? []).map((policy) => ({
    id: policy.id,
    deletedDateTime: null,
    displayName: policy.displayName,
    description: policy.description,
    isEnabled: policy.isEnabled,
    restrictions: { passwordCredentials: [], keyCredentials: policy.keyCredentials.map(restriction) },
  }));
  return list(call, applicationPolicySet, found);
}

function restriction(given: KeyRestriction) {
  return { ...given };
}
