import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { secretCopy } from "../../../main/certificates/secrets.ts";
import { AppError } from "../../../main/errors.ts";
import { rolloutReasons } from "../../../main/practice/data.ts";
import type { RolloutReason } from "../../../main/practice/data.ts";
import { openInThisProcess } from "../../../main/practice/portal/open-pfx.ts";
import type { OpenPfx } from "../../../main/practice/portal/open-pfx.ts";
import { createUploads } from "../../../main/practice/portal/uploads.ts";
import type { PracticeOptions, PracticeTenant } from "../../../main/practice/practice.ts";
import german from "../../../renderer/locales/de.json" with { type: "json" };
import english from "../../../renderer/locales/en.json" with { type: "json" };
import { testCertificate } from "./certificates.ts";
import type { TestCertificate } from "./certificates.ts";
import {
  canRollOut,
  exchangeAdministrator,
  pfxOf,
  pfxPassword,
  portalOf,
  prepare,
  realTimeTenant,
  swiftPfxOf,
  technicalFor,
  validFrom,
  validUntil,
} from "./portal-support.ts";
import type { Prepared, Technical } from "./portal-support.ts";
import { exchangeAppId } from "./support.ts";

let ours: TestCertificate;
let others: TestCertificate;
let expired: TestCertificate;
/** As the app writes it. */
let pfx: Buffer;
beforeAll(async () => {
  ours = testCertificate("Rollout", validFrom(), validUntil());
  others = testCertificate("Somebody else", validFrom(), validUntil());
  expired = testCertificate("Expired", "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z");
  pfx = await pfxOf(ours);
});

type Without = Parameters<typeof prepare>[2];
interface Case {
  without?: Without;
  change?: (technical: Technical, practice: PracticeTenant, prepared: Prepared) => void | Promise<void>;
  options?: Partial<PracticeOptions>;
}

/** Everything done as documented, but for what the case changes; then Rollout is pressed. */
async function rolledOut({ without, change, options }: Case = {}) {
  const practice = realTimeTenant(options);
  const prepared = await prepare(practice, [ours, expired], without);
  const technical = technicalFor(practice, prepared.appId, swiftPfxOf(ours));
  await change?.(technical, practice, prepared);
  const portal = portalOf(practice);
  const { id } = await portal.setUp();
  const saved = await portal.save(id, technical);
  expect(canRollOut(saved)).toBe(true);
  const page = await portal.rollOut(id);
  return { practice, portal, id, page, record: practice.data.targetSystems[0]?.rollout };
}

const text = (name: string, value: (practice: PracticeTenant) => string): Case => ({
  change: (technical, practice) => {
    technical.texts[name] = value(practice);
  },
});
const file = (bytes: () => Uint8Array | Promise<Uint8Array>): Case => ({
  change: async (technical) => {
    technical.pfx = { name: "other.pfx", bytes: await bytes() };
  },
});
/** The MAC's iterations stand at the end of a PFX: millions instead of 100,000. */
function tooMuchWork(): Uint8Array {
  const bytes = Buffer.from(pfx);
  expect(bytes.subarray(-5).toString("hex")).toBe("02030186a0");
  bytes[bytes.length - 3] = 0x7f;
  return bytes;
}
const opensWith = (openPfx: OpenPfx): Case => ({ options: { openPfx } });
const failsWith = (...[code]: ConstructorParameters<typeof AppError>): Case =>
  opensWith(() => Promise.reject(new AppError(code)));
const fault = (service: string, path: RegExp, kind: "unavailable" | "lost-before" | "not-found"): Case => ({
  change: (_, { faults }) =>
    faults.add({ on: (call) => call.service === service && path.test(call.path), fault: { kind } }),
});

const failures: [RolloutReason, string, Case, string, RegExp | ""][] = [
  [
    "password-wrong",
    "another password",
    {
      change: (technical) => {
        technical.password = "other";
      },
    },
    "ConnectPFXPassword",
    "",
  ],
  ["not-a-pfx", "a text file", file(() => Buffer.from("no certificate at all")), "ConnectPFX", ""],
  ["pfx-unreadable", "a PFX that was cut off", file(() => pfx.subarray(0, 900)), "ConnectPFX", ""],
  ["no-private-key", "the CER file", file(() => Buffer.from(ours.key, "base64")), "ConnectPFX", ""],
  [
    "key-mismatch",
    "another certificate's key",
    file(() => pfxOf(ours, pfxPassword, others)),
    "ConnectPFX",
    "",
  ],
  ["pfx-refused", "a file that asks for too much work", file(tooMuchWork), "ConnectPFX", ""],
  [
    "pfx-refused",
    "a file that is nested without end",
    failsWith("certificate-too-complex"),
    "ConnectPFX",
    "",
  ],
  [
    "pfx-encryption",
    "an unknown encryption",
    failsWith("certificate-unsupported-encryption"),
    "ConnectPFX",
    "",
  ],
  ["several-keys", "two keys", failsWith("certificate-several-keys"), "ConnectPFX", ""],
  ["not-rsa", "an elliptic key", failsWith("certificate-not-rsa"), "ConnectPFX", ""],
  ["pfx-not-opened", "a worker that ends", failsWith("certificate-worker-failed"), "ConnectPFX", ""],
  [
    "pfx-not-opened",
    "a reader that breaks",
    opensWith(() => Promise.reject(new Error("key bytes"))),
    "ConnectPFX",
    "",
  ],
  [
    "tenant-wrong",
    "another tenant's ID",
    text("TenantID", () => crypto.randomUUID()),
    "TenantID",
    /^AADSTS90002: /,
  ],
  ["tenant-wrong", "the tenant's domain", text("TenantID", ({ data }) => data.defaultDomain), "TenantID", ""],
  ["tenant-wrong", "a name for all tenants", text("TenantID", () => "common"), "TenantID", ""],
  ["tenant-wrong", "a path", text("TenantID", () => "../common"), "TenantID", /^AADSTS/],
  [
    "application-unknown",
    "another application",
    text("ConnectAppID", () => crypto.randomUUID()),
    "ConnectAppID",
    /AADSTS700016/,
  ],
  ["application-unknown", "no GUID", text("ConnectAppID", () => "app"), "ConnectAppID", /AADSTS700016/],
  ["service-principal-missing", "no enterprise application", { without: ["principal"] }, "", /AADSTS7000229/],
  [
    "application-disabled",
    "a disabled one",
    {
      change: (_, { data }, { principalId }) => {
        for (const one of data.servicePrincipals) if (one.id === principalId) one.accountEnabled = false;
      },
    },
    "",
    /AADSTS7000112/,
  ],
  [
    "certificate-not-registered",
    "a certificate that was not uploaded",
    file(() => swiftPfxOf(others)),
    "ConnectPFX",
    /AADSTS700027/,
  ],
  [
    "certificate-not-valid-now",
    "an expired certificate",
    file(() => swiftPfxOf(expired)),
    "ConnectPFX",
    /AADSTS1000502/,
  ],
  [
    "domain-wrong",
    "another domain in TenantDisplay",
    text("TenantDisplay", () => "contoso.onmicrosoft.com"),
    "TenantDisplay",
    /^AADSTS90002: /,
  ],
  [
    "domain-wrong",
    "another domain in OrganizationDisplayName",
    text("OrganizationDisplayName", () => "contoso"),
    "OrganizationDisplayName",
    /^AADSTS90002: /,
  ],
  [
    "domain-wrong",
    "the tenant's ID for its domain",
    text("TenantDisplay", ({ data }) => data.tenantId),
    "TenantDisplay",
    "",
  ],
  [
    "permission-missing",
    "no Exchange.ManageAsApp",
    { without: ["permission"] },
    "",
    /^HTTP 401: Exchange.ManageAsApp is missing$/,
  ],
  ["role-missing", "no directory role", { without: ["role"] }, "", /^HTTP 403: no accepted role$/],
  [
    "clock-wrong",
    "a clock that is an hour off",
    { options: { clock: { now: () => new Date(Date.now() + 3_600_000) } } },
    "",
    /AADSTS700024/,
  ],
  [
    "no-exchange",
    "a tenant without Exchange",
    {
      change: (_, { data }) => {
        data.servicePrincipals = data.servicePrincipals.filter(({ appId }) => appId !== exchangeAppId);
      },
    },
    "",
    /AADSTS500011/,
  ],
  [
    "sign-in-refused",
    "a public client",
    {
      change: (_, { data }) => {
        for (const one of data.applications) one.isFallbackPublicClient = true;
      },
    },
    "",
    /AADSTS700025/,
  ],
  [
    "exchange-refused",
    "an Exchange without this command",
    fault("exchange", /InvokeCommand/, "not-found"),
    "",
    /^HTTP 404$/,
  ],
  [
    "service-unavailable",
    "a sign-in service that is down",
    fault("login", /openid-configuration/, "unavailable"),
    "",
    /^HTTP 503$/,
  ],
  [
    "service-unavailable",
    "a lost token answer",
    fault("login", /oauth2\/v2.0\/token/, "lost-before"),
    "",
    /ECONNRESET/,
  ],
  [
    "service-unavailable",
    "an Exchange that is down",
    fault("exchange", /InvokeCommand/, "unavailable"),
    "",
    /^HTTP 503$/,
  ],
  [
    "service-unavailable",
    "a lost answer of Exchange",
    fault("exchange", /InvokeCommand/, "lost-before"),
    "",
    /ECONNRESET/,
  ],
];

describe("Rollout on the practice portal", () => {
  it("connects with the uploaded PFX, shows the organization, and then forgets the key", async () => {
    const { practice, portal, id, page, record } = await rolledOut(file(() => pfx));
    const { initialDomain, displayName } = practice.data;
    expect(record).toMatchObject({ result: "connected", organization: initialDomain, displayName });
    expect(page.text).toContain(`IAM.cloud is connected to ${displayName}.`);
    expect(page.text).toContain(`Exchange Online answered for the organization ${initialDomain}.`);
    expect(page.html).toContain("<title>Connected: Exchange Online Woodgrove");
    expect(canRollOut(page)).toBe(false);
    expect(page.text).toContain("To roll out again, fill in and save: ConnectPFX ConnectPFXPassword");
    expect((await portal.load("target-systems")).text).toContain("Connected");
    expect((await portal.load(`instance?id=${id}&lang=de`)).text).toContain("Verbunden");
  });

  it.each(failures)("says %s for %s", async (reason, _, change, attribute, serviceText) => {
    const { page, record } = await rolledOut(change);
    expect(record).toMatchObject({ result: "failed", reason, attribute });
    expect(page.text).toContain("Not connected");
    expect(page.text).toContain(english.practice.portal.reasons[reason]);
    const said = record?.result === "failed" ? record.serviceText : "";
    if (serviceText === "") expect(said).toBe("");
    else {
      expect(said).toMatch(serviceText);
      expect(page.text).toContain(said);
    }
    expect(page.html).not.toContain(pfxPassword);
    expect(JSON.stringify(record)).not.toContain("key bytes");
  });

  it("has a text for every reason in both languages, and every reason is reached above", () => {
    const reached = new Set(failures.map(([reason]) => reason));
    expect([...reached].toSorted()).toEqual([...rolloutReasons].toSorted());
    for (const texts of [english, german]) {
      expect(Object.keys(texts.practice.portal.reasons).toSorted()).toEqual([...rolloutReasons].toSorted());
    }
  });

  it("can be pressed again after a failure, once the cause is gone", async () => {
    const { practice, portal, id, page } = await rolledOut({ without: ["role"] });
    expect(canRollOut(page)).toBe(true);
    const principal = practice.data.servicePrincipals.find(({ displayName }) =>
      displayName.startsWith("IAM"),
    );
    const role = { principalId: principal?.id ?? "", roleDefinitionId: exchangeAdministrator };
    practice.data.roleAssignments.push({ id: "role", directoryScopeId: "/", ...role });
    expect((await portal.rollOut(id)).text).toContain("Connected");
  });

  it("connects once although it is pressed twice, and says when values were saved since", async () => {
    let opened = 0;
    const practice = realTimeTenant({
      openPfx: async (...given) => {
        opened += 1;
        return openInThisProcess(...given);
      },
    });
    const { appId } = await prepare(practice, [ours]);
    const portal = portalOf(practice);
    const { id } = await portal.setUp();
    await portal.save(id, technicalFor(practice, appId, pfx));
    const pages = await Promise.all([portal.rollOut(id), portal.rollOut(id)]);
    expect(opened).toBe(1);
    for (const page of pages) expect(page.text).toContain("Connected");
    const saved = await portal.save(id, technicalFor(practice, appId, pfx));
    expect(saved.text).toContain("were saved again after this Rollout");
    expect(canRollOut(saved)).toBe(true);
  });

  it("erases key and password as soon as they were used, and the file when the tenant is closed", async () => {
    const given: Uint8Array[] = [];
    const options: Partial<PracticeOptions> = {
      openPfx: async (bytes, password) => {
        const opened = await openInThisProcess(bytes, password);
        given.push(bytes, password, opened.key);
        return opened;
      },
    };
    const { record } = await rolledOut({ options });
    expect(record?.result).toBe("connected");
    expect(given).toHaveLength(3);
    for (const bytes of given) expect(bytes.every((byte) => byte === 0)).toBe(true);

    const uploads = createUploads();
    uploads.put("one", { pfx, password: Buffer.from(pfxPassword) });
    const before = { ...uploads.get("one") };
    uploads.put("one", { pfx: null, password: Buffer.from("new") });
    expect(before.password?.every((byte) => byte === 0)).toBe(true);
    expect(before.pfx?.equals(pfx)).toBe(true);
    uploads.close();
    expect(before.pfx?.every((byte) => byte === 0)).toBe(true);
    expect(uploads.get("one")).toEqual({ pfx: null, password: null });
  });

  it("answers whatever stands in the texts with a page that shows them as text only", async () => {
    const opened = await openInThisProcess(pfx, Buffer.from(pfxPassword));
    const openPfx: OpenPfx = async () => ({ ...opened, key: secretCopy(opened.key) });
    const practice = realTimeTenant({ openPfx });
    const { appId } = await prepare(practice, [ours]);
    const portal = portalOf(practice);
    const { id } = await portal.setUp();
    const good = technicalFor(practice, appId, pfx);
    const names = fc.constantFrom("ConnectAppID", "TenantID", "TenantDisplay", "OrganizationDisplayName");
    const odd = fc.oneof(
      fc.string({ minLength: 1, unit: "binary" }),
      fc.constantFrom(
        "<b>",
        '"><script>',
        "../..",
        "%2e%2e/common",
        "https://login.example/common",
        "#",
        "?",
      ),
    );
    await fc.assert(
      fc.asyncProperty(names, odd, async (name, value) => {
        const saved = await portal.save(id, { ...good, texts: { ...good.texts, [name]: value } });
        const page = await portal.rollOut(id);
        expect([200, 409]).toContain(page.status);
        if (page.status === 200) expect(page.text).toContain("Not connected");
        for (const { html } of [saved, page]) expect(html).not.toMatch(/<b>|<script/);
      }),
      { numRuns: 20 },
    );
  });
});
