import type { AttributeId } from "../../preload/model/guide.ts";
import type { AttributeView, SetupView, Target } from "../../preload/model/setup.ts";
import type { PfxFileView } from "../../preload/model/transfer.ts";

/** The portal's two forms, each with its own "Save". */
export const formSteps = ["target-system-instance", "technical-attributes"] as const;
export type FormStep = (typeof formSteps)[number];
export type RowId = AttributeId | `save-${FormStep}`;

/** One thing to do in the portal: fill in a value, or press "Save". */
export interface Row {
  id: RowId;
  /** As the portal writes it. */
  name: string;
  /**
   * What there is to do: copy a text or the password, bring the file, press "Save", leave the portal's own value, or
   * first mend something in the app.
   */
  kind: "text" | "secret" | "file" | "save" | "leave" | "mend";
  attribute: AttributeView | null;
  /** Tells this value from another one without being a secret: a tick counts only while it is the same. */
  stamp: string;
  /** Where the app mends it; null when there is nothing to mend. */
  target: Target | null;
}

export interface Form {
  step: FormStep;
  rows: Row[];
}

/** The rows of both forms in the portal's order. `file` is null until main has looked at the PFX. */
export function formsOf(view: SetupView, file: PfxFileView | null): Form[] {
  return formSteps.map((step) => {
    const rows = view.attributes
      .filter((attribute) => attribute.step === step)
      .map((attribute) => rowOf(attribute, view, file));
    return { step, rows: [...rows, saveRow(step, rows)] };
  });
}

function rowOf(attribute: AttributeView, view: SetupView, file: PfxFileView | null): Row {
  const { id, name, kind, value } = attribute;
  const base = { id, name, attribute, stamp: kind === "text" ? value : pfxStamp(view), target: null };
  if (attribute.ready && isAtHand(attribute, file)) return { ...base, kind };
  if (value === "" && attribute.problem === null && !attribute.mandatory) return { ...base, kind: "leave" };
  return { ...base, kind: "mend", target: targetOf(attribute) };
}

/** The file may have gone or changed since it was saved. */
function isAtHand({ kind }: AttributeView, file: PfxFileView | null): boolean {
  return kind !== "file" || file === null || file.state === "ready";
}

/** The PFX is told by its hash, and its password by the PFX that it opens. */
function pfxStamp({ certificate }: SetupView): string {
  return certificate?.pfx === null || certificate === null ? "" : certificate.pfx.sha256;
}

function targetOf({ problem, source, step, field }: AttributeView): Target {
  return problem?.target ?? source ?? (field === null ? { step } : { step, field });
}

/** Pressing "Save" counts for the values that were in the form then. */
function saveRow(step: FormStep, rows: readonly Row[]): Row {
  const stamp = JSON.stringify(rows.map((row) => row.stamp));
  return { id: `save-${step}`, name: "Save", kind: "save", attribute: null, stamp, target: null };
}
