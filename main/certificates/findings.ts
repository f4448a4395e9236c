import { daysLeft } from "../../preload/model/days.ts";
import type { Finding, Inspection, KeyProvider, PfxProtection } from "../../preload/model/certificates.ts";
import { minKeyBits } from "./adopt.ts";
import type { OrderedChain } from "./chain.ts";
import { dotnetLimits } from "./readers.ts";
import type { Certificate } from "./x509.ts";

const okay = (id: string, details: Finding["details"] = {}): Finding => ({ id, level: "ok", details });
const warning = (id: string, details: Finding["details"] = {}): Finding => ({
  id,
  level: "warning",
  details,
});
const problem = (id: string, details: Finding["details"] = {}): Finding => ({
  id,
  level: "problem",
  details,
});

/** From this many days on a certificate counts as expiring soon. */
const soonDays = 30;

/** What a certificate's own content says about its use for Exchange Online. */
export function certificateFindings(
  { facts, weakSignature, isAuthority }: Certificate,
  now: Date,
): Finding[] {
  const { keyType, keyBits, notBefore, notAfter, keyUsage, extendedKeyUsage } = facts;
  const days = daysLeft(notAfter, now);
  const findings = [keyFinding(keyType, keyBits)];
  findings.push(
    weakSignature
      ? problem("weak-signature", { algorithm: facts.signatureAlgorithm })
      : okay("strong-signature", { algorithm: facts.signatureAlgorithm }),
  );
  if (Date.parse(notAfter) <= now.getTime()) findings.push(problem("expired", { notAfter }));
  else if (Date.parse(notBefore) > now.getTime()) findings.push(problem("not-yet-valid", { notBefore }));
  else
    findings.push(
      days < soonDays ? warning("expires-soon", { notAfter, days }) : okay("valid", { notAfter, days }),
    );
  if (keyUsage.length > 0 && !keyUsage.includes("digitalSignature")) findings.push(warning("key-usage"));
  const anyUsage = "2.5.29.37.0";
  if (
    extendedKeyUsage.length > 0 &&
    !extendedKeyUsage.some((use) => use === "clientAuth" || use === anyUsage)
  ) {
    findings.push(warning("no-client-authentication"));
  }
  if (isAuthority && !facts.selfSigned) findings.push(warning("is-authority"));
  return findings;
}

/** Whether the key can be used with Entra ID. */
export function keyFinding(keyType: string, keyBits: number): Finding {
  if (keyType !== "RSA") return problem("not-rsa", { keyType });
  return keyBits < minKeyBits
    ? problem("key-too-short", { bits: keyBits, min: minKeyBits })
    : okay("rsa-key", { bits: keyBits });
}

/** Where the certificate's trust comes from. */
export function chainFindings(
  certificate: Certificate,
  { chain, complete, others }: OrderedChain,
): Finding[] {
  const findings: Finding[] = [];
  if (certificate.facts.selfSigned) findings.push(okay("self-signed"));
  else if (complete) findings.push(okay("chain-complete", { count: chain.length }));
  else findings.push(warning("chain-incomplete", { issuer: (chain.at(-1) ?? certificate).facts.issuer }));
  if (others.length > 0) findings.push(warning("other-certificates", { count: others.length }));
  const weak = chain.find((authority) => authority.weakSignature && !authority.facts.selfSigned);
  if (weak) findings.push(warning("chain-weak-signature", { subject: weak.facts.subject }));
  return findings;
}

/** Which Windows key store a PFX asks for. */
export function providerFinding(provider: KeyProvider, name: string | null): Finding {
  if (provider === "csp") return okay("provider-csp", { provider: name ?? "" });
  return provider === "cng"
    ? warning("provider-cng", { provider: name ?? "" })
    : warning("provider-unspecified");
}

/** How a PFX is protected. */
export function protectionFindings(protection: PfxProtection): Finding[] {
  const { profile, keyCipher, certificateCipher, keyIterations, certificateIterations, macIterations } =
    protection;
  const findings: Finding[] = [];
  if (profile === "strong") findings.push(okay("profile-strong"));
  else if (profile === "older-windows") findings.push(okay("profile-older-windows"));
  else if (profile === "none") findings.push(warning("not-encrypted"));
  else if (/RC2|RC4|^DES/.test(`${certificateCipher} ${keyCipher}`)) {
    findings.push(
      warning("weak-encryption", {
        cipher: /RC\d-\d+|DES/.exec(`${certificateCipher} ${keyCipher}`)?.[0] ?? "",
      }),
    );
  } else findings.push(okay("profile-other", { cipher: keyCipher || certificateCipher }));
  const iterations = Math.max(keyIterations, certificateIterations, macIterations);
  if (iterations > dotnetLimits.perDerivation) {
    findings.push(warning("iterations-high", { iterations, limit: dotnetLimits.perDerivation }));
  }
  return findings;
}

/** The sum of the findings. What is locked cannot be judged. */
export function fitOf(findings: readonly Finding[], locked: boolean): Inspection["fits"] {
  if (findings.some(({ level }) => level === "problem")) return "no";
  if (locked) return "unknown";
  return findings.some(({ level }) => level === "warning") ? "with-warnings" : "yes";
}

export { okay, problem, warning };

/** Every finding there is; each has a text `inspect.findings.<id>`. */
export const findingIds = [
  "chain-complete",
  "chain-incomplete",
  "chain-weak-signature",
  "expired",
  "expires-soon",
  "is-authority",
  "iterations-high",
  "key-mismatch",
  "key-too-short",
  "key-unprotected",
  "key-usage",
  "locked",
  "no-certificate",
  "no-client-authentication",
  "no-private-key",
  "not-encrypted",
  "not-rsa",
  "not-yet-valid",
  "other-certificates",
  "pair",
  "password-not-ascii",
  "password-wrong",
  "pkcs7",
  "profile-older-windows",
  "profile-other",
  "profile-strong",
  "provider-cng",
  "provider-csp",
  "provider-unspecified",
  "public-only",
  "request",
  "request-signature",
  "rsa-key",
  "self-signed",
  "several-keys",
  "strong-signature",
  "unsupported-encryption",
  "valid",
  "weak-encryption",
  "weak-signature",
] as const;
