/** Longest common name that X.509 allows (RFC 5280, ub-common-name). */
export const maxCommonNameLength = 64;
/** Most DNS names that one certificate takes here. */
export const maxDnsNames = 20;

const hostName = /^(?:\*\.)?(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?\.)+[\p{L}\p{N}-]{2,63}$/u;

/** What is wrong with the typed names; texts are `certificate.name.<problem>`. */
export type NameProblem = "missing" | "too-long";

/** Names typed into one field, separated by commas, semicolons, spaces or line breaks. Each once. */
export function splitNames(text: string): string[] {
  const names = text.split(/[\s,;]+/u).filter((name) => name !== "");
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}

/** Whether a name has the form of a host name such as "contoso.org". Main checks it in full. */
export function looksLikeHostName(name: string): boolean {
  return name.length <= 253 && hostName.test(name);
}

/** The DNS names of the certificate: the common name when it is one, and the further ones. */
export function dnsNamesOf(commonName: string, more: string): string[] {
  const name = commonName.trim();
  return splitNames(`${looksLikeHostName(name) ? name : ""}\n${more}`);
}

/** What stands against this common name, or null. */
export function commonNameProblem(commonName: string): NameProblem | null {
  const name = commonName.trim();
  if (name === "") return "missing";
  return Array.from(name).length > maxCommonNameLength ? "too-long" : null;
}
