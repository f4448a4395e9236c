import type { FieldId } from "../../../preload/model/guide.ts";
import type { FieldView, SetupView } from "../../../preload/model/setup.ts";

/** The field wherever it is typed; undefined when no step asks for it. */
export function fieldIn(view: SetupView, id: FieldId): FieldView | undefined {
  return view.steps.flatMap((step) => step.fields).find((field) => field.id === id);
}

/** The value in use: what was typed, else what flows from elsewhere; empty when neither is known. */
export function valueIn(view: SetupView, id: FieldId): string {
  const field = fieldIn(view, id);
  return field === undefined ? "" : field.value.trim() || field.suggestion;
}
