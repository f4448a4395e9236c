import type { RolloutRecord, TargetSystem } from "../data.ts";
import { escape } from "../html.ts";
import { problemNote, section } from "./form-sections.ts";
import { hrefTo, note } from "./frame.ts";
import type { View } from "./frame.ts";
import type { Refused } from "./moment.ts";

/** The button, what still keeps it from being pressed, and how the last Rollout ended. HTML. */
export function rolloutSection(
  view: View,
  system: TargetSystem,
  missing: readonly string[],
  { refused, follows }: { refused: Refused | null; follows: boolean },
): string {
  const { t } = view.words;
  return section("rollout", t("labels.rollout.page"), [
    problemNote(view, refused),
    follows ? note(t("practice.portal.done.attributes"), "done") : "",
    system.rollout === null ? "" : result(view, system.rollout, system.savedAt),
    missing.length === 0 ? ready(view, system.id) : notReady(view, missing, system.rollout),
  ]);
}

function ready(view: View, id: string): string {
  const { t } = view.words;
  const action = escape(hrefTo(view, "rollout", { id }));
  return `<p id="rollout-state">${escape(t("practice.portal.ready"))}</p><form method="post" action="${action}"><button class="main" aria-describedby="rollout-state">${escape(t("labels.rollout.page"))}</button></form>`;
}

function notReady(view: View, missing: readonly string[], last: RolloutRecord | null): string {
  const { t } = view.words;
  const lead = t(`practice.portal.${last?.result === "connected" ? "not-ready-again" : "not-ready"}`);
  const items = missing.map((name) => `<li><a href="#${name}">${escape(name)}</a></li>`).join("");
  return `<div id="rollout-state"><p>${escape(lead)}</p><ul>${items}</ul></div><button class="main" disabled aria-describedby="rollout-state">${escape(t("labels.rollout.page"))}</button>`;
}

function result({ words }: View, record: RolloutRecord, savedAt: string): string {
  const { t, formatDateTime } = words;
  const later = savedAt > record.at ? `<p>${escape(t("practice.portal.saved-since"))}</p>` : "";
  const when = `<p>${escape(t("practice.portal.rollout-at", { at: formatDateTime(record.at) }))}</p>`;
  const title = `<h3>${escape(t(`practice.portal.states.${record.result}`))}</h3>`;
  if (record.result === "connected") {
    const { organization, displayName } = record;
    const text = t("practice.portal.connected-to", { organization, displayName });
    return `<div class="note good" role="status">${title}<p>${escape(text)}</p>${when}${later}</div>`;
  }
  const attribute = record.attribute === "" ? "" : attributeLine(words, record.attribute);
  const said =
    record.serviceText === ""
      ? ""
      : `<p>${escape(t("practice.portal.service-text"))}</p><p><code>${escape(record.serviceText)}</code></p>`;
  return `<div class="note bad" role="alert">${title}<p>${escape(t(`practice.portal.reasons.${record.reason}`))}</p>${attribute}${said}${when}${later}</div>`;
}

function attributeLine({ t }: View["words"], name: string): string {
  return `<p>${escape(t("practice.portal.about-attribute"))} <a href="#${name}">${escape(name)}</a></p>`;
}
