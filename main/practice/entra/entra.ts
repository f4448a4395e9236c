import { publicJwk } from "../jwt.ts";
import type { Tenant } from "../tenant.ts";
import { languageOf } from "../words.ts";
import { adminConsent } from "./admin-consent.ts";
import { authorize } from "./authorize.ts";
import { deviceCode, devicePage } from "./device.ts";
import { EntraFailure, entraHeaders, errorAnswer, newTrace, unknownTenant, wrongMethod } from "./errors.ts";
import { page } from "./pages.ts";
import type { Sessions } from "./sessions.ts";
import { token } from "./token-endpoint.ts";

const postOnly: ReadonlySet<string> = new Set(["oauth2/v2.0/token", "oauth2/v2.0/devicecode"]);

/** The sign-in service of the practice tenant, with the paths of login.microsoftonline.com. */
export async function answerEntra(tenant: Tenant, sessions: Sessions, request: Request): Promise<Response> {
  const trace = newTrace(tenant.randomBytes, tenant.clock.now(), request.headers.get("client-request-id"));
  try {
    const url = new URL(request.url);
    const posted = new URLSearchParams(request.method === "POST" ? await request.text() : "");
    const [authority = "", ...rest] = url.pathname.split("/").filter((part) => part !== "");
    const path = rest.join("/").toLowerCase();
    if (path === "discovery/instance") return json(instanceDiscovery(tenant), trace);
    const directory = directoryOf(tenant, decodeURIComponent(authority));
    if (postOnly.has(path) && request.method !== "POST") throw wrongMethod(request.method);
    const words = tenant.words(languageOf(request));
    switch (path) {
      case "v2.0/.well-known/openid-configuration":
        return json(openIdConfiguration(tenant, authority, directory), trace);
      case "discovery/v2.0/keys": {
        const issuer = `https://${tenant.hosts.login}/${directory ?? "{tenantid}"}/v2.0`;
        return json({ keys: [publicJwk(await tenant.signingKey(), issuer)] }, trace);
      }
      case "oauth2/v2.0/authorize":
        return authorize(tenant, sessions, url.searchParams, posted, words);
      case "oauth2/v2.0/token":
        return json(await token(tenant, sessions, posted, authority), trace);
      case "oauth2/v2.0/devicecode":
        return json(deviceCode(tenant, sessions, posted), trace);
      case "oauth2/deviceauth":
        return devicePage(tenant, sessions, url.searchParams, posted, words);
      case "oauth2/v2.0/logout":
        return page(words, words.t("practice.sign-in.signed-out"), "");
      case "adminconsent":
        return adminConsent(tenant, url.searchParams, posted, words);
      default:
        return new Response(null, { status: 404, headers: entraHeaders(trace) });
    }
  } catch (error) {
    if (error instanceof EntraFailure) return errorAnswer(error, trace, tenant.hosts.login);
    throw error;
  }
}

/** An error answer that the fault plan asks for. */
export function entraFault(tenant: Tenant, request: Request, failure: EntraFailure): Response {
  const trace = newTrace(tenant.randomBytes, tenant.clock.now(), request.headers.get("client-request-id"));
  return errorAnswer(failure, trace, tenant.hosts.login);
}

/** The directory's ID; null for "common" and "organizations". Errors: EntraFailure for another tenant. */
function directoryOf(tenant: Tenant, name: string): string | null {
  const { tenantId, initialDomain, defaultDomain } = tenant.data;
  if (name === "common" || name === "organizations") return null;
  if ([tenantId, initialDomain, defaultDomain].includes(name.toLowerCase())) return tenantId;
  throw unknownTenant(name);
}

function openIdConfiguration(tenant: Tenant, authority: string, directory: string | null): object {
  const base = `https://${tenant.hosts.login}/${directory ?? authority}`;
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ["query", "fragment", "form_post"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    response_types_supported: ["code"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    issuer: `https://${tenant.hosts.login}/${directory ?? "{tenantid}"}/v2.0`,
    request_uri_parameter_supported: false,
    userinfo_endpoint: `https://${tenant.hosts.graph}/oidc/userinfo`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    http_logout_supported: true,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: [
      "sub",
      "iss",
      "aud",
      "exp",
      "iat",
      "nonce",
      "preferred_username",
      "name",
      "tid",
      "ver",
    ],
    tenant_region_scope: "EU",
    cloud_instance_name: tenant.hosts.login.split(".").slice(1).join("."),
    cloud_graph_host_name: tenant.hosts.graph,
    msgraph_host: tenant.hosts.graph,
  };
}

function instanceDiscovery(tenant: Tenant): object {
  const { login } = tenant.hosts;
  return {
    tenant_discovery_endpoint: `https://${login}/common/v2.0/.well-known/openid-configuration`,
    "api-version": "1.1",
    metadata: [{ preferred_network: login, preferred_cache: login, aliases: [login] }],
  };
}

function json(body: object, trace: ReturnType<typeof newTrace>): Response {
  return new Response(JSON.stringify(body), {
    headers: { ...entraHeaders(trace), "Content-Type": "application/json; charset=utf-8" },
  });
}
