import type { ActualTenant, Application } from "./actual.ts";
import type { Change, Inverse } from "./change.ts";
import { isCertificate } from "./key-credentials.ts";
import { singleTenant } from "./plan.ts";

/** The inverse of a change, bound to the application that it is made on. */
export function boundInverse(
  { inverse }: Pick<Change, "inverse">,
  application: ActualTenant["application"],
  uniqueName: string,
): Inverse | null {
  if (inverse === null) return null;
  if (inverse.kind === "delete-application") return { ...inverse, uniqueName };
  return application.known && application.value !== null
    ? { ...inverse, application: application.value.appId }
    : inverse;
}

/** Whether an inverse is about this application. */
export function isAbout(inverse: Inverse, { appId, uniqueName }: Application): boolean {
  if (inverse.kind === "delete-application") {
    return inverse.uniqueName === undefined || inverse.uniqueName === uniqueName;
  }
  return inverse.application === undefined || inverse.application === appId;
}

/** Stable name of what an inverse takes back; also the id of the undoing change. */
export function takesBack(inverse: Inverse): string {
  const { application } = inverse;
  return application === undefined ? nameOf(inverse) : `${nameOf(inverse)}@${application}`;
}

function nameOf(inverse: Inverse): string {
  switch (inverse.kind) {
    case "unrequest-permissions": {
      const entries = inverse.entries.map(({ resourceAppId, id, type }) => `${resourceAppId}/${type}/${id}`);
      return `undo:${inverse.kind}:${entries.toSorted().join(",")}`;
    }
    case "revoke-role":
      return `undo:${inverse.kind}:${inverse.resourceAppId}/${inverse.appRoleId}`;
    case "revoke-scopes":
      return `undo:${inverse.kind}:${inverse.resourceAppId}/${inverse.scopes.toSorted().join(",")}`;
    case "remove-certificate":
      return `undo:${inverse.kind}:${inverse.sha256}`;
    case "unassign-role":
      return `undo:${inverse.kind}:${inverse.roleDefinitionId}`;
    default:
      return `undo:${inverse.kind}`;
  }
}

/** Whether an application's own property shows that the inverse has nothing left to take back. */
export function isTaken(inverse: Inverse, actual: ActualTenant): boolean {
  const application = actual.application.known ? actual.application.value : null;
  switch (inverse.kind) {
    case "set-audience":
      // Any other one was chosen by somebody else after this app set its own.
      return application?.signInAudience !== singleTenant;
    case "unrequest-permissions":
      return !inverse.entries.some((entry) =>
        application?.requiredResourceAccess.some(
          ({ resourceAppId, resourceAccess }) =>
            resourceAppId === entry.resourceAppId &&
            resourceAccess.some(({ id, type }) => id === entry.id && type === entry.type),
        ),
      );
    case "remove-certificate":
      return !(application?.keyCredentials ?? []).some((credential) => isCertificate(credential, inverse));
    case "hide-service-principal": {
      const principal = actual.servicePrincipal.known ? actual.servicePrincipal.value : null;
      return !(principal?.tags ?? []).includes(inverse.tag);
    }
    default:
      return false;
  }
}
