import type { CertificateFacts } from "../../preload/model/certificates.ts";
import { spokenDays } from "../../preload/model/days.ts";
import type { Translate } from "../i18n.ts";
import { formatDate, thumbprintBlocks } from "../store/format.ts";
import type { Definition } from "../ui/index.ts";
import styles from "./certificates.module.css";

/** A thumbprint in blocks of four that break between blocks only. */
export function Thumbprint({ value }: { value: string }) {
  return (
    <span className={styles.thumbprint} {...(value.length > 40 ? { "data-long": "" } : {})}>
      {thumbprintBlocks(value).map((block, index) => (
        // Blocks may repeat; their place in the thumbprint is what tells them apart.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={index}>{block}</span>
      ))}
    </span>
  );
}

/** Both thumbprints, each to be copied whole. */
export function thumbprintFacts({ sha1, sha256 }: CertificateFacts, t: Translate): Definition[] {
  return [
    { term: t("certificate.facts.sha1"), value: <Thumbprint value={sha1} />, copy: sha1, monospace: true },
    {
      term: t("certificate.facts.sha256"),
      value: <Thumbprint value={sha256} />,
      copy: sha256,
      monospace: true,
    },
  ];
}

/** "23 Nov 2026 – 23 Nov 2027" */
export function validityRange({ notBefore, notAfter }: CertificateFacts, t: Translate): string {
  return t("certificate.facts.range", { from: formatDate(notBefore), to: formatDate(notAfter) });
}

/** "(364 days left)" */
export function daysLeftText(days: number, t: Translate): string {
  const { over, count } = spokenDays(days);
  return t(over ? "certificate.facts.daysOver" : "certificate.facts.daysLeft", { count });
}

/** "RSA 3072" */
export function keyText({ keyType, keyBits }: { keyType: string; keyBits: number }, t: Translate): string {
  return t("certificate.facts.keyOf", { type: keyType.toUpperCase(), bits: keyBits });
}

const knownUsages = new Set([
  "digitalSignature",
  "keyEncipherment",
  "dataEncipherment",
  "nonRepudiation",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "clientAuth",
  "serverAuth",
  "codeSigning",
  "emailProtection",
  "timeStamping",
]);

/** What the key may be used for, in words; what has no words keeps its name. */
export function usageText({ keyUsage, extendedKeyUsage }: CertificateFacts, t: Translate): string {
  const words = [...keyUsage, ...extendedKeyUsage].map((usage) =>
    knownUsages.has(usage) ? t(`certificate.usage.${usage}`) : usage,
  );
  return words.length === 0 ? t("certificate.facts.noUsage") : words.join(" · ");
}

/** "sha256WithRSAEncryption" as people say it: "SHA-256 with RSA"; what has another form stays as it is. */
export function signatureText(algorithm: string, t: Translate): string {
  const parts = /^(sha|md)-?(\d+)With(RSA)Encryption$/i.exec(algorithm);
  if (parts === null) return algorithm;
  const [, family = "", number = "", key = ""] = parts;
  const hash = family.toLowerCase() === "md" ? `MD${number}` : `SHA-${number}`;
  return t("certificate.facts.signedWith", { hash, key });
}

/** Who signed it. */
export function issuerText({ selfSigned, issuer }: CertificateFacts, t: Translate): string {
  return selfSigned ? t("certificate.facts.selfSigned") : issuer;
}
