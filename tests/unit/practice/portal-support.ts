import { execFileSync } from "node:child_process";
import { createPrivateKey, randomBytes } from "node:crypto";
import { Buffer } from "node:buffer";
import { erase } from "../../../main/certificates/secrets.ts";
import { writePfx } from "../../../main/certificates/pfx-write.ts";
import { createPracticeTenant } from "../../../main/practice/practice.ts";
import type { PracticeOptions, PracticeTenant } from "../../../main/practice/practice.ts";
import type { TestCertificate } from "./certificates.ts";
import { exchangeAppId, graphAs, resourceOf, signingKey, words } from "./support.ts";

export const manageAsApp = "dc50a0fb-09a3-484d-be87-e023b12c6440";
export const exchangeAdministrator = "29232cdf-9323-42fd-ade2-1d097af3e4de";
export const pfxPassword = "correct horse battery";

/** MSAL reads the computer's clock, so does the tenant here. */
export function realTimeTenant(options: Partial<PracticeOptions> = {}): PracticeTenant {
  const clock = { now: () => new Date() };
  return createPracticeTenant({ clock, randomBytes, words, signingKey, ...options });
}

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString();
export const validFrom = () => day(-1);
export const validUntil = () => day(365);

/** A PFX as the app writes it. */
export async function pfxOf(
  certificate: TestCertificate,
  password = pfxPassword,
  ownKey = certificate,
): Promise<Buffer> {
  const key = createPrivateKey(ownKey.privateKey).export({ format: "der", type: "pkcs8" });
  const content = {
    key,
    certificate: Buffer.from(certificate.key, "base64"),
    chain: [],
    friendlyName: "Rollout",
  };
  try {
    return await writePfx(content, Buffer.from(password), "strong");
  } finally {
    erase(key);
  }
}

/** A PFX as OpenSSL writes it, opened in a moment: its password is hashed once. For tests that are not about files. */
export function swiftPfxOf(certificate: TestCertificate): Buffer {
  const lines = certificate.key.replaceAll(/(.{64})/g, "$1\n");
  const input = `${certificate.privateKey}-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
  return execFileSync("openssl", ["pkcs12", "-export", "-iter", "1", "-passout", "env:PASS"], {
    env: { ...process.env, PASS: pfxPassword },
    input,
  });
}

export interface Prepared {
  id: string;
  appId: string;
  principalId: string;
}

/** Does in the tenant what the documentation asks for, through Graph; `without` leaves a part out. */
export async function prepare(
  practice: PracticeTenant,
  certificates: readonly TestCertificate[],
  without: readonly ("principal" | "permission" | "role")[] = [],
): Promise<Prepared> {
  const graph = await graphAs(practice, "alex");
  const created = await graph("POST", "/applications", {
    displayName: "IAM.cloud Exchange Online",
    keyCredentials: certificates.map(({ key }) => ({ type: "AsymmetricX509Cert", usage: "Verify", key })),
  });
  const { id, appId } = created.body as { id: string; appId: string };
  if (without.includes("principal")) return { id, appId, principalId: "" };
  const principal = await graph("POST", "/servicePrincipals", { appId });
  const principalId = String(principal.body["id"]);
  if (!without.includes("permission")) {
    const resourceId = resourceOf(practice, exchangeAppId).id;
    await graph("POST", `/servicePrincipals/${principalId}/appRoleAssignments`, {
      principalId,
      resourceId,
      appRoleId: manageAsApp,
    });
  }
  if (!without.includes("role")) {
    await graph("POST", "/roleManagement/directory/roleAssignments", {
      principalId,
      roleDefinitionId: exchangeAdministrator,
      directoryScopeId: "/",
    });
  }
  return { id, appId, principalId };
}

/** What goes into the second form. */
export interface Technical {
  texts: Record<string, string>;
  pfx: { name: string; bytes: Uint8Array } | null;
  password: string;
}

export function technicalFor(practice: PracticeTenant, appId: string, pfx: Uint8Array): Technical {
  const domain = practice.data.initialDomain;
  return {
    texts: {
      ShellDisplay: "Exchange Online Woodgrove",
      ShellDescription: "Practice",
      ConnectAppID: appId,
      TenantDisplay: domain,
      TenantID: practice.data.tenantId,
      OrganizationDisplayName: domain,
    },
    pfx: { name: "woodgrove.pfx", bytes: pfx },
    password: pfxPassword,
  };
}

export function formOf({ texts, pfx, password }: Technical): FormData {
  const form = new FormData();
  for (const [name, text] of Object.entries(texts)) form.set(name, text);
  const file = pfx === null ? new File([], "") : new File([Uint8Array.from(pfx.bytes)], pfx.name);
  form.set("ConnectPFX", file);
  form.set("ConnectPFXPassword", password);
  return form;
}

export interface PortalPage {
  status: number;
  /** Address after all redirects. */
  url: string;
  html: string;
  headers: Headers;
  text: string;
}

/** A browser for the portal: follows redirects, sends forms. */
export function portalOf(practice: PracticeTenant, headers: Record<string, string> = {}) {
  async function send(path: string, body?: FormData | URLSearchParams): Promise<PortalPage> {
    const url = new URL(path, `https://${practice.hosts.portal}/`);
    const request = new Request(url, { headers, ...(body !== undefined && { method: "POST", body }) });
    const response = await practice.handle(request);
    const location = response.headers.get("Location");
    if (location !== null) return send(location);
    const html = await response.text();
    return { status: response.status, url: url.href, html, headers: response.headers, text: textOf(html) };
  }

  return {
    load: (path: string) => send(path),
    send,
    /** A new instance with the first form saved; its address is `instance?id=…`. */
    async setUp(name = "Exchange Online Woodgrove"): Promise<{ page: PortalPage; id: string }> {
      const page = await send("setup", new URLSearchParams({ "Target system instance": name }));
      return { page, id: new URL(page.url).searchParams.get("id") ?? "" };
    },
    save: (id: string, technical: Technical) => send(`attributes?id=${id}`, formOf(technical)),
    rollOut: (id: string) => send(`rollout?id=${id}`, new URLSearchParams()),
  };
}

function textOf(html: string): string {
  return html
    .replaceAll(/<style>.*?<\/style>|<title>.*?<\/title>/gs, "")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** The elements with this name in the page, as their attributes. */
export function elements(html: string, tag: string): Record<string, string>[] {
  return [...html.matchAll(new RegExp(`<${tag}\\b([^>]*)>`, "g"))].map(([, inside = ""]) =>
    Object.fromEntries(
      [...inside.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, name = "", value = ""]) => [name, value]),
    ),
  );
}

/** Whether the button "Rollout" can be pressed. */
export function canRollOut({ html }: PortalPage): boolean {
  const button = /<button([^>]*)>Rollout<\/button>/.exec(html);
  if (button === null) throw new Error("There is no button Rollout.");
  return !/\bdisabled\b/.test(button[1] ?? "");
}
