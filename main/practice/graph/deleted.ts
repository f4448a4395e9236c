import type { GraphObject } from "../data.ts";
import type { GraphCall } from "./call.ts";

const keptMs = 30 * 86_400_000;

/** What is not older than 30 days; then it is deleted for good (learn.microsoft.com/graph/api/resources/directory). */
export function keptDeleted<T extends GraphObject>(
  { now }: Pick<GraphCall, "now">,
  items: readonly T[],
): T[] {
  return items.filter(
    ({ deletedDateTime: at }) => typeof at === "string" && now.getTime() - Date.parse(at) < keptMs,
  );
}
