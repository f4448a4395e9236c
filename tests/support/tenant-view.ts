import type { TenantView } from "../../preload/model/tenant.ts";
import type { SetupDocument } from "../../main/setups/document.ts";
import { defaultClientId } from "../../main/identity/identity.ts";
import { tenantViewOffline } from "../../main/tenant/view.ts";

/** The tenant's side of a view when nobody is signed in. */
export function offlineTenant(document: SetupDocument, now = new Date()): TenantView {
  const signIn = {
    state: "signed-out",
    account: null,
    accounts: [],
    pending: null,
    problem: null,
    clientId: defaultClientId,
    isDefaultClient: true,
  } as const;
  return tenantViewOffline(document, { ...signIn, accounts: [] }, now);
}
