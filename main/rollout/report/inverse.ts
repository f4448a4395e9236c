import { z } from "zod";
import type { Inverse } from "../../tenant/change.ts";

const text = z.string();

/** What takes a change in the tenant back, as it stands in the activity log. */
export const inverseSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("delete-application") }),
  z.object({ kind: z.literal("set-audience"), value: text }),
  z.object({
    kind: z.literal("unrequest-permissions"),
    entries: z.array(z.object({ resourceAppId: text, id: text, type: text })),
  }),
  z.object({ kind: z.literal("delete-service-principal") }),
  z.object({ kind: z.literal("hide-service-principal"), tag: text }),
  z.object({ kind: z.literal("revoke-role"), resourceAppId: text, appRoleId: text, value: text }),
  z.object({ kind: z.literal("revoke-scopes"), resourceAppId: text, scopes: z.array(text) }),
  z.object({ kind: z.literal("remove-certificate"), sha1: text, sha256: text, der: text, subject: text }),
  z.object({ kind: z.literal("unassign-role"), roleDefinitionId: text }),
]) satisfies z.ZodType<Inverse>;

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
