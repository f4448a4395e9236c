import type { CertificateFacts, Inspection, PfxProtection } from "../../preload/model/certificates.ts";
import { daysLeft } from "../../preload/model/days.ts";
import type { Translate } from "../i18n.ts";
import { formatNumber } from "../store/format.ts";
import type { Definition } from "../ui/index.ts";
import { issuerText, keyText, signatureText, thumbprintFacts, usageText } from "./facts.tsx";
import { ValidityBar } from "./validity-bar.tsx";

/** From here on a certificate counts as expiring, in days. */
const expiringDays = 30;

/** One certificate, fact by fact. */
export function certificateFacts(facts: CertificateFacts, t: Translate): Definition[] {
  const days = daysLeft(facts.notAfter, new Date());
  const tone = days < 0 ? "bad" : days < expiringDays ? "warn" : "ok";
  return [
    { term: t("certificate.facts.subject"), value: facts.subject },
    ...names(facts.dnsNames, t),
    { term: t("certificate.facts.valid"), value: <ValidityBar facts={facts} days={days} tone={tone} /> },
    { term: t("certificate.facts.key"), value: keyText(facts, t) },
    { term: t("certificate.facts.usage"), value: usageText(facts, t) },
    { term: t("certificate.facts.signature"), value: signatureText(facts.signatureAlgorithm, t) },
    { term: t("certificate.facts.issuer"), value: issuerText(facts, t) },
    ...thumbprintFacts(facts, t),
    { term: t("certificate.facts.serial"), value: facts.serial, copy: facts.serial, monospace: true },
  ];
}

/** What a certificate request asks for. */
export function requestFacts(request: NonNullable<Inspection["request"]>, t: Translate): Definition[] {
  return [
    { term: t("certificate.facts.subject"), value: request.subject },
    ...names(request.dnsNames, t),
    { term: t("certificate.facts.key"), value: keyText(request, t) },
    {
      term: t("inspect.facts.signatureValid"),
      value: t(`inspect.signature.${request.signatureValid ? "valid" : "invalid"}`),
    },
  ];
}

/** What the file holds besides certificates. */
export function fileFacts(inspection: Inspection, t: Translate): Definition[] {
  const { locked, hasPrivateKey, isPair, keyProvider, friendlyName, kind } = inspection;
  if (kind === "request" || kind === "certificate" || kind === "pkcs7") return [];
  const key = hasPrivateKey ? "yes" : locked ? "locked" : "no";
  return [
    { term: t("inspect.facts.privateKey"), value: t(`inspect.key.${key}`) },
    ...(isPair === null
      ? []
      : [{ term: t("inspect.facts.pair"), value: t(`inspect.pair.${isPair ? "yes" : "no"}`) }]),
    ...(keyProvider === null
      ? []
      : [{ term: t("inspect.facts.provider"), value: t(`inspect.provider.${keyProvider}`) }]),
    ...(friendlyName === null ? [] : [{ term: t("inspect.facts.friendlyName"), value: friendlyName }]),
  ];
}

/** How the file is protected. */
export function protectionFacts(protection: PfxProtection, t: Translate): Definition[] {
  const { profile, kdf, mac, macIterations } = protection;
  if (profile === "none") {
    return [{ term: t("inspect.protection.profile"), value: t("inspect.protection.profiles.none") }];
  }
  return [
    { term: t("inspect.protection.profile"), value: t(`inspect.protection.profiles.${profile}`) },
    { term: t("inspect.protection.key"), value: rounds(protection.keyCipher, protection.keyIterations, t) },
    {
      term: t("inspect.protection.certificates"),
      value: rounds(protection.certificateCipher, protection.certificateIterations, t),
    },
    ...(kdf === "" ? [] : [{ term: t("inspect.protection.kdf"), value: kdf }]),
    { term: t("inspect.protection.mac"), value: rounds(mac, macIterations, t) },
  ];
}

function rounds(cipher: string, iterations: number, t: Translate): string {
  if (cipher === "") return t("inspect.protection.none");
  return iterations > 0
    ? t("inspect.protection.iterations", { cipher, iterations: formatNumber(iterations) })
    : cipher;
}

function names(dnsNames: readonly string[], t: Translate): Definition[] {
  return dnsNames.length === 0 ? [] : [{ term: t("certificate.facts.dnsNames"), value: dnsNames.join(", ") }];
}
