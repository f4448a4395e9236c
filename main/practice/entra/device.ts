import { escape } from "../html.ts";
import { newKey } from "../ids.ts";
import type { Tenant } from "../tenant.ts";
import type { PageWords } from "../words.ts";
import { findClient } from "./clients.ts";
import { mayConsentForAll, needsAdmin, recordConsent } from "./consent.ts";
import { blockedByPolicy, description, EntraFailure, newTrace, unknownApplication } from "./errors.ts";
import { accountPicker, form, page } from "./pages.ts";
import { askedScopes, missingConsent } from "./scopes.ts";
import type { DeviceSignIn, Sessions } from "./sessions.ts";

/** Seconds. */
const lifetime = 900;
const interval = 5;
const letters = "BCDFGHJKLMNPQRSTVWXZ23456789";

/** Starts a device sign-in (RFC 8628 section 3.2). Errors: EntraFailure. */
export function deviceCode(tenant: Tenant, sessions: Sessions, posted: URLSearchParams): object {
  const clientId = posted.get("client_id") ?? "";
  const client = findClient(tenant, clientId);
  if (client === null) throw unknownApplication(clientId, tenant.data.displayName);
  if (!client.isPublic) {
    throw new EntraFailure(
      "invalid_client",
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    );
  }
  const scope = posted.get("scope") ?? "";
  askedScopes(tenant, client, scope);
  const userCode = [...tenant.randomBytes(9)].map((byte) => letters[byte % letters.length] ?? "").join("");
  const deviceCodeText = newKey(tenant.randomBytes);
  sessions.devices.set(deviceCodeText, {
    userCode,
    clientId,
    scope,
    expires: tenant.clock.now().getTime() + lifetime * 1000,
    state: { kind: "pending" },
  });
  const address = `https://${tenant.hosts.login}/common/oauth2/deviceauth`;
  return {
    user_code: userCode,
    device_code: deviceCodeText,
    verification_uri: address,
    expires_in: lifetime,
    interval,
    message: `To sign in, use a web browser to open the page ${address} and enter the code ${userCode} to authenticate.`,
  };
}

/** The pages on which the code is entered: code, account, confirmation. */
export function devicePage(
  tenant: Tenant,
  sessions: Sessions,
  query: URLSearchParams,
  posted: URLSearchParams,
  words: PageWords,
): Response {
  const userCode = (posted.get("user_code") ?? query.get("user_code") ?? "").trim().toUpperCase();
  const device = [...sessions.devices.values()].find(
    (other) =>
      other.userCode === userCode &&
      other.state.kind === "pending" &&
      other.expires > tenant.clock.now().getTime(),
  );
  if (device === undefined) return codeEntry(words, posted.has("user_code") || query.has("user_code"));
  const client = findClient(tenant, device.clientId);
  if (client === null) return codeEntry(words, true);
  if (!query.has("user_code")) return toCode(query, userCode);
  const person = tenant.data.people.find(
    ({ userPrincipalName }) => userPrincipalName === posted.get("account"),
  );
  if (person === undefined) return accountPicker(tenant, words, client.name, null);
  const account = person.userPrincipalName;
  if (person.blocked) return stop(tenant, words, words.t("practice.sign-in.cannot"), blockedByPolicy());
  switch (posted.get("step")) {
    case "decline":
      return finish(device, { kind: "declined" }, words, words.t("practice.sign-in.declined"));
    case "confirm": {
      const asked = askedScopes(tenant, client, device.scope);
      const missing = missingConsent(tenant, client, person, asked);
      const forAll = mayConsentForAll(tenant, person);
      if (missing.length > 0 && needsAdmin(asked.resource, missing) && !forAll) {
        const failure = new EntraFailure("access_denied", 90094, "The grant requires admin permission.");
        return stop(tenant, words, words.t("practice.sign-in.approval"), failure);
      }
      if (missing.length > 0) {
        recordConsent(tenant, client, person, asked.resource, missing, false);
      }
      return finish(
        device,
        { kind: "signed-in", personId: person.id },
        words,
        words.t("practice.sign-in.signed-in", { app: client.name }),
      );
    }
    default: {
      const yes = form({
        fields: { step: "confirm", account },
        button: escape(words.t("practice.sign-in.proceed")),
      });
      const no = form({
        fields: { step: "decline", account },
        button: escape(words.t("practice.sign-in.cancel")),
      });
      return page(words, words.t("practice.sign-in.confirm", { app: client.name }), yes + no);
    }
  }
}

function finish(
  device: DeviceSignIn,
  state: DeviceSignIn["state"],
  words: PageWords,
  text: string,
): Response {
  device.state = state;
  return page(words, text, "");
}

/** The pages after the code carry it in their address. */
function toCode(query: URLSearchParams, userCode: string): Response {
  const next = new URLSearchParams(query);
  next.set("user_code", userCode);
  return new Response(null, { status: 302, headers: { Location: `?${next.toString()}` } });
}

function codeEntry(words: PageWords, wrong: boolean): Response {
  const problem = wrong ? `<p role="alert">${escape(words.t("practice.sign-in.code-wrong"))}</p>` : "";
  const label = escape(words.t("practice.sign-in.code"));
  const inner = `<p><label>${label}<input type="text" name="user_code" autocomplete="off" required></label></p>`;
  return page(
    words,
    words.t("practice.sign-in.code"),
    problem + form({ fields: {}, inner, button: escape(words.t("practice.sign-in.next")) }),
  );
}

function stop(tenant: Tenant, words: PageWords, title: string, failure: EntraFailure): Response {
  const trace = newTrace(tenant.randomBytes, tenant.clock.now(), null);
  return page(words, title, `<p><code>${escape(description(failure, trace))}</code></p>`);
}
