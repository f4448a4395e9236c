import type { StepId } from "../../preload/model/guide.ts";
import { stepIds } from "../../preload/model/guide.ts";

/** The steps whose work lies in the customer's tenant, so that the app can do or read it. Step 9 has its own tabs. */
const ofTenant: ReadonlySet<StepId> = new Set<StepId>([
  "admin-portal",
  "create-application",
  "register-application",
  "single-tenant",
  "application-ids",
  "api-permissions",
  "admin-consent",
  "upload-certificate",
  "exchange-role",
]);

/** Whether the step is one that the app can do or read in the tenant. */
export function isTenantStep(step: StepId): boolean {
  return ofTenant.has(step);
}

/** Things that belong to steps, gathered by their first step in the documentation's order. */
export function byStep<T extends { steps: readonly StepId[] }>(
  items: readonly T[],
): { step: StepId; items: T[] }[] {
  return stepIds.flatMap((step) => {
    const own = items.filter(({ steps }) => steps[0] === step);
    return own.length === 0 ? [] : [{ step, items: own }];
  });
}
