import { X509Certificate } from "node:crypto";
import { domainToUnicode } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkNames, toAsciiDnsName } from "../../../main/certificates/names.ts";
import { validityOf } from "../../../main/certificates/validity.ts";
import { readCertificate } from "../../../main/certificates/x509.ts";
import { generateRsaKey, selfSign } from "../../../main/certificates/issue.ts";
import { AppError } from "../../../main/errors.ts";
import { keySizes } from "../../../preload/model/certificates.ts";
import { doJob, now, subject } from "./sample.ts";

const oneKey = generateRsaKey(2048);
const validity = validityOf("2026-11-24", "2027-11-24", now);
const sign = async (commonName: string, organization = "", dnsNames: string[] = []) => {
  const names = checkNames({ commonName, organization, dnsNames });
  return readCertificate(selfSign(await oneKey, names, validity));
};

function detailsOf(action: () => unknown): object | null {
  try {
    action();
    return null;
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, ...error.details };
    throw error;
  }
}

describe("a self-signed certificate", () => {
  test.each(keySizes)("with %i bits has everything a client certificate should have", async (keySize) => {
    const job = {
      kind: "create",
      ...subject,
      dnsNames: ["a.example"],
      keySize,
      now: now.toISOString(),
    } as const;
    const { facts, certificate } = await doJob({ ...job, dnsNames: [...job.dnsNames] });
    expect(facts).toMatchObject({
      subject: "CN=Exchange Rollout Zürich €, O=Müller & Söhne AG",
      commonName: subject.commonName,
      dnsNames: ["a.example"],
      keyType: "RSA",
      keyBits: keySize,
      signatureAlgorithm: "sha256WithRSAEncryption",
      selfSigned: true,
      keyUsage: ["digitalSignature", "keyEncipherment"],
      extendedKeyUsage: ["clientAuth"],
      notBefore: "2026-11-24T09:50:00.000Z",
      notAfter: "2027-11-24T09:50:00.000Z",
    });
    // Node's own reader agrees on what both can see.
    const byNode = new X509Certificate(certificate);
    expect(byNode.ca).toBe(false);
    expect(byNode.verify(byNode.publicKey)).toBe(true);
    expect(byNode.fingerprint.replaceAll(":", "")).toBe(facts.sha1);
    expect(byNode.fingerprint256.replaceAll(":", "")).toBe(facts.sha256);
    expect(byNode.serialNumber).toBe(facts.serial);
    expect(byNode.validToDate.toISOString()).toBe(facts.notAfter);
    expect(byNode.keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
  });

  test("has a positive serial of 128 random bits in the shortest form", async () => {
    const serials = await Promise.all(
      Array.from({ length: 300 }, async () => (await sign("x")).facts.serial),
    );
    expect(new Set(serials).size).toBe(300);
    const lengths = serials.map((serial) => serial.length);
    expect(Math.max(...lengths)).toBe(32);
    // Half of them have the top bit set: written without a leading zero they would be negative.
    expect(serials.filter((serial) => /^[89A-F]/.test(serial)).length).toBeGreaterThan(50);
    for (const certificate of await Promise.all([sign("a"), sign("b")])) {
      expect(BigInt(`0x${new X509Certificate(certificate.der).serialNumber}`)).toBeGreaterThan(0n);
    }
  });

  test("keeps any name that X.509 can hold, letter by letter", async () => {
    const name = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 30 })
      .map((text) => text.trim().normalize("NFC"))
      .filter(
        (text) =>
          detailsOf(() => checkNames({ commonName: text, organization: text, dnsNames: [] })) === null,
      );
    await fc.assert(
      fc.asyncProperty(name, async (text) => {
        const { facts, der } = await sign(text, text);
        expect(facts.commonName).toBe(text);
        expect(new X509Certificate(der).verify(new X509Certificate(der).publicKey)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe("validity", () => {
  const day = 86_400_000;
  const dates = fc.date({ min: new Date("2026-01-01"), max: new Date("2060-01-01"), noInvalidDate: true });

  test("from today it begins ten minutes ago and lasts exactly the days between the dates", () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 10_000 }), (moment, days) => {
        const from = moment.toISOString().slice(0, 10);
        const to = new Date(Date.parse(from) + days * day).toISOString().slice(0, 10);
        const { notBefore, notAfter } = validityOf(from, to, moment);
        const age = moment.getTime() - notBefore.getTime();
        expect(age).toBeGreaterThanOrEqual(600_000);
        expect(age).toBeLessThan(601_000);
        // A tenant that allows N days must not see a second more.
        expect(notAfter.getTime() - notBefore.getTime()).toBe(days * day);
      }),
    );
  });

  test("from a later day it begins at midnight UTC", () => {
    expect(validityOf("2026-12-01", "2027-12-01", now)).toEqual({
      notBefore: new Date("2026-12-01T00:00:00Z"),
      notAfter: new Date("2027-12-01T00:00:00Z"),
    });
  });

  test.each([
    ["2026-11-24", "2026-11-24"],
    ["2026-11-24", "2026-11-23"],
    ["2020-01-01", "2026-11-24"],
    ["2026-11-24", "not a date"],
    ["2026-13-40", "2027-01-01"],
  ])("from %s to %s is refused", (from, to) => {
    expect(detailsOf(() => validityOf(from, to, now))).toMatchObject({ code: "certificate-dates-invalid" });
  });

  test("beyond 2049 the dates still come back as they were", async () => {
    const names = checkNames({ commonName: "x", organization: "", dnsNames: [] });
    const long = validityOf("2026-11-24", "2126-11-24", now);
    const { facts } = readCertificate(selfSign(await oneKey, names, long));
    expect(facts.notAfter).toBe(long.notAfter.toISOString());
  });
});

describe("names", () => {
  test("the common name must be there, and neither name may be too long or unprintable", () => {
    const check = (commonName: string, organization = "") =>
      detailsOf(() => checkNames({ commonName, organization, dnsNames: [] }));
    expect(check("  ")).toMatchObject({ field: "commonName", reason: "empty" });
    expect(check("a".repeat(64))).toBeNull();
    // 64 characters, though 128 UTF-16 units and 256 octets.
    expect(check("🔑".repeat(64))).toBeNull();
    expect(check("a".repeat(65))).toMatchObject({ field: "commonName", reason: "too-long", limit: 64 });
    expect(check("a", "ü".repeat(65))).toMatchObject({ field: "organization", reason: "too-long" });
    for (const hidden of ["a\nb", "a\u0000b", "a\u202eb", "a\u200bb", "\ud800"]) {
      expect(check(hidden)).toMatchObject({ field: "commonName", reason: "characters" });
    }
  });

  test("international DNS names are written in punycode and lead back to the same name", () => {
    expect(toAsciiDnsName(" Büro.Example.COM. ")).toBe("xn--bro-hoa.example.com");
    expect(toAsciiDnsName("*.müller.de")).toBe("*.xn--mller-kva.de");
    expect(toAsciiDnsName("日本.example")).toBe("xn--wgv71a.example");
    fc.assert(
      fc.property(fc.domain(), (name) => {
        const ascii = toAsciiDnsName(name);
        expect(domainToUnicode(ascii)).toBe(domainToUnicode(name));
      }),
    );
  });

  test.each([
    "a b.com",
    "https://contoso.com",
    "contoso.com/path",
    "user@contoso.com",
    "10.0.0.1",
    "::1",
    "*.*.com",
    "a..b",
    "-a.com",
    "a-.com",
    `${"a".repeat(64)}.com`,
    `${"a.".repeat(130)}com`,
    "a:443",
    "a.com?b",
    "a.com#b",
    "a.com\\b",
    "a\tb.com",
    "a%2eb.com",
  ])("%s is no DNS name", (name) => {
    expect(detailsOf(() => toAsciiDnsName(name))).toMatchObject({
      code: "certificate-name-invalid",
      field: "dnsNames",
    });
  });

  test("whatever is typed as a name is taken or refused with an AppError", () => {
    const text = fc.string({ unit: "binary", maxLength: 300 });
    fc.assert(
      fc.property(text, text, fc.array(text, { maxLength: 25 }), (commonName, organization, dnsNames) => {
        const refusal = detailsOf(() => checkNames({ commonName, organization, dnsNames }));
        expect(refusal ?? { code: "certificate-name-invalid" }).toMatchObject({
          code: "certificate-name-invalid",
        });
      }),
    );
  });

  test("empty lines and repetitions among DNS names are left out, more than 20 are refused", () => {
    const names = (dnsNames: string[]) =>
      checkNames({ commonName: "x", organization: "", dnsNames }).dnsNames;
    expect(names(["", "a.example", " ", "A.example", "b.example"])).toEqual(["a.example", "b.example"]);
    const many = Array.from({ length: 21 }, (_, index) => `h${index}.example`);
    expect(detailsOf(() => names(many))).toMatchObject({ reason: "too-many", limit: 20 });
  });
});
