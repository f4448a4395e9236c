import type { Inspection } from "../../preload/model/certificates.ts";

/** Why a file cannot become the setup's certificate as it is. */
export type ImportObstacle = "locked" | "no-key" | "request" | "no-certificate" | "unfit";

/** Whether a password would say more about a file: it is locked, and by a method that the app knows. */
export function canUnlock({ locked, findings }: Inspection): boolean {
  return locked && !findings.some(({ id }) => id === "unsupported-encryption");
}

/** What keeps a recognised file from being imported, or null. */
export function importObstacle(inspection: Inspection): ImportObstacle | null {
  const { kind, locked, hasPrivateKey, certificate, fits } = inspection;
  if (kind === "request") return "request";
  if (kind === "certificate" || kind === "pkcs7") return "no-key";
  if (kind === "private-key") return "no-certificate";
  if (locked) return canUnlock(inspection) ? "locked" : "unfit";
  if (!hasPrivateKey) return "no-key";
  if (certificate === null) return "no-certificate";
  return fits === "no" ? "unfit" : null;
}
