import { z } from "zod";
import { AppError } from "../errors.ts";
import type { SetupDocument } from "../setups/document.ts";
import { fromSetupFile, maxSetupFileBytes, toSetupFile } from "../setups/setup-file.ts";
import type { Change } from "./change.ts";
import { accessTo } from "./rights.ts";
import type { ActualTenant } from "./actual.ts";
import type { DesiredTenant } from "./desired.ts";

/** Largest request file that is read, in bytes. */
export const maxRequestFileBytes = maxSetupFileBytes + 100_000;
export const requestFileFormat = "exchange-rollout-request";

const text = z.string().max(2_000);

const fileSchema = z.object({
  format: z.literal(requestFileFormat),
  version: z.literal(1),
  request: z.object({
    id: z.uuid(),
    from: text,
    at: z.iso.datetime(),
    effects: z.array(text).min(1).max(200),
  }),
  /** A setup file: values and the public certificate, no secrets. */
  setup: z.unknown(),
});

export type TenantRequest = NonNullable<SetupDocument["tenant"]["request"]>;

/** The planned changes that a colleague has to make: what this person may not do, and what hangs on it. */
export function changesToAsk(planned: { changes: readonly Change[]; actual: ActualTenant }): Change[] {
  const access = accessTo(planned.changes, planned.actual.ownRoles);
  const beyond = planned.changes.filter((_change, index) => {
    const answer = access[index];
    return answer?.mayDo === "no" || (answer?.after.length ?? 0) > 0;
  });
  // Somebody who may do everything asks a colleague for all of it.
  return beyond.length > 0 ? beyond : [...planned.changes];
}

/** What is asked of the colleague: these effects and nothing else. */
export function requestEffects(
  desired: DesiredTenant,
  planned: { changes: readonly Change[]; actual: ActualTenant } | null,
): string[] {
  if (planned === null || planned.changes.length === 0) return documentedEffects(desired);
  return changesToAsk(planned).flatMap(({ effects }) => effects);
}

/** Everything that the documentation asks of a tenant, for a request that was made without reading one. */
function documentedEffects({
  application,
  permissions,
  certificate,
  directoryRole,
}: DesiredTenant): string[] {
  return [
    ...(application.appId === null ? ["application"] : []),
    "audience",
    "service-principal",
    "listed",
    ...permissions.map(({ id }) => `request:${id}`),
    ...permissions.map(({ id }) => `grant:${id}`),
    ...(certificate === null ? [] : [`certificate:${certificate.sha256}`]),
    `role:${directoryRole}`,
  ];
}

/** The request as a file that another copy of the app opens. */
export function toRequestFile(document: SetupDocument, request: TenantRequest, now: Date): string {
  const setup: unknown = JSON.parse(toSetupFile(document, now));
  return `${JSON.stringify({ format: requestFileFormat, version: 1, request, setup }, null, 2)}\n`;
}

/**
 * A colleague's request as a setup of its own, under a new id, whose plan is limited to what was asked.
 * @throws AppError "request-file-invalid", or "setup-too-new" for a file of a later version.
 */
export function fromRequestFile(json: string, id: string, now: Date): SetupDocument {
  try {
    const { request, setup } = fileSchema.parse(JSON.parse(json.replace(/^\uFEFF/, "")));
    const document = fromSetupFile(JSON.stringify(setup), id, now);
    return { ...document, tenant: { ...document.tenant, request } };
  } catch (cause) {
    if (cause instanceof AppError && cause.code === "setup-too-new") throw cause;
    throw new AppError("request-file-invalid", {}, cause);
  }
}
