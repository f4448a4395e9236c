import type { TargetSystem } from "../data.ts";
import { escape } from "../html.ts";
import { missingAttributes } from "./attributes.ts";
import { instanceSection, technicalSection } from "./form-sections.ts";
import { framed, hrefTo } from "./frame.ts";
import type { View } from "./frame.ts";
import type { FormName, Moment, Refused } from "./moment.ts";
import { rolloutSection } from "./rollout-section.ts";
import type { Upload } from "./uploads.ts";

/** The first form, for a new instance. */
export function setupPage(view: View, refused: Refused | null = null): Response {
  const { t } = view.words;
  const later = `<p class="lead">${escape(t("practice.portal.technical-later"))}</p>`;
  return framed(view, {
    title: t("practice.portal.new-instance"),
    body: instanceSection(view, hrefTo(view, "setup"), refused?.typed ?? {}, refused) + later,
    self: "setup",
    place: "below",
    ...(refused !== null && { status: refused.status }),
  });
}

/** Both forms and Rollout. A message stands where the work goes on. */
export function instancePage(
  view: View,
  system: TargetSystem,
  upload: Upload,
  moment: Moment = null,
): Response {
  const { t } = view.words;
  const done = moment !== null && "done" in moment ? moment.done : null;
  const refused = moment !== null && "refused" in moment ? moment.refused : null;
  const at = (form: FormName) => (refused?.form === form ? refused : null);
  const saved = {
    TargetSystemInstance: system.name,
    Description: system.description,
    ExecutionServer: system.executionServer,
  };
  const address = hrefTo(view, "instance", { id: system.id });
  const body = [
    instanceSection(view, address, at("instance")?.typed ?? saved, at("instance")),
    technicalSection(view, system, upload, { refused: at("attributes"), follows: done === "instance" }),
    rolloutSection(view, system, missingAttributes(system, upload), {
      refused: at("rollout"),
      follows: done === "attributes",
    }),
  ];
  const ended = done === "rollout" ? system.rollout : null;
  return framed(view, {
    title: ended === null ? system.name : `${t(`practice.portal.states.${ended.result}`)}: ${system.name}`,
    body: body.join(""),
    self: hrefTo({ ...view, lang: null }, "instance", { id: system.id }),
    place: "below",
    ...(refused !== null && { status: refused.status }),
  });
}
