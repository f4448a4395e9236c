import { z } from "zod";
import type { Inverse } from "./change.ts";

const text = z.string().max(200_000);
/** What keeps an inverse from being done to another application. */
const own = { application: text.optional() };

/** What takes a change in the tenant back, as it stands in the log of changes. */
export const inverseSchema = z.discriminatedUnion("kind", [
  z.object({ ...own, kind: z.literal("delete-application"), uniqueName: text.optional() }),
  z.object({ ...own, kind: z.literal("set-audience"), value: text }),
  z.object({
    ...own,
    kind: z.literal("unrequest-permissions"),
    entries: z.array(z.object({ resourceAppId: text, id: text, type: text })),
  }),
  z.object({ ...own, kind: z.literal("delete-service-principal") }),
  z.object({ ...own, kind: z.literal("hide-service-principal"), tag: text }),
  z.object({ ...own, kind: z.literal("revoke-role"), resourceAppId: text, appRoleId: text, value: text }),
  z.object({ ...own, kind: z.literal("revoke-scopes"), resourceAppId: text, scopes: z.array(text) }),
  z.object({
    ...own,
    kind: z.literal("remove-certificate"),
    sha1: text,
    sha256: text,
    der: text,
    subject: text,
  }),
  z.object({ ...own, kind: z.literal("unassign-role"), roleDefinitionId: text }),
]) satisfies z.ZodType<Inverse>;
