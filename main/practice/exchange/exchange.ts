import { z } from "zod";
import { newGuid } from "../ids.ts";
import { verifiedClaims } from "../jwt.ts";
import { roleIds } from "../roles.ts";
import type { Tenant } from "../tenant.ts";

/** Roles that Exchange Online accepts (learn.microsoft.com/powershell/exchange/app-only-auth-powershell-v2). */
const acceptedRoles: readonly string[] = [
  roleIds.complianceAdministrator,
  roleIds.exchangeAdministrator,
  roleIds.exchangeRecipientAdministrator,
  roleIds.globalAdministrator,
  roleIds.globalReader,
  roleIds.helpdeskAdministrator,
  roleIds.securityAdministrator,
  roleIds.securityReader,
];

const invocation = z.object({
  CmdletInput: z.object({
    CmdletName: z.string(),
    Parameters: z.record(z.string(), z.unknown()).default({}),
  }),
});

/**
 * The calls of the Exchange Online PowerShell module: where the tenant is served, and one cmdlet. 401 without the
 * application permission, 403 without a directory role, as measured by users of the real service.
 */
export async function answerExchange(tenant: Tenant, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const home = url.hostname.startsWith("eurprd.");
  const parts = url.pathname
    .toLowerCase()
    .split("/")
    .filter((part) => part !== "");
  const claims = await claimsOf(tenant, request);
  if (claims === null) return bare(tenant, 401, "invalid_token");
  if (parts[2] !== tenant.data.tenantId.toLowerCase()) return bare(tenant, 403, "wrong tenant");
  if (parts[3] === "exomodulefile" && request.method === "GET") {
    if (home) return json(tenant, 200, { value: [] });
    const location = `https://eurprd.${tenant.hosts.exchange}${url.pathname}${url.search}`;
    return new Response(null, { status: 302, headers: { ...headers(tenant), Location: location } });
  }
  if (parts[3] !== "invokecommand" || request.method !== "POST") return bare(tenant, 404, "not found");
  if (!texts(claims["roles"]).includes("Exchange.ManageAsApp"))
    return bare(tenant, 401, "Exchange.ManageAsApp is missing");
  if (!texts(claims["wids"]).some((role) => acceptedRoles.includes(role)))
    return bare(tenant, 403, "no accepted role");
  const body = invocation.safeParse(await request.json().catch(() => null));
  if (!body.success)
    return failure(tenant, 400, "BadRequest", "The request body is not a valid cmdlet input.");
  const { CmdletName: name } = body.data.CmdletInput;
  if (name.toLowerCase() !== "get-organizationconfig") {
    return failure(
      tenant,
      400,
      "BadRequest",
      `The term '${name}' is not recognized as the name of a cmdlet.`,
    );
  }
  const { initialDomain, displayName, tenantId } = tenant.data;
  const config = {
    Name: initialDomain,
    Identity: initialDomain,
    DisplayName: displayName,
    Guid: tenantId,
    IsDehydrated: false,
  };
  return json(tenant, 200, {
    "@odata.context": `https://${url.host}/adminapi/beta/$metadata`,
    value: [config],
  });
}

async function claimsOf(tenant: Tenant, request: Request): Promise<Record<string, unknown> | null> {
  const token = /^Bearer (.+)$/i.exec(request.headers.get("Authorization") ?? "")?.[1] ?? "";
  const claims = verifiedClaims(await tenant.signingKey(), token);
  const exp = claims?.["exp"];
  if (claims === null || claims["aud"] !== `https://${tenant.hosts.exchange}`) return null;
  return typeof exp === "number" && exp * 1000 > tenant.clock.now().getTime() ? claims : null;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function headers(tenant: Tenant): Record<string, string> {
  return { "request-id": newGuid(tenant.randomBytes), Date: tenant.clock.now().toUTCString() };
}

/** Exchange refuses without a body; the reason stands in a header. */
function bare(tenant: Tenant, status: number, reason: string): Response {
  const diagnostics = `2000003;reason="${reason}";error_category="invalid_grant"`;
  return new Response(null, { status, headers: { ...headers(tenant), "x-ms-diagnostics": diagnostics } });
}

function failure(tenant: Tenant, status: number, code: string, message: string): Response {
  return json(tenant, status, {
    error: { code, message, details: [{ code: "Context", target: "", message }] },
  });
}

function json(tenant: Tenant, status: number, body: object): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...headers(tenant), "Content-Type": "application/json" },
  });
}
