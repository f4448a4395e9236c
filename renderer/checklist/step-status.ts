import type { SetupView, StepView } from "../../preload/model/setup.ts";
import { plannedFor } from "../tenant/changes.ts";
import { uniqueReasons } from "./unique-reasons.ts";

/** What is needed to put a state into words. */
export interface Words {
  t: (key: string, params?: Record<string, string | number>) => string;
  /** A date as short as it can be understood: the time today, else the day. */
  when: (iso: string) => string;
  /** A permission of step 7 by its id, where the setup is at hand. */
  permission?: ((id: string) => string | undefined) | undefined;
}

/** By hand the step cannot start yet, but the app's plan makes it as part of the whole. */
export function isPlanned(view: SetupView, step: StepView): boolean {
  return step.state === "cannot-start" && plannedFor(view, step.id) > 0;
}

/** The second line of a step in the list: its state in words, never by colour alone. */
export function statusLine(view: SetupView, step: StepView, words: Words): string {
  const { t, when } = words;
  switch (step.state) {
    case "done":
      return doneLine(view, step, words);
    case "waiting":
      return waitingLine(view, step, words);
    case "not-applicable":
      return t("checklist.status.notApplicable", { reason: step.notApplicable?.reason ?? "" });
    case "cannot-start":
      if (isPlanned(view, step)) return t("states.planned");
      return step.reasons.length === 0
        ? t("states.cannot-start")
        : t("checklist.status.cannotStart", { count: uniqueReasons(step.reasons).length });
    case "needs-attention":
      return attentionLine(view, step, words);
    case "in-progress":
      return openLine(view, step, t) ?? t("states.in-progress");
    case "not-started":
      if (step.id === "rollout" && view.rollout.ready) return t("checklist.status.ready");
      return openLine(view, step, t) ?? t("states.not-started");
    default:
      return step.at === null ? "" : when(step.at);
  }
}

function doneLine(view: SetupView, step: StepView, { t, when }: Words): string {
  if (step.id === "rollout") {
    if (view.rollout.closedAt !== null) return t("checklist.status.closed");
    const at = view.rollout.record?.at ?? step.at;
    return at === null ? t("checklist.status.done") : t("checklist.status.connected", { when: when(at) });
  }
  if (step.id === "certificate" && view.certificate !== null) {
    return t("checklist.status.certificateReady", { count: view.certificate.daysLeft });
  }
  if (step.basis === null || step.at === null) return t("checklist.status.done");
  return t(`checklist.status.${step.basis}`, { when: when(step.at) });
}

function waitingLine(view: SetupView, step: StepView, { t, when }: Words): string {
  const waiting = step.waitingFor;
  if (waiting === null) return t("states.waiting");
  const since = when(waiting.since);
  if (waiting.who !== "") return t("checklist.status.waitingFor", { who: waiting.who, when: since });
  const request = step.id === "certificate" ? view.request : null;
  if (request?.key === "none") return t("checklist.status.requestKeyGone");
  return t(request !== null ? "checklist.status.waitingAuthority" : "checklist.status.waiting", {
    when: since,
  });
}

function attentionLine(view: SetupView, step: StepView, { t, when }: Words): string {
  const record = view.rollout.record;
  if (step.id === "rollout" && record?.result === "failed") {
    return t("checklist.status.failed", { when: when(record.at) });
  }
  if (step.id === "certificate" && view.certificate?.validity === "expired") {
    return t("checklist.status.certificateExpired");
  }
  return step.reasons.length === 0
    ? t("states.needs-attention")
    : t("checklist.status.needsAttention", { count: uniqueReasons(step.reasons).length });
}

/** How far a step is that is neither done nor blocked, where that can be counted. */
function openLine(view: SetupView, step: StepView, t: Words["t"]): string | null {
  if (step.id === "certificate" && view.certificate !== null) {
    return t("checklist.status.certificateInProgress", { count: view.certificate.daysLeft });
  }
  const attributes = view.attributes.filter((attribute) => attribute.step === step.id);
  if (attributes.length === 0) return null;
  const ready = attributes.filter((attribute) => attribute.ready).length;
  return t("checklist.status.values", { ready, total: attributes.length });
}

/** Where a done step stands, beside its state: "confirmed by Anna, 09:58". Empty when there is nothing to say. */
export function basisLine(step: StepView, words: Words): string {
  if (step.basis === null || step.at === null) return "";
  const by = step.by === null || step.by === "" ? words.t("evidence.unnamed") : step.by;
  return words.t(`step.basisLine.${step.basis}`, { by, when: words.when(step.at) });
}
