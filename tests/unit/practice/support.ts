import { createHash, randomBytes } from "node:crypto";
import { expect } from "vitest";
import { createPracticeTenant } from "../../../main/practice/practice.ts";
import type { PracticeOptions, PracticeTenant } from "../../../main/practice/practice.ts";
import { newSigningKey } from "../../../main/practice/jwt.ts";
import type { WordsIn } from "../../../main/practice/words.ts";
import { createWords } from "../../../main/shell/words.ts";
import type { Words } from "../../../main/shell/words.ts";
import { answerOn, browserOf } from "./browser.ts";
import { problemsOfAnswer } from "./contract.ts";

export const commandLineTools = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
export const graphAppId = "00000003-0000-0000-c000-000000000000";
export const exchangeAppId = "00000002-0000-0ff1-ce00-000000000000";
export const redirectUri = "http://localhost:51234";

export const everyScope = [
  "User.Read",
  "Application.ReadWrite.All",
  "AppRoleAssignment.ReadWrite.All",
  "DelegatedPermissionGrant.ReadWrite.All",
  "Directory.Read.All",
  "Policy.Read.All",
  "RoleManagement.ReadWrite.Directory",
];

export const signingKey = await newSigningKey();

const loaded = new Map<string, Words>();

/** What the pages say, as the app gives it; loaded once, for tests that make hundreds of tenants. */
export const words: WordsIn = (language) => {
  const known = loaded.get(language) ?? createWords(language, language);
  loaded.set(language, known);
  return known;
};

/** A clock that stands still until it is set forward. */
export function testClock(start = "2026-11-24T10:00:00Z") {
  let now = new Date(start).getTime();
  return {
    now: () => new Date(now),
    forward: (ms: number) => {
      now += ms;
    },
  };
}

export async function practise(options: Partial<PracticeOptions> = {}) {
  const clock = testClock();
  const practice = createPracticeTenant({
    clock,
    randomBytes,
    words,
    signingKey,
    ...options,
  });
  return { practice, clock };
}

export function personNamed(practice: PracticeTenant, name: "alex" | "pia" | "chris" | "uma" | "bela") {
  const person = practice.data.people.find(({ userPrincipalName }) =>
    userPrincipalName.startsWith(`${name}@`),
  );
  if (person === undefined) throw new Error(name);
  return person;
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
  headers: Headers;
}

/** Posts a form to the token endpoint, or another one of the sign-in service. */
export async function post(
  practice: PracticeTenant,
  form: Record<string, string>,
  path = `${practice.data.tenantId}/oauth2/v2.0/token`,
): Promise<Answer> {
  const request = new Request(`https://${practice.hosts.login}/${path}`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
  const response = await practice.handle(request);
  return {
    status: response.status,
    body: (await response.json()) as Answer["body"],
    headers: response.headers,
  };
}

export const verifier = "a-verifier-of-at-least-forty-three-characters-0123456789";
export const challenge = createHash("sha256").update(verifier).digest("base64url");

export function authorizeUrl(practice: PracticeTenant, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    client_id: commandLineTools,
    response_type: "code",
    response_mode: "form_post",
    redirect_uri: redirectUri,
    scope: "openid profile offline_access User.Read",
    state: "the-state",
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...more,
  });
  return `https://${practice.hosts.login}/${practice.data.tenantId}/oauth2/v2.0/authorize?${query}`;
}

/** Signs in in the browser, consents where asked, and gives what the token endpoint answers. */
export async function signIn(
  practice: PracticeTenant,
  name: Parameters<typeof personNamed>[1],
  scopes: readonly string[] = everyScope,
): Promise<Answer["body"]> {
  const browser = browserOf(practice);
  const scope = ["openid", "profile", "offline_access", ...scopes].join(" ");
  let page = await browser.load(authorizeUrl(practice, { scope }));
  page = await browser.press(page, personNamed(practice, name).userPrincipalName);
  if (page.forms.some(({ button }) => button === "Accept")) page = await browser.press(page, "Accept");
  const { code = "" } = answerOn(page);
  const answer = await redeem(practice, code);
  expect(answer.status).toBe(200);
  return answer.body;
}

export function redeem(practice: PracticeTenant, code: string, more: Record<string, string> = {}) {
  return post(practice, {
    grant_type: "authorization_code",
    client_id: commandLineTools,
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...more,
  });
}

export type GraphAs = ReturnType<typeof graphWith>;

/** Calls Graph; every successful answer is checked against Microsoft's metadata. */
export function graphWith(practice: PracticeTenant, token: unknown) {
  return async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const request = new Request(`https://${practice.hosts.graph}/v1.0${path}`, {
      method,
      headers: { Authorization: `Bearer ${String(token)}`, "Content-Type": "application/json", ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const response = await practice.handle(request);
    const text = await response.text();
    const parsed = text === "" ? {} : (JSON.parse(text) as Answer["body"]);
    if (response.ok && text !== "" && path !== "/$batch") expect(problemsOfAnswer(parsed)).toEqual([]);
    return { status: response.status, body: parsed, headers: response.headers };
  };
}

/** Graph as a person with all the scopes that the rollout needs. */
export async function graphAs(
  practice: PracticeTenant,
  name: Parameters<typeof personNamed>[1],
  scopes: readonly string[] = everyScope,
): Promise<GraphAs> {
  return graphWith(practice, (await signIn(practice, name, scopes))["access_token"]);
}

export function errorOf(answer: Answer): { status: number; code: string; message: string } {
  const { code = "", message = "" } = (answer.body["error"] ?? {}) as { code?: string; message?: string };
  return { status: answer.status, code, message };
}

export function valuesOf(answer: Answer): Record<string, unknown>[] {
  expect(answer.status).toBe(200);
  return answer.body["value"] as Record<string, unknown>[];
}

/** The enterprise application of one of Microsoft's APIs. */
export function resourceOf(practice: PracticeTenant, appId: string) {
  const resource = practice.data.servicePrincipals.find((principal) => principal.appId === appId);
  if (resource === undefined) throw new Error(appId);
  return resource;
}
