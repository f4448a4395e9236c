import { z } from "zod";
import { newGuid } from "../ids.ts";
import { ask, refuseUnavailable, statusText } from "./ask.ts";
import type { ConnectPorts } from "./ask.ts";
import { RolloutFailure } from "./rollout-failure.ts";

const answerOfExchange = z.object({
  value: z.tuple([z.object({ Name: z.string(), DisplayName: z.string() })]),
});

const refusal = z.object({ error: z.object({ message: z.string() }) });

/** Looks where the tenant is served, as Microsoft's module does, and asks there. */
export async function organizationOf(
  ports: ConnectPorts,
  tenantId: string,
  token: string,
): Promise<{ organization: string; displayName: string }> {
  const { hosts } = ports;
  const headers = { Authorization: `Bearer ${token}`, "client-request-id": newGuid(ports.randomBytes) };
  const found = await ask(ports, `https://${hosts.exchange}/AdminApi/v1.0/${tenantId}/EXOModuleFile`, {
    headers,
    redirect: "manual",
  });
  const home = homeIn(found, hosts.exchange);
  const response = await ask(ports, `https://${home}/adminapi/beta/${tenantId}/InvokeCommand`, {
    method: "POST",
    headers: {
      ...headers,
      "Content-Type": "application/json",
      "X-ResponseFormat": "json",
      "X-CmdletName": "Get-OrganizationConfig",
      "X-AnchorMailbox": `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${tenantId}`,
    },
    body: JSON.stringify({ CmdletInput: { CmdletName: "Get-OrganizationConfig", Parameters: {} } }),
  });
  refuseUnavailable(response);
  if (response.status === 401) throw new RolloutFailure("permission-missing", statusText(response));
  if (response.status === 403) throw new RolloutFailure("role-missing", statusText(response));
  const body: unknown = await response.json().catch(() => null);
  const parsed = answerOfExchange.safeParse(body);
  if (!response.ok || !parsed.success) {
    const refused = refusal.safeParse(body);
    const text = refused.success ? refused.data.error.message : statusText(response);
    throw new RolloutFailure("exchange-refused", text);
  }
  const [{ Name: organization, DisplayName: displayName }] = parsed.data.value;
  return { organization, displayName };
}

/** The host that Exchange leads to; its own when that is not one of Exchange, for the token goes there. */
function homeIn(response: Response, exchange: string): string {
  const location = response.headers.get("Location") ?? "";
  const host = URL.canParse(location) ? new URL(location).host : exchange;
  return host.endsWith(`.${exchange}`) ? host : exchange;
}
