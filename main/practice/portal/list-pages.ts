import type { TargetSystem } from "../data.ts";
import { escape } from "../html.ts";
import { framed, hrefTo } from "./frame.ts";
import type { View } from "./frame.ts";

/** The first page: what the person is responsible for. */
export function responsibilitiesPage(view: View): Response {
  const { t } = view.words;
  const link = `<a href="${escape(hrefTo(view, "target-systems"))}">${escape(t("labels.target-systems.page"))}</a>`;
  const body = `<section><ul class="list"><li><p>${link}<small>${escape(t("practice.portal.target-systems-about"))}</small></p></li></ul></section>`;
  return framed(view, {
    title: t("labels.responsibilities.page"),
    body,
    self: "responsibilities",
    place: "responsibilities",
  });
}

/** The connectors with their buttons, and the instances that were made of them. */
export function targetSystemsPage(view: View, systems: readonly TargetSystem[]): Response {
  const { t } = view.words;
  const instances =
    systems.length === 0
      ? `<p class="lead">${escape(t("practice.portal.no-instances"))}</p>`
      : `<ul class="list">${systems.map((system) => instanceRow(view, system)).join("")}</ul>`;
  const lang = view.lang === null ? "" : `<input type="hidden" name="lang" value="${escape(view.lang)}">`;
  const body = `<section aria-labelledby="connectors"><h2 id="connectors">${escape(t("practice.portal.connectors"))}</h2>
<ul class="list"><li><p><strong id="connector">${escape(t("labels.connector.page"))}</strong><small>${escape(t("practice.portal.connector-about"))}</small></p><form method="get" action="setup">${lang}<button class="main" aria-describedby="connector">${escape(t("labels.setup.page"))}</button></form></li></ul></section>
<section aria-labelledby="instances"><h2 id="instances">${escape(t("practice.portal.instances"))}</h2>${instances}</section>`;
  return framed(view, {
    title: t("labels.target-systems.page"),
    body,
    self: "target-systems",
    place: "target-systems",
  });
}

function instanceRow(view: View, { id, name, description, rollout }: TargetSystem): string {
  const { t } = view.words;
  const open = `<a id="name-${id}" href="${escape(hrefTo(view, "instance", { id }))}">${escape(name)}</a>`;
  const state = t(`practice.portal.states.${rollout?.result ?? "not-rolled-out"}`);
  const about = description === "" ? "" : `<small>${escape(description)}</small>`;
  const remove = `<form method="post" action="${escape(hrefTo(view, "remove", { id }))}"><button aria-describedby="name-${id}">${escape(t("practice.portal.remove"))}</button></form>`;
  return `<li><p>${open}<small>${escape(state)}</small>${about}</p>${remove}</li>`;
}

/** Something that cannot be shown or done, with the way back. */
export function stopPage(view: View, status: 403 | 404 | 405, reason: "foreign" | "gone"): Response {
  const { t } = view.words;
  const back = `<a href="${escape(hrefTo(view, "target-systems"))}">${escape(t("labels.target-systems.page"))}</a>`;
  const body = `<section><p>${escape(t(`practice.portal.problems.${reason}`))}</p><p>${back}</p></section>`;
  return framed(view, {
    title: t("practice.portal.stopped"),
    body,
    self: "target-systems",
    place: "below",
    status,
  });
}
