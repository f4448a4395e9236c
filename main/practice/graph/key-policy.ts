import type { Application, KeyCredential, KeyRestriction, PracticeData } from "../data.ts";
import { GraphFailure } from "./errors.ts";

const dayMs = 86_400_000;

/**
 * Refuses a new key that lives longer than the policy in force allows. An application's own policy takes the place
 * of the default (learn.microsoft.com/graph/api/resources/applicationauthenticationmethodpolicy). Errors: GraphFailure.
 */
export function checkKeyPolicy(data: PracticeData, application: Application, key: KeyCredential): void {
  const own = (data.applicationPolicies[application.id] ?? []).find(({ isEnabled }) => isEnabled);
  const restrictions =
    own?.keyCredentials ?? (data.tenantPolicy.isEnabled ? data.tenantPolicy.keyCredentials : []);
  const policyId = own?.id ?? "00000000-0000-0000-0000-000000000000";
  for (const restriction of restrictions) {
    const limit = limitOf(restriction, application);
    if (limit === null) continue;
    if (Date.parse(key.endDateTime) - Date.parse(key.startDateTime) > limit) {
      const message = `Credential lifetime exceeds the max value allowed as per assigned policy '${policyId}'.`;
      throw new GraphFailure(400, "CredentialInvalidLifetimeAsPerAppPolicy", message, {
        details: [{ code: "InvalidKeyEndDate", message, target: "EndDate" }],
      });
    }
  }
}

function limitOf(restriction: KeyRestriction, application: Application): number | null {
  const { restrictionType, state, maxLifetime, restrictForAppsCreatedAfterDateTime: after } = restriction;
  if (restrictionType !== "asymmetricKeyLifetime" || state !== "enabled" || maxLifetime === null) return null;
  if (after !== null && Date.parse(application.createdDateTime) < Date.parse(after)) return null;
  const days = /^P(\d+)D/.exec(maxLifetime)?.[1];
  const years = /^P(\d+)Y/.exec(maxLifetime)?.[1];
  if (days === undefined && years === undefined) return null;
  return (Number(days ?? 0) + Number(years ?? 0) * 365) * dayMs;
}
