import type { Inverse } from "../../tenant/change.ts";
import { inverseSchema } from "../../tenant/inverse-schema.ts";

/** The inverse in a detail of the log: "none" when there is none, "unknown" when this version can't read it. */
export function readInverse(detail: string | number | undefined): Inverse | "none" | "unknown" {
  if (detail === undefined || detail === "" || detail === "null") return "none";
  try {
    const parsed = inverseSchema.safeParse(JSON.parse(String(detail)));
    return parsed.success ? parsed.data : "unknown";
  } catch {
    return "unknown";
  }
}
