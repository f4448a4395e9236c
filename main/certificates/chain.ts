import type { Certificate } from "./x509.ts";
import { isSignedBy, samePublicKey } from "./x509.ts";

export interface OrderedChain {
  /** From the issuer of the certificate upwards. */
  chain: Certificate[];
  /** Whether it ends at a self-signed certificate. */
  complete: boolean;
  /** Certificates that belong to something else. */
  others: Certificate[];
}

/** Orders what else lies in the file by who signed whom; signatures are checked, names alone prove nothing. */
export function orderChain(leaf: Certificate, candidates: readonly Certificate[]): OrderedChain {
  const others = candidates.filter((candidate) => !candidate.der.equals(leaf.der));
  const chain: Certificate[] = [];
  let current = leaf;
  while (!current.facts.selfSigned) {
    const child = current;
    const index = others.findIndex((candidate) => isSignedBy(child, candidate));
    const issuer = index < 0 ? undefined : others.splice(index, 1)[0];
    if (!issuer) return { chain, complete: false, others };
    chain.push(issuer);
    current = issuer;
  }
  return { chain, complete: true, others };
}

/** The certificate of a key; of several (a renewal keeps the key) the one that lasts longest. */
export function certificateOfKey(spki: Buffer, certificates: readonly Certificate[]): Certificate | null {
  const matching = certificates.filter((certificate) => samePublicKey(certificate.spki, spki));
  return matching.toSorted((a, b) => b.facts.notAfter.localeCompare(a.facts.notAfter))[0] ?? null;
}

/** The certificate that issued none of the others. */
export function leafOf(certificates: readonly Certificate[]): Certificate | null {
  const issues = (one: Certificate) =>
    certificates.some((other) => other !== one && other.issuerName.equals(one.subjectName));
  return certificates.find((certificate) => !issues(certificate)) ?? certificates[0] ?? null;
}
