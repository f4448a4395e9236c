import { permissions } from "../guide/permissions.ts";
import type { PermissionRow } from "../../preload/model/guide.ts";
import type { Profile } from "../../preload/model/tenant.ts";

/** Exchange Administrator (learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference). */
export const exchangeAdministrator = "29232cdf-9323-42fd-ade2-1d097af3e4de";

/** Shows a service principal under Enterprise applications, as the portal's own registrations are. */
export const enterpriseApplicationTag = "WindowsAzureActiveDirectoryIntegratedApp";

export interface DesiredCertificate {
  /** Thumbprints as upper-case hex. */
  sha1: string;
  sha256: string;
  /** The certificate itself, standard base64 of its DER. */
  der: string;
  subject: string;
  /** ISO 8601. */
  notBefore: string;
  notAfter: string;
  selfSigned: boolean;
}

/** What the documentation asks of the tenant, with the setup's values. */
export interface DesiredTenant {
  profile: Profile;
  /** Tenant the setup belongs to; empty while unknown. */
  tenantId: string;
  application: {
    displayName: string;
    /** Alternate key under which this setup's application is created and found again. */
    uniqueName: string;
    /** Application ID of an existing registration: known from the setup, or taken over by the user's choice. */
    appId: string | null;
    /** The user said that a new one is to be made although another has the same name. */
    besideNamesake: boolean;
  };
  permissions: readonly PermissionRow[];
  certificate: DesiredCertificate | null;
  directoryRole: string;
}

export interface DesiredInputs {
  setupId: string;
  profile: Profile;
  displayName: string;
  tenantId: string;
  applicationId: string;
  certificate: DesiredCertificate | null;
  besideNamesake?: boolean;
}

/** The desired tenant of one setup. Empty `applicationId`: found by its unique name, or created. */
export function desiredTenant(inputs: DesiredInputs): DesiredTenant {
  const appId = inputs.applicationId.trim().toLowerCase();
  return {
    profile: inputs.profile,
    tenantId: inputs.tenantId.trim().toLowerCase(),
    application: {
      displayName: inputs.displayName.trim(),
      uniqueName: uniqueNameOf(inputs.setupId),
      appId: appId === "" ? null : appId,
      besideNamesake: inputs.besideNamesake ?? false,
    },
    permissions: profilePermissions(inputs.profile),
    certificate: inputs.certificate,
    directoryRole: exchangeAdministrator,
  };
}

/** The rows of step 7 that a profile asks for, in the documentation's order. */
export function profilePermissions(profile: Profile): readonly PermissionRow[] {
  return profile === "documented" ? permissions : permissions.filter(({ essential }) => essential);
}

/** Stable for a setup, so that a repeated create meets the same application. */
export function uniqueNameOf(setupId: string): string {
  return `exchange-rollout-${setupId.toLowerCase().replaceAll(/[^a-z0-9-]/g, "-")}`;
}
