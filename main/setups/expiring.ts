import { daysLeft } from "./checks.ts";
import type { SetupDocument } from "./document.ts";

/** Certificates of setups that are in use; practice and archived ones remind of nothing. */
export function expiringCertificates(
  documents: readonly SetupDocument[],
  now: Date,
): { setupId: string; sha1: string; daysLeft: number }[] {
  return documents.flatMap(({ id, practice, archivedAt, certificate }) =>
    practice || archivedAt !== null || certificate === null
      ? []
      : [
          {
            setupId: id,
            sha1: certificate.facts.sha1,
            daysLeft: daysLeft(certificate.facts.notAfter, now),
          },
        ],
  );
}
