import type { FieldId } from "../../preload/model/guide.ts";

const labels: { field: FieldId; pattern: RegExp }[] = [
  { field: "applicationId", pattern: /(application|anwendungs|client)[\s_-]*id|appid/i },
  { field: "tenantId", pattern: /(directory|verzeichnis|tenant|mandanten?)[\s_-]*id/i },
  { field: "applicationObjectId", pattern: /(object|objekt)[\s_-]*id/i },
];
const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/**
 * Identifiers in text copied from the portal's overview ("Application (client) ID : …"), by the label before each,
 * in English and German. Null when the text holds no labelled identifier, so that it is taken as it is.
 */
export function pastedIds(text: string): Partial<Record<FieldId, string>> | null {
  const found: Partial<Record<FieldId, string>> = {};
  let from = 0;
  for (const match of text.matchAll(guid)) {
    const before = text.slice(from, match.index);
    from = match.index + match[0].length;
    const field = labelOf(before);
    if (field !== null) found[field] = match[0].toLowerCase();
  }
  return Object.keys(found).length === 0 ? null : found;
}

/** The last label before an identifier is its own. */
function labelOf(before: string): FieldId | null {
  let best: { field: FieldId; index: number } | null = null;
  const tail = before.replace(/\((client|tenant|mandant)\)/gi, " ").replace(/\s+/g, " ");
  for (const { field, pattern } of labels) {
    const index = lastIndex(tail, pattern);
    if (index >= 0 && (best === null || index > best.index)) best = { field, index };
  }
  return best?.field ?? null;
}

function lastIndex(text: string, pattern: RegExp): number {
  let index = -1;
  for (const match of text.matchAll(new RegExp(pattern.source, "gi"))) index = match.index;
  return index;
}
