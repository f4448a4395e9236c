import type { CertificateRecord } from "../setups/document.ts";
import type { ActualTenant } from "./actual.ts";
import type { Change } from "./change.ts";
import { isCertificate } from "./key-credentials.ts";
import { planUndo } from "./undo.ts";

export interface Removal {
  /** Whose key goes. */
  remove: CertificateRecord;
  /** Whose key must be seen to stay. */
  keep: CertificateRecord;
}

/** Part of a removal's effects only where the other key was seen to stay. */
const keeps = (sha256: string) => `keeps:${sha256}`;

/**
 * The change that takes one of two keys out of Entra; other people's keys go back as they were read. Where the key
 * that has to stay is not seen, the change has other effects than the one that was confirmed, and is not carried out:
 * the request replaces the whole collection, and a replica that does not know a new key yet would lose it. Pure.
 */
export function planRemoval({ remove, keep }: Removal, actual: ActualTenant): Change[] {
  const application = actual.application.known ? actual.application.value : null;
  if (application === null) return [];
  const { sha1, sha256, subject } = remove.facts;
  const inverse = {
    kind: "remove-certificate",
    application: application.appId,
    sha1,
    sha256,
    der: remove.der,
    subject,
  } as const;
  const stays = application.keyCredentials.some((key) =>
    isCertificate(key, { ...keep.facts, der: keep.der }),
  );
  return planUndo([inverse], actual).map((change) => ({
    ...change,
    effects: [...change.effects, stays ? keeps(keep.facts.sha256) : "keeps:nothing"],
  }));
}

/** The same as it may be shown and confirmed: nothing while the key that has to stay is not seen. */
export function safeRemoval(removal: Removal, actual: ActualTenant): Change[] {
  const safe = keeps(removal.keep.facts.sha256);
  return planRemoval(removal, actual).filter(({ effects }) => effects.includes(safe));
}
