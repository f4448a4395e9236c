import { AppError } from "../errors.ts";

/** Clocks differ: a certificate that is valid from this very second is refused by a server a minute behind. */
const backdateMs = 600_000;
/** RFC 5280 can write no later year. */
const lastYear = 9999;

/**
 * Turns two calendar dates (YYYY-MM-DD, UTC) into a validity. When it starts today, it starts ten minutes ago.
 * It lasts exactly the days between the two dates: tenants that allow N days count N times 24 hours.
 * Throws AppError certificate-dates-invalid.
 */
export function validityOf(from: string, to: string, now: Date): { notBefore: Date; notAfter: Date } {
  const start = Date.parse(`${from}T00:00:00Z`);
  const end = Date.parse(`${to}T00:00:00Z`);
  const startsToday = from === now.toISOString().slice(0, 10);
  // X.509 counts whole seconds.
  const notBefore = startsToday ? Math.floor((now.getTime() - backdateMs) / 1000) * 1000 : start;
  const notAfter = notBefore + (end - start);
  const wrong =
    !(end > start) || notAfter <= now.getTime() || new Date(notAfter).getUTCFullYear() > lastYear
      ? new AppError("certificate-dates-invalid", { notBefore: from, notAfter: to })
      : null;
  if (wrong) throw wrong;
  return { notBefore: new Date(notBefore), notAfter: new Date(notAfter) };
}
