import { permissions } from "../guide/permissions.ts";
import type { StepId } from "../../preload/model/guide.ts";
import type { ActualTenant } from "./actual.ts";
import type { Change } from "./change.ts";
import type { DesiredTenant } from "./desired.ts";
import { notes } from "./notes.ts";
import type { Note } from "./notes.ts";
import { plan } from "./plan.ts";
import type { TenantRequest } from "./request-file.ts";
import { verify } from "./verify.ts";
import type { Verification } from "./verify.ts";
import { beyondRequest, withinRequest } from "./wanted.ts";

/**
 * What has to be known beside the plan of a colleague's request: only what concerns what was asked and is not seen in
 * place. None of them to settle and no change left means that all of it was read and is there. Pure.
 */
export function requestNotes(
  desired: DesiredTenant,
  actual: ActualTenant,
  request: Pick<TenantRequest, "effects">,
  now: Date,
): Note[] {
  const verification = verify(desired, actual);
  const open = request.effects.filter((effect) => !isThere(effect, desired, verification));
  const general = notes(desired, actual, now).filter(
    (note) => note.level === "stop" || open.some((effect) => concerns(note, effect)),
  );
  const changes = plan(desired, actual);
  const kept = withinRequest(changes, request);
  const level = kept.length === 0 ? "stop" : "attention";
  const beyond = beyondRequest(changes, request).map((change) => beyondNote(change, request, level));
  const planned = new Set(changes.flatMap(({ effects }) => effects));
  const untold = open.filter(
    (effect) =>
      !planned.has(effect) && !general.some((note) => note.level === "stop" || concerns(note, effect)),
  );
  const steps = new Set(untold.map((effect) => stepsOf(effect)[0]));
  return [
    ...beyond,
    ...general,
    ...[...steps].map((step): Note => ({ level: "attention", step, kind: "request-open" })),
  ];
}

function beyondNote(
  { kind: change, steps, effects }: Change,
  request: Pick<TenantRequest, "effects">,
  level: Note["level"],
): Note {
  const [step = "create-application"] = steps;
  const isPart = effects.some((effect) => request.effects.includes(effect));
  return { level, step, kind: isPart ? "request-exceeds" : "request-needs", change };
}

/** An effect's kind and what it is about: "grant:<permission>". */
function partsOf(effect: string): { kind: string; about: string } {
  const [kind = "", ...rest] = effect.split(":");
  return { kind, about: rest.join(":") };
}

/** Whether the reading shows that what was asked is in place; what could not be read is not seen there. */
function isThere(
  effect: string,
  desired: DesiredTenant,
  { facts, permissions: table }: Verification,
): boolean {
  const { kind, about } = partsOf(effect);
  const holds = (id: string) => facts.some((fact) => fact.id === id && fact.outcome.result === "satisfied");
  const row = table.rows.find((one) => one.row.id === about);
  switch (kind) {
    case "application":
    case "restored":
      return holds("application-exists");
    case "audience":
      return holds("single-tenant");
    case "service-principal":
      return holds("enterprise-application-exists");
    case "listed":
      return holds("enterprise-application-listed");
    case "request":
      return row?.requested.known === true && row.requested.value;
    case "grant":
      return row?.granted.known === true && row.granted.value;
    case "certificate":
      return desired.certificate?.sha256 === about && holds("certificate-uploaded");
    case "role":
      return desired.directoryRole === about && holds("role-assigned");
    default:
      return false;
  }
}

/** The step that an effect fulfils, and those that it hangs on. */
function stepsOf(effect: string): [StepId, ...StepId[]] {
  switch (partsOf(effect).kind) {
    case "audience":
      return ["single-tenant", "create-application"];
    case "service-principal":
    case "listed":
      return ["register-application", "create-application"];
    case "request":
      return ["api-permissions", "create-application"];
    case "grant":
      return ["admin-consent", "api-permissions", "register-application", "create-application"];
    case "certificate":
      return ["upload-certificate", "certificate", "create-application"];
    case "role":
      return ["exchange-role", "register-application", "create-application"];
    default:
      return ["create-application"];
  }
}

/** Whether a note tells why what was asked is not in place. */
function concerns(note: Note, effect: string): boolean {
  if (note.level === "info" || !stepsOf(effect).includes(note.step)) return false;
  const row = permissions.find(({ id }) => id === partsOf(effect).about);
  switch (note.kind) {
    case "not-offered":
      return note.permission === row?.id;
    case "api-missing":
      return note.resourceAppId === row?.resourceAppId;
    case "unreadable":
      return note.step !== "api-permissions" || note.part === row?.resourceAppId;
    default:
      return true;
  }
}
