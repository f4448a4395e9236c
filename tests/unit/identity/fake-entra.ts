import { Buffer } from "node:buffer";

/** A sign-in service that answers what MSAL asks; nothing of it is checked beyond what a test looks at. */

export const tenantId = "7d9e2f6a-0000-4000-8000-000000000001";

export interface FakeEntra {
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
  /** Forms that were posted, oldest first. */
  posted: URLSearchParams[];
  requested: string[];
  /** Answers the token endpoint instead of a token. */
  refuse: ((form: URLSearchParams) => Response | null) | null;
  headers: Record<string, string>;
}

/** `tenant`: where the person signs in; `home`: where the account is from, another tenant for a guest. */
export function fakeEntra(
  host = "login.microsoftonline.com",
  person = "admin",
  tenant = tenantId,
  home = tenant,
): FakeEntra {
  let tokens = 0;
  const entra: FakeEntra = {
    posted: [],
    requested: [],
    refuse: null,
    headers: {},
    async fetch(url, init = {}) {
      entra.requested.push(url);
      const { pathname } = new URL(url);
      const base = `https://${host}/${tenant}`;
      if (pathname.endsWith("/openid-configuration")) {
        return json({
          issuer: `${base}/v2.0`,
          authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
          token_endpoint: `${base}/oauth2/v2.0/token`,
          device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
          jwks_uri: `${base}/discovery/v2.0/keys`,
        });
      }
      const form = new URLSearchParams(typeof init.body === "string" ? init.body : "");
      entra.posted.push(form);
      if (pathname.endsWith("/devicecode")) {
        return json({
          user_code: "ABCD1234",
          device_code: "device",
          verification_uri: "https://microsoft.com/devicelogin",
          expires_in: 900,
          interval: 1,
          message: "",
        });
      }
      const refusal = entra.refuse?.(form) ?? null;
      if (refusal !== null) {
        return new Response(await refusal.text(), { status: refusal.status, headers: entra.headers });
      }
      tokens += 1;
      const claims = {
        oid: `oid-${person}`,
        tid: tenant,
        preferred_username: `${person}@contoso.org`,
        name: person,
      };
      return json({
        token_type: "Bearer",
        scope: form.get("scope") ?? "",
        expires_in: 3600,
        access_token: `token-${tokens}`,
        refresh_token: "refresh",
        id_token: `${part({ alg: "none" })}.${part({ ...claims, iss: `${base}/v2.0`, aud: form.get("client_id") })}.x`,
        client_info: part({ uid: `oid-${person}`, utid: home }),
      });
    },
  };
  return entra;

  function json(body: unknown): Response {
    return new Response(JSON.stringify(body), {
      headers: { "content-type": "application/json", ...entra.headers },
    });
  }
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

export function refused(error: string, text: string, more: object = {}): Response {
  const body = {
    error,
    error_description: text,
    correlation_id: "c-1",
    trace_id: "t-1",
    timestamp: "now",
    ...more,
  };
  return new Response(JSON.stringify(body), { status: 400 });
}

/** A browser that answers the sign-in page at once, as Entra does: a form posted to the loopback address. */
export function browser(answer: (page: URL) => Record<string, string> = () => ({ code: "code" })) {
  const opened: URL[] = [];
  return {
    opened,
    open: async (url: string): Promise<void> => {
      const page = new URL(url);
      opened.push(page);
      const body = new URLSearchParams({ state: page.searchParams.get("state") ?? "", ...answer(page) });
      const to = (page.searchParams.get("redirect_uri") ?? "").replace("localhost", "127.0.0.1");
      void fetch(to, { method: "POST", body });
    },
  };
}
