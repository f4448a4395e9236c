import { z } from "zod";

/** What the token says about the application's rights. Read for diagnosis only; the services decide. */
export interface TokenClaims {
  /** Application permissions, for example "Exchange.ManageAsApp". */
  roles: string[];
  /** Template ids of directory roles. */
  wids: string[];
  tenantId: string;
  applicationId: string;
}

const claimsSchema = z.object({
  roles: z.array(z.string()).default([]),
  wids: z.array(z.string()).default([]),
  tid: z.string().default(""),
  appid: z.string().default(""),
});

/** The claims of a JSON Web Token, its signature unchecked; null when it is none. */
export function readClaims(token: string): TokenClaims | null {
  try {
    const json = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
    const { roles, wids, tid, appid } = claimsSchema.parse(JSON.parse(json));
    const lower = (values: string[]) => values.map((value) => value.toLowerCase());
    return { roles, wids: lower(wids), tenantId: tid.toLowerCase(), applicationId: appid.toLowerCase() };
  } catch {
    return null;
  }
}
