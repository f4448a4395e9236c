import type { Result } from "../../preload/model/errors.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import { detailsOf } from "../certificates/details-fields.tsx";
import type { CertificateDetails } from "../certificates/details-fields.tsx";
import type { Draft } from "../certificates/draft.ts";
import { hasPassword } from "../certificates/password-choice.ts";
import { calendarDate, daysLater, validityOf } from "../certificates/validity.ts";
import { attempt, rollout } from "../store/api.ts";
import { acceptView } from "../store/setups.ts";

export interface QuickDetails {
  input: CertificateDetails & { notBefore: string; notAfter: string };
  days: number;
  /** The tenant allows less than what the workbench proposes. */
  shortened: boolean;
}

/** The workbench's proposal, no longer than the tenant allows; null when it lacks a name or is refused anyway. */
export function quickDetails(view: SetupView, draft: Draft, now: Date): QuickDetails | null {
  const domain = view.summary.tenantDomain || (view.tenant.organization?.initialDomain ?? "");
  const details = detailsOf(view, { ...draft, commonName: draft.commonName ?? domain });
  const validity = validityOf(draft.preset, draft.lastDay, calendarDate(now));
  if (details === null || "problem" in validity) return null;
  const limits = view.tenant.certificateLimits;
  if (limits?.selfSigned === "refused") return null;
  const maxDays = limits === null || limits.maxDays === null ? null : Math.floor(limits.maxDays);
  const shortened = maxDays !== null && maxDays < validity.days;
  const days = shortened ? maxDays : validity.days;
  const { notBefore } = validity;
  return { input: { ...details, notBefore, notAfter: daysLater(notBefore, days) }, days, shortened };
}

/** Makes the certificate, with a generated password when there is none, and brings it into the plan. */
export async function createQuickCertificate(
  view: SetupView,
  { input }: QuickDetails,
  keep: boolean,
  task: string,
): Promise<Result<SetupView>> {
  const { certificates, tenant } = rollout();
  const setupId = view.summary.id;
  const password = hasPassword(view) ? {} : { password: { kind: "generated", keep } as const };
  const created = await attempt(certificates.create({ setupId, task, ...input, ...password }));
  if (!created.ok) return created;
  acceptView(created.value);
  if (isPlanned(created.value)) return created;
  const checked = await attempt(tenant.check({ setupId, quiet: true }));
  if (checked.ok) acceptView(checked.value);
  return checked.ok ? checked : created;
}

function isPlanned({ tenant }: SetupView): boolean {
  return tenant.plan === null || tenant.plan.changes.some(({ kind }) => kind === "add-certificate");
}
