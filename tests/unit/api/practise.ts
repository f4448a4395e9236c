import type { StepId } from "../../../preload/model/guide.ts";
import type { SetupView } from "../../../preload/model/setup.ts";
import type { PracticeSample } from "../../../preload/model/tenant.ts";
import { certificateInput, newTask, openTestApp } from "./app.ts";
import type { TestApp } from "./app.ts";
import { signInAs } from "./practice-browser.ts";

/** A new practice setup with somebody signed in. */
export async function practise(account: string, sample: PracticeSample = "empty", withCertificate = true) {
  const app = await openTestApp();
  const created = await app.api.practice.create({ sample });
  const setupId = created.summary.id;
  const tenant = await signInAs(app, setupId, account);
  if (withCertificate) await app.api.certificates.create({ setupId, task: newTask(), ...certificateInput });
  await app.api.tenant.signIn({ setupId, method: "browser", chooseAccount: false, guest: false });
  return { app, setupId, tenant, check: () => app.api.tenant.check({ setupId, quiet: false }) };
}

/** Confirms the plan that is shown. */
export async function applyAll(app: TestApp, setupId: string, view: SetupView): Promise<SetupView> {
  const planId = view.tenant.plan?.id ?? "";
  return app.api.tenant.apply({ setupId, planId });
}

/** A step's state, and what it rests on. */
export const stateOf = (view: SetupView, step: StepId) => {
  const found = view.steps.find(({ id }) => id === step);
  return [found?.state, found?.basis];
};
