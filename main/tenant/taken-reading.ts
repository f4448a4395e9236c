import type { Account } from "../identity/identity.ts";
import type { ActualTenant } from "./actual.ts";
import type { DesiredTenant } from "./desired.ts";

/** A reading of the tenant with what it was taken for: without that it says nothing about a setup. */
export interface TakenReading {
  actual: ActualTenant;
  /** The application that was looked for. */
  application: DesiredTenant["application"];
  /** Who read it: another account may see less, or another tenant. */
  by: Account;
}

/**
 * Whether a reading is about the application that the setup names now. An application ID that flowed from the reading
 * itself is the same; a name matters only while there is no application that it could be the name of. Pure.
 */
export function isReadingOf(
  wanted: DesiredTenant["application"],
  { actual, application }: Pick<TakenReading, "actual" | "application">,
): boolean {
  const found = actual.application.known ? actual.application.value : null;
  if (found !== null && found.appId.toLowerCase() === wanted.appId) return true;
  if (wanted.appId !== application.appId) return false;
  return wanted.appId !== null || found !== null || wanted.displayName === application.displayName;
}

/** Whether the APIs of all these permissions were read: another profile may want more than the one before. Pure. */
export function hasRead(permissions: DesiredTenant["permissions"], { resources }: ActualTenant): boolean {
  return permissions.every(({ resourceAppId }) => Object.hasOwn(resources, resourceAppId));
}
