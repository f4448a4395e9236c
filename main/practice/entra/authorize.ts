import { createHash } from "node:crypto";
import type { Person } from "../data.ts";
import { escape } from "../html.ts";
import { newGuid, newKey } from "../ids.ts";
import type { Tenant } from "../tenant.ts";
import type { PageWords } from "../words.ts";
import { allowsRedirect, findClient } from "./clients.ts";
import type { Client } from "./clients.ts";
import { mayConsentForAll, needsAdmin, recordConsent } from "./consent.ts";
import { blockedByPolicy, description, EntraFailure, newTrace, unknownApplication } from "./errors.ts";
import { accountPicker, form, formPost, page } from "./pages.ts";
import { askedScopes, missingConsent, wantedScopes } from "./scopes.ts";
import type { Asked } from "./scopes.ts";
import type { Sessions } from "./sessions.ts";

const codeLifetimeMs = 600_000;

/** A request for a code (RFC 6749 section 4.1, OpenID Connect Core 3.1.2), checked. */
interface Authorization {
  client: Client;
  redirectUri: string;
  responseMode: string;
  state: string | null;
  asked: Asked;
  query: URLSearchParams;
}

/**
 * The browser's part of a sign-in. The request stands in the address throughout; each page posts to it what was
 * chosen ("step"), so that nothing is kept until a code is made.
 */
export function authorize(
  tenant: Tenant,
  sessions: Sessions,
  query: URLSearchParams,
  posted: URLSearchParams,
  words: PageWords,
): Response {
  let request: Authorization;
  try {
    request = checked(tenant, query);
  } catch (error) {
    if (error instanceof EntraFailure) return errorPage(tenant, words, error);
    throw error;
  }
  const step = posted.get("step");
  const answer = (failure: EntraFailure, more: Readonly<Record<string, string>> = {}) =>
    sendBack(tenant, words, request, failure, more);
  if (query.get("prompt") === "none") {
    return answer(
      new EntraFailure(
        "login_required",
        50058,
        "A silent sign-in request was sent but no user is signed in.",
      ),
    );
  }
  if (step === "cancel") {
    const failure = new EntraFailure("access_denied", 65004, "User declined to consent to access the app.");
    return answer(failure, { error_subcode: "cancel" });
  }
  const person = tenant.data.people.find(
    ({ userPrincipalName }) => userPrincipalName === posted.get("account"),
  );
  if (person === undefined) return accountPicker(tenant, words, request.client.name, query.get("login_hint"));
  if (step === "blocked") return answer(denied(blockedByPolicy()));
  if (person.blocked)
    return stopPage(
      tenant,
      words,
      words.t("practice.sign-in.cannot"),
      words.t("practice.sign-in.cannot-text"),
      blockedByPolicy(),
      person,
      "blocked",
    );
  const approval = new EntraFailure("access_denied", 90094, "The grant requires admin permission.");
  if (step === "approval") return answer(approval);
  if (request.client.preauthorized && request.asked.values.length > 0)
    return errorPage(tenant, words, notPreauthorized(request));
  const missing =
    query.get("prompt") === "consent" && step !== "consent"
      ? wantedScopes(request.client, request.asked)
      : missingConsent(tenant, request.client, person, request.asked);
  if (missing.length > 0) {
    const forAll = mayConsentForAll(tenant, person);
    if (needsAdmin(request.asked.resource, missing) && !forAll) {
      const text = words.t("practice.sign-in.approval-text", { app: request.client.name });
      return stopPage(
        tenant,
        words,
        words.t("practice.sign-in.approval"),
        text,
        approval,
        person,
        "approval",
      );
    }
    if (step !== "consent") return consentPage(words, request, person, missing, forAll);
    const all = forAll && posted.get("all") === "on";
    recordConsent(tenant, request.client, person, request.asked.resource, missing, all);
  }
  return sendCode(tenant, sessions, words, request, person);
}

/** Errors: EntraFailure; these are shown, because the redirect address cannot be trusted. */
function checked(tenant: Tenant, query: URLSearchParams): Authorization {
  const clientId = query.get("client_id") ?? "";
  const client = findClient(tenant, clientId);
  if (client === null) throw unknownApplication(clientId, tenant.data.displayName);
  const redirectUri = query.get("redirect_uri") ?? "";
  if (!allowsRedirect(client, redirectUri)) {
    throw new EntraFailure(
      "invalid_request",
      50011,
      `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${clientId}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal.`,
    );
  }
  if (query.get("response_type") !== "code") {
    throw new EntraFailure(
      "unsupported_response_type",
      700051,
      `response_type '${query.get("response_type") ?? ""}' is not enabled for the application.`,
    );
  }
  const challenge = query.get("code_challenge");
  if (challenge !== null && (challenge.length < 43 || challenge.length > 128)) {
    throw new EntraFailure("invalid_request", 501491, "Invalid size of Code_Challenge parameter.");
  }
  const asked = askedScopes(tenant, client, query.get("scope") ?? "");
  const responseMode = query.get("response_mode") ?? "query";
  return { client, redirectUri, responseMode, state: query.get("state"), asked, query };
}

/** In the form of S256; a plain one is the verifier itself (RFC 7636 section 4.2). */
function challengeOf(query: URLSearchParams): string | null {
  const challenge = query.get("code_challenge");
  if (challenge === null || query.get("code_challenge_method") === "S256") return challenge;
  return createHash("sha256").update(challenge).digest("base64url");
}

function denied(failure: EntraFailure): EntraFailure {
  return new EntraFailure("access_denied", failure.code, failure.message, failure.more);
}

function notPreauthorized({ client, asked }: Authorization): EntraFailure {
  return new EntraFailure(
    "invalid_request",
    65002,
    `Consent between first party application '${client.appId}' and first party resource '${asked.resource.appId}' must be configured via preauthorization - applications owned and operated by Microsoft must get approval from the API owner before requesting tokens for that API.`,
  );
}

function sendCode(
  tenant: Tenant,
  sessions: Sessions,
  words: PageWords,
  request: Authorization,
  person: Person,
): Response {
  const code = `1.${newKey(tenant.randomBytes)}${newKey(tenant.randomBytes)}`;
  sessions.codes.set(code, {
    clientId: request.client.appId,
    redirectUri: request.redirectUri,
    personId: person.id,
    scope: request.query.get("scope") ?? "",
    nonce: request.query.get("nonce"),
    challenge: challengeOf(request.query),
    expires: tenant.clock.now().getTime() + codeLifetimeMs,
    redeemed: false,
  });
  return deliver(words, request, { code, session_state: newGuid(tenant.randomBytes) });
}

function sendBack(
  tenant: Tenant,
  words: PageWords,
  request: Authorization,
  failure: EntraFailure,
  more: Readonly<Record<string, string>>,
): Response {
  const trace = newTrace(tenant.randomBytes, tenant.clock.now(), request.query.get("client-request-id"));
  return deliver(words, request, {
    error: failure.error,
    ...more,
    error_description: description(failure, trace),
    error_uri: `https://${tenant.hosts.login}/error?code=${failure.code}`,
    ...(failure.more.claims !== undefined && { claims: failure.more.claims }),
  });
}

function deliver(
  words: PageWords,
  request: Authorization,
  answer: Readonly<Record<string, string>>,
): Response {
  const fields = { ...answer, ...(request.state !== null && { state: request.state }) };
  if (request.responseMode === "form_post") return formPost(words, request.redirectUri, fields);
  const target = new URL(request.redirectUri);
  const text = new URLSearchParams(fields).toString();
  if (request.responseMode === "fragment") target.hash = text;
  else target.search = text;
  return new Response(null, { status: 302, headers: { Location: target.href } });
}

function consentPage(
  words: PageWords,
  request: Authorization,
  person: Person,
  missing: readonly string[],
  forAll: boolean,
): Response {
  const app = request.client.name;
  const items = missing
    .map((value) => {
      const offer = request.asked.resource.oauth2PermissionScopes.find((other) => other.value === value);
      return `<li>${escape(offer?.adminConsentDisplayName ?? value)}<small>${escape(value)}</small></li>`;
    })
    .join("");
  const all = forAll
    ? `<p><label><input type="checkbox" name="all"> ${escape(words.t("practice.sign-in.for-all"))}</label></p>`
    : "";
  const account = person.userPrincipalName;
  const accept = form({
    fields: { step: "consent", account },
    inner: all,
    button: escape(words.t("practice.sign-in.accept")),
  });
  const cancel = form({
    fields: { step: "cancel", account },
    button: escape(words.t("practice.sign-in.cancel")),
  });
  return page(
    words,
    words.t("practice.sign-in.permissions"),
    `<p>${escape(words.t("practice.sign-in.wants", { app }))}</p><ul>${items}</ul>${accept}${cancel}`,
  );
}

function stopPage(
  tenant: Tenant,
  words: PageWords,
  title: string,
  text: string,
  failure: EntraFailure,
  person: Person,
  step: string,
): Response {
  const trace = newTrace(tenant.randomBytes, tenant.clock.now(), null);
  const back = form({
    fields: { step, account: person.userPrincipalName },
    button: escape(words.t("practice.sign-in.back")),
  });
  return page(
    words,
    title,
    `<p>${escape(text)}</p><p><code>${escape(description(failure, trace))}</code></p>${back}`,
  );
}

/** An error that stays in the browser. */
export function errorPage(tenant: Tenant, words: PageWords, failure: EntraFailure): Response {
  const trace = newTrace(tenant.randomBytes, tenant.clock.now(), null);
  return page(
    words,
    words.t("practice.sign-in.sorry"),
    `<p><code>${escape(description(failure, trace))}</code></p>`,
    400,
  );
}
