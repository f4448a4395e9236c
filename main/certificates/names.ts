import { isIP } from "node:net";
import { domainToASCII } from "node:url";
import { AppError } from "../errors.ts";

/** Upper bound of common name and organisation in characters (RFC 5280, appendix A.1). */
export const maxNameLength = 64;
const maxDnsNames = 20;
const maxDnsNameLength = 253;
// A single wildcard label is allowed in front; underscores occur in real host names.
const dnsName =
  /^(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
/** `domainToASCII` drops or decodes these silently, as it would in an address. */
const notInHost = /[\s\p{Cc}/\\?#@:%]/u;
// Control and format characters would make two names look alike.
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;

/** Names as a certificate carries them. */
export interface CheckedNames {
  commonName: string;
  organization: string;
  /** In ASCII, international ones in punycode. */
  dnsNames: string[];
}

/** The three inputs of a subject as typed. */
export interface TypedNames {
  commonName: string;
  organization: string;
  dnsNames: readonly string[];
}

/**
 * Checks what was typed and gives what is written. Throws AppError certificate-name-invalid with
 * `field`, `reason` ("empty", "too-long", "characters", "too-many"), `value` and `limit`.
 */
export function checkNames({ commonName, organization, dnsNames }: TypedNames): CheckedNames {
  const filled = dnsNames.filter((name) => name.trim() !== "");
  if (filled.length > maxDnsNames) throw invalid("dnsNames", "too-many", "", maxDnsNames);
  return {
    commonName: checkName("commonName", commonName, true),
    organization: checkName("organization", organization, false),
    dnsNames: [...new Set(filled.map(toAsciiDnsName))],
  };
}

function checkName(field: string, typed: string, required: boolean): string {
  const name = typed.trim().normalize("NFC");
  if (required && name === "") throw invalid(field, "empty", "", maxNameLength);
  if (!name.isWellFormed() || unprintable.test(name)) throw invalid(field, "characters", "", maxNameLength);
  // The bound counts characters, not UTF-16 units.
  if (Array.from(name).length > maxNameLength)
    throw invalid(field, "too-long", name.slice(0, 80), maxNameLength);
  return name;
}

/** A host name in the form a certificate carries: lower case, punycode for international names. */
export function toAsciiDnsName(typed: string): string {
  const name = typed.trim().replace(/\.$/, "");
  const ascii = domainToASCII(name);
  const shown = name.slice(0, 80);
  if (name.length > 1_000 || ascii.length > maxDnsNameLength) {
    throw invalid("dnsNames", "too-long", shown, maxDnsNameLength);
  }
  if (notInHost.test(name) || !dnsName.test(ascii) || isIP(ascii) !== 0)
    throw invalid("dnsNames", "characters", shown, maxDnsNameLength);
  return ascii;
}

function invalid(field: string, reason: string, value: string, limit: number): AppError {
  return new AppError("certificate-name-invalid", { field, reason, value, limit });
}
