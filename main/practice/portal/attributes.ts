import { attributes } from "../../guide/attributes.ts";
import type { Attribute } from "../../guide/attributes.ts";
import type { TargetSystem } from "../data.ts";
import type { Upload } from "./uploads.ts";

/** The attributes of the two forms, in the documentation's order. */
export const instanceAttributes = attributes.filter(({ step }) => step === "target-system-instance");
export const technicalAttributes = attributes.filter(({ step }) => step === "technical-attributes");

/** Characters in a text. */
export const maxTextLength = 500;
/** Bytes in a password; other programs' files may have longer ones than this app's. */
export const maxPasswordBytes = 1_024;

/** The gateways that can carry out the connector's work; the first is preselected. */
export const executionServers = ["IAM.cloud Gateway"] as const;

/** Mandatory technical attributes without a saved value, by name, in the form's order. */
export function missingAttributes({ attributes: texts }: TargetSystem, upload: Upload): string[] {
  return technicalAttributes
    .filter((attribute) => attribute.mandatory && !hasValue(attribute, texts, upload))
    .map(({ name }) => name);
}

function hasValue({ kind, name }: Attribute, texts: TargetSystem["attributes"], upload: Upload): boolean {
  if (kind === "file") return upload.pfx !== null;
  if (kind === "secret") return upload.password !== null;
  return (texts?.[name] ?? "") !== "";
}
