import type { Attribute } from "../../guide/attributes.ts";
import type { TargetSystem } from "../data.ts";
import { escape } from "../html.ts";
import { executionServers, instanceAttributes, maxTextLength, technicalAttributes } from "./attributes.ts";
import { hrefTo, note } from "./frame.ts";
import type { View } from "./frame.ts";
import type { Refused } from "./moment.ts";
import type { Upload } from "./uploads.ts";

/** The form with the name, the description and the execution server. HTML. */
export function instanceSection(
  view: View,
  action: string,
  values: Readonly<Record<string, string>>,
  refused: Refused | null,
): string {
  const { t } = view.words;
  const fields = instanceAttributes.map((attribute) => {
    const value = values[attribute.id] ?? "";
    const input =
      attribute.id === "ExecutionServer"
        ? serverChoice(value)
        : textInput(
            attribute,
            value,
            attribute.id === "TargetSystemInstance" && refused?.reason === "name-missing",
          );
    return field(view, attribute, input);
  });
  return section("instance", t("practice.portal.instance"), [
    problemNote(view, refused),
    `<form method="post" action="${escape(action)}">${fields.join("")}${saveButton(view, "instance")}</form>`,
  ]);
}

/** The form with the eight technical attributes. HTML. */
export function technicalSection(
  view: View,
  system: TargetSystem,
  upload: Upload,
  { refused, follows }: { refused: Refused | null; follows: boolean },
): string {
  const { t } = view.words;
  const texts = refused?.typed ?? system.attributes ?? {};
  const fields = technicalAttributes.map((attribute) => {
    if (attribute.kind === "file")
      return field(view, attribute, fileInput(attribute), fileState(view, system, upload));
    if (attribute.kind === "secret")
      return field(view, attribute, passwordInput(attribute), passwordState(view, system, upload));
    return field(view, attribute, textInput(attribute, texts[attribute.name] ?? ""));
  });
  const action = hrefTo(view, "attributes", { id: system.id });
  return section("attributes", t("practice.portal.technical"), [
    problemNote(view, refused),
    follows ? note(t("practice.portal.done.instance"), "done") : "",
    `<p class="lead">${escape(t("practice.portal.memory-only"))}</p>`,
    `<form method="post" enctype="multipart/form-data" action="${escape(action)}">${fields.join("")}${saveButton(view, "attributes")}</form>`,
  ]);
}

/** A part of the page that a link can lead to, so that keyboard and screen reader go on there. */
export function section(id: string, title: string, parts: readonly string[]): string {
  return `<section id="${id}" tabindex="-1" aria-labelledby="${id}-title"><h2 id="${id}-title">${escape(title)}</h2>${parts.join("")}</section>`;
}

export function problemNote({ words }: View, refused: Refused | null): string {
  return refused === null ? "" : note(words.t(`practice.portal.problems.${refused.reason}`), "problem");
}

function saveButton({ words }: View, form: string): string {
  return `<button class="main" aria-describedby="${form}-title">${escape(words.t("labels.save.page"))}</button>`;
}

/** Label, what it means, and what is there already. Only the name stands in the label: it is the documentation's. */
function field({ words }: View, { id, name, mandatory }: Attribute, input: string, state = ""): string {
  const mark = mandatory ? `<span class="mark">${escape(words.t("common.required"))}</span>` : "";
  const known = state === "" ? "" : `<p id="${id}-state">${escape(state)}</p>`;
  return `<div class="field"><label for="${id}">${escape(name)}</label>${mark}<p id="${id}-about">${escape(words.t(`attributes.${id}.means`))}</p>${known}${input}</div>`;
}

const plain = 'autocomplete="off" autocapitalize="off" spellcheck="false"';

function textInput({ id, name, mandatory }: Attribute, value: string, wrong = false): string {
  const required = `${mandatory ? ' aria-required="true"' : ""}${wrong ? ' aria-invalid="true"' : ""}`;
  return `<input type="text" id="${id}" name="${escape(name)}" value="${escape(value)}" maxlength="${maxTextLength}" ${plain}${required} aria-describedby="${id}-about">`;
}

function serverChoice(value: string): string {
  const options = executionServers.map(
    (server) => `<option${server === value ? " selected" : ""}>${escape(server)}</option>`,
  );
  return `<select id="ExecutionServer" name="Execution server" aria-describedby="ExecutionServer-about">${options.join("")}</select>`;
}

function fileInput({ id, name }: Attribute): string {
  return `<input type="file" id="${id}" name="${escape(name)}" accept=".pfx,.p12" aria-describedby="${id}-about ${id}-state">`;
}

/** Never filled in: a saved password does not come back. */
function passwordInput({ id, name }: Attribute): string {
  return `<input type="password" id="${id}" name="${escape(name)}" autocomplete="new-password" aria-required="true" aria-describedby="${id}-about ${id}-state">`;
}

function fileState({ words }: View, { pfx }: TargetSystem, upload: Upload): string {
  if (pfx === null) return words.t("practice.portal.pfx.none");
  const { fileName, sha256 } = pfx;
  const size = new Intl.NumberFormat(words.language).format(pfx.size);
  const key = upload.pfx === null ? "forgotten" : "held";
  return words.t(`practice.portal.pfx.${key}`, { fileName, size, sha256 });
}

function passwordState({ words }: View, { pfx }: TargetSystem, upload: Upload): string {
  if (upload.password !== null) return words.t("practice.portal.password.held");
  return words.t(`practice.portal.password.${pfx === null ? "none" : "again"}`);
}
