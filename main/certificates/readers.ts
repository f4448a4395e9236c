import type { PfxProtection, ReaderId, ReaderVerdict } from "../../preload/model/certificates.ts";

/** What decides whether a reader opens a PFX. */
export interface ReaderFacts {
  protection: PfxProtection;
  /** Null when the password is not known. */
  passwordIsAscii: boolean | null;
  duplicateAttributes: boolean;
}

type Verdict = Pick<ReaderVerdict, "verdict" | "reason">;

/** Limits of Microsoft's X509CertificateLoader (Pkcs12LoaderLimits.Defaults, .NET 9 and 10). */
export const dotnetLimits = { perDerivation: 300_000, total: 1_000_000 } as const;
/** BoringSSL's source states it of Windows. */
const windowsLimit = 600_000;
/** OpenJDK's PKCS12KeyStore. */
const javaLimit = 5_000_000;

const opens = (reason: string): Verdict => ({ verdict: "opens", reason });
const refuses = (reason: string): Verdict => ({ verdict: "refuses", reason });
const unknown = (reason: string): Verdict => ({ verdict: "unknown", reason });

interface Traits {
  /** AES under PBES2 somewhere. */
  modern: boolean;
  /** RC2, RC4 or single DES somewhere. */
  obsolete: boolean;
  sha512: boolean;
  scrypt: boolean;
  pbmac1: boolean;
  noMac: boolean;
  highest: number;
  total: number;
  nothingEncrypted: boolean;
}

function traitsOf(protection: PfxProtection): Traits {
  const ciphers = [protection.keyCipher, protection.certificateCipher];
  const { kdf, mac, keyIterations, certificateIterations, macIterations } = protection;
  return {
    modern: kdf.includes("PBKDF2"),
    obsolete: ciphers.some((cipher) => /RC2|RC4|^DES/.test(cipher)),
    sha512: /SHA(?:384|512)/.test(kdf) || /SHA(?:384|512)/.test(mac),
    scrypt: kdf.includes("scrypt"),
    pbmac1: mac === "PBMAC1",
    noMac: mac === "",
    highest: Math.max(keyIterations, certificateIterations, macIterations),
    total: keyIterations + certificateIterations,
    nothingEncrypted: protection.profile === "none",
  };
}

type Judge = (traits: Traits, facts: ReaderFacts) => Verdict;

/** What every Windows reader has in common; null when the version decides. */
function judgeWindows({ highest, pbmac1, noMac, scrypt }: Traits, facts: ReaderFacts): Verdict | null {
  if (highest > windowsLimit) return refuses("windows-iterations");
  if (pbmac1) return refuses("pbmac1");
  if (scrypt) return refuses("algorithm");
  if (facts.passwordIsAscii === false) return unknown("password-encoding");
  return noMac ? unknown("no-mac") : null;
}

const judges: Record<ReaderId, Judge> = {
  "windows-server-2016": (traits, facts) =>
    judgeWindows(traits, facts) ??
    (traits.modern
      ? refuses("aes-before-2019")
      : facts.protection.mac === "HMAC-SHA1"
        ? opens("classic")
        : unknown("mac-before-2019")),
  "windows-server-2019": (traits, facts) =>
    judgeWindows(traits, facts) ??
    (traits.sha512 ? unknown("sha512") : opens(traits.modern ? "aes" : "classic")),
  "dotnet-9-loader": (traits, { duplicateAttributes }) => {
    if (traits.highest > dotnetLimits.perDerivation) return refuses("dotnet-iterations");
    if (traits.total > dotnetLimits.total) return refuses("dotnet-total");
    if (traits.pbmac1) return refuses("pbmac1");
    if (traits.scrypt) return refuses("algorithm");
    return duplicateAttributes ? refuses("duplicate-attributes") : opens("within-limits");
  },
  java: (traits, facts) => {
    if (traits.highest > javaLimit) return refuses("java-iterations");
    if (facts.passwordIsAscii === false) return refuses("java-password");
    if (traits.pbmac1) return unknown("pbmac1-newest-only");
    if (traits.scrypt) return refuses("algorithm");
    return opens(traits.modern ? "aes" : "classic");
  },
  "openssl-3": (traits) => {
    if (traits.obsolete) return refuses("needs-legacy-provider");
    if (traits.pbmac1) return unknown("pbmac1-newest-only");
    return opens(traits.modern ? "aes" : "classic");
  },
  "openssl-fips": (traits) => {
    if (traits.obsolete) return refuses("needs-legacy-provider");
    if (traits.pbmac1) return unknown("pbmac1-newest-only");
    return traits.noMac && traits.modern ? unknown("no-mac") : refuses("fips");
  },
};

/** One verdict per reader. Rules and limits were measured or taken from the readers' sources. */
export function judgeReaders(facts: ReaderFacts): ReaderVerdict[] {
  const traits = traitsOf(facts.protection);
  return (Object.keys(judges) as ReaderId[]).map((reader) => ({ reader, ...judges[reader](traits, facts) }));
}

/** Every reason a verdict can have; each has a text `inspect.readers.reasons.<reason>`. */
export const readerReasons = [
  "aes",
  "aes-before-2019",
  "algorithm",
  "classic",
  "dotnet-iterations",
  "dotnet-total",
  "duplicate-attributes",
  "fips",
  "java-iterations",
  "java-password",
  "mac-before-2019",
  "needs-legacy-provider",
  "no-mac",
  "password-encoding",
  "pbmac1",
  "pbmac1-newest-only",
  "sha512",
  "windows-iterations",
  "within-limits",
] as const;
