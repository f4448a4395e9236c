import { known } from "./actual.ts";
import type { ActualTenant, Known, UnknownReason } from "./actual.ts";
import type { Part } from "./change.ts";
import { deletedUnless, following } from "./read.ts";
import type { Readers, ReadTarget } from "./read.ts";

export type Look =
  | { kind: "seen"; actual: ActualTenant }
  | { kind: "not-seen"; why: "lag" | UnknownReason; detail: string };

/**
 * Reads one part again. An object that was there a moment ago and is not found now counts as replication lag, not
 * as gone: the caller waits and looks again, within its limit. With `expectGone` (a deletion) it is gone.
 */
export async function lookAgain(
  read: Readers,
  target: ReadTarget,
  actual: ActualTenant,
  part: Part,
  expectGone = false,
): Promise<Look> {
  switch (part) {
    case "application": {
      const before = actual.application;
      const appId = before.known && before.value !== null ? before.value.appId : target.application.appId;
      const wanted = { ...target.application, appId };
      const found = await read.application(wanted);
      const deletedApplication = expectGone
        ? actual.deletedApplication
        : await deletedUnless(found, () => read.deletedApplication(wanted));
      return object(
        before,
        found,
        (application) => ({ ...actual, application, deletedApplication }),
        expectGone,
      );
    }
    case "servicePrincipal": {
      const found = await following(actual.application, ({ appId }) => read.servicePrincipal(appId), null);
      return object(
        actual.servicePrincipal,
        found,
        (servicePrincipal) => ({ ...actual, servicePrincipal }),
        expectGone,
      );
    }
    case "roleGrants":
      return collection(
        await following(actual.servicePrincipal, ({ id }) => read.roleGrants(id), []),
        (roleGrants) => ({
          ...actual,
          roleGrants,
        }),
      );
    case "scopeGrants":
      return collection(
        await following(actual.servicePrincipal, ({ id }) => read.scopeGrants(id), []),
        (scopeGrants) => ({ ...actual, scopeGrants }),
      );
    default:
      return collection(
        await following(actual.servicePrincipal, ({ id }) => read.roleAssignments(id), []),
        (roleAssignments) => ({ ...actual, roleAssignments }),
      );
  }
}

function object<T>(
  before: Known<T | null>,
  found: Known<T | null>,
  put: (part: Known<T | null>) => ActualTenant,
  expectGone: boolean,
): Look {
  if (!found.known) return { kind: "not-seen", why: found.reason, detail: found.detail };
  const vanished = !expectGone && found.value === null && before.known && before.value !== null;
  return vanished ? { kind: "not-seen", why: "lag", detail: "" } : { kind: "seen", actual: put(found) };
}

function collection<T>(found: Known<readonly T[]>, put: (part: Known<readonly T[]>) => ActualTenant): Look {
  return found.known
    ? { kind: "seen", actual: put(known(found.value)) }
    : { kind: "not-seen", why: found.reason, detail: found.detail };
}
