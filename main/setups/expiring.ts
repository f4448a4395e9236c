import { daysLeft } from "../../preload/model/days.ts";
import { servingCertificate } from "./certificates-in-use.ts";
import type { SetupDocument } from "./document.ts";

/** Certificates of setups that are in use; practice and archived ones remind of nothing. */
export function expiringCertificates(
  documents: readonly SetupDocument[],
  now: Date,
): { setupId: string; sha1: string; daysLeft: number }[] {
  return documents.flatMap((document) => {
    const { id, practice, archivedAt } = document;
    const certificate = servingCertificate(document);
    if (practice || archivedAt !== null || certificate === null) return [];
    const { sha1, notAfter } = certificate.facts;
    return [{ setupId: id, sha1, daysLeft: daysLeft(notAfter, now) }];
  });
}
