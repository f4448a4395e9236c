import type { Fetch } from "../identity/fetch.ts";
import type { Pace } from "../tenant/pace.ts";
import { details } from "./details.ts";
import type { Organization } from "./exchange-cause.ts";
import { readOrganization } from "./exchange-cause.ts";
import { isExchangeAddress } from "./hosts.ts";
import type { Answer } from "./read-answer.ts";
import { readAnswer } from "./read-answer.ts";
import type { Outcome } from "./retry.ts";
import { withRetries } from "./retry.ts";
import type { Cause } from "./token-cause.ts";
import { causeOfNetwork } from "./token-cause.ts";

export interface ExchangePorts {
  fetch: Fetch;
  pace: Pace;
  /** A new GUID for `client-request-id`. */
  newId(): string;
}

export interface ExchangeRequest {
  /** Exchange's host of the cloud, without scheme. */
  host: string;
  tenantId: string;
  /** The initial domain where it is known, else the tenant's ID. */
  anchor: string;
  token: string;
}

/** The same in every organization; it only leads the request to the right servers. */
const systemMailbox = "SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}";
const mostRedirects = 3;

/**
 * Asks Exchange Online one thing that only reads, Get-OrganizationConfig, in the way in which Microsoft's own module
 * does it: where the tenant is served is asked first. Microsoft does not document these requests. The token goes to
 * Exchange's hosts only, wherever a redirect points.
 */
export async function askExchange(
  ports: ExchangePorts,
  request: ExchangeRequest,
  signal: AbortSignal,
): Promise<Outcome<Organization>> {
  const home = await withRetries(ports.pace, signal, () => findHome(ports, request, signal));
  if (!("value" in home)) return home;
  return withRetries(ports.pace, signal, () => invoke(ports, request, home.value, signal));
}

/** Where the tenant is served: an address of Exchange, without a path. */
async function findHome(
  ports: ExchangePorts,
  request: ExchangeRequest,
  signal: AbortSignal,
): Promise<Outcome<string>> {
  const origin = `https://${request.host}`;
  const url = `${origin}/AdminApi/v1.0/${request.tenantId}/EXOModuleFile`;
  const id = ports.newId();
  const outcome = await send(ports, url, { method: "GET", headers: headersOf(request, id) }, signal);
  if ("failure" in outcome) return networkOutcome(outcome, url, id);
  const { answer } = outcome;
  if (answer.status === 429) return failedWith(readOrganization(answer), answer, url, id);
  if (!isRedirect(answer)) {
    // No redirect: the tenant is served here. Whatever else this answer says, the command's answer says better.
    return { value: origin };
  }
  const address = resolved(answer.location, url);
  if (address === null || !isExchangeAddress(address, request.host)) return foreign(answer, address, url, id);
  return { value: new URL(address).origin };
}

async function invoke(
  ports: ExchangePorts,
  request: ExchangeRequest,
  origin: string,
  signal: AbortSignal,
): Promise<Outcome<Organization>> {
  const id = ports.newId();
  let url = `${origin}/adminapi/beta/${request.tenantId}/InvokeCommand`;
  const init: RequestInit = {
    method: "POST",
    headers: {
      ...headersOf(request, id),
      "Content-Type": "application/json",
      Prefer: "odata.maxpagesize=1000",
      "X-CmdletName": "Get-OrganizationConfig",
      "X-ResponseFormat": "json",
    },
    body: JSON.stringify({ CmdletInput: { CmdletName: "Get-OrganizationConfig", Parameters: {} } }),
  };
  for (let redirects = 0; ; redirects += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each redirect is known only after the one before
    const outcome = await send(ports, url, init, signal);
    if ("failure" in outcome) return networkOutcome(outcome, url, id);
    const { answer } = outcome;
    if (!isRedirect(answer)) {
      const read = readOrganization(answer);
      return "organization" in read ? { value: read.organization } : failedWith(read, answer, url, id);
    }
    const address = resolved(answer.location, url);
    const followed = address !== null && isExchangeAddress(address, request.host);
    if (!followed || redirects === mostRedirects) return foreign(answer, address, url, id);
    url = address;
  }
}

function send(ports: ExchangePorts, url: string, init: RequestInit, signal: AbortSignal) {
  return readAnswer({ fetch: ports.fetch, now: () => ports.pace.now() }, url, init, signal);
}

function headersOf({ token, anchor }: ExchangeRequest, id: string): Record<string, string> {
  return {
    Accept: "application/json",
    Authorization: `Bearer ${token}`,
    "client-request-id": id,
    "X-AnchorMailbox": `APP:${systemMailbox}@${anchor}`,
  };
}

function isRedirect({ status, location }: Answer): boolean {
  return status >= 300 && status < 400 && location !== null;
}

function resolved(location: string | null, base: string): string | null {
  return location !== null && URL.canParse(location, base) ? new URL(location, base).href : null;
}

function foreign(answer: Answer, address: string | null, url: string, id: string): Outcome<never> {
  const host = address === null ? (answer.location ?? "") : new URL(address).host;
  const cause: Cause = { cause: "foreign-redirect", params: { host: host.slice(0, 253) }, details: {} };
  return failedWith(cause, answer, url, id);
}

function networkOutcome(
  { failure }: Extract<Awaited<ReturnType<typeof readAnswer>>, { failure: unknown }>,
  url: string,
  id: string,
): Outcome<never> {
  const { cause, details: told } = causeOfNetwork(failure);
  const all = details(told, { host: new URL(url).host, clientRequestId: id });
  return { cause: { cause, params: {}, details: all }, retryAfterMs: null };
}

function failedWith(
  failed: Cause | { organization: Organization },
  answer: Answer,
  url: string,
  id: string,
): Outcome<never> {
  const cause: Cause = "cause" in failed ? failed : { cause: "answer-invalid", params: {}, details: {} };
  const where = { status: String(answer.status), host: new URL(url).host, clientRequestId: id };
  return {
    cause: { ...cause, details: details({ requestId: answer.requestId }, cause.details, where) },
    retryAfterMs: answer.retryAfterMs,
  };
}
