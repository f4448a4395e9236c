import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  connectPowerShell,
  correctedPowerShell,
  documentedPowerShell,
  quoted,
} from "../../../main/guide/powershell.ts";

const quotationMarks = new Set(["'", "\u2018", "\u2019", "\u201a", "\u201b"]);

/** Reads one PowerShell string in single quotes as about_Quoting_Rules says; null when it ends too early. */
function read(literal: string): string | null {
  const characters = literal.slice(1, -1).split("");
  let value = "";
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? "";
    if (quotationMarks.has(character)) {
      index += 1;
      if (!quotationMarks.has(characters[index] ?? "")) return null;
    }
    value += character;
  }
  return value;
}

describe("the documentation's commands", () => {
  it("stand there word for word", () => {
    expect(documentedPowerShell().split("\n").filter(Boolean)).toEqual([
      "Get-ChildItem -Path cert:\\localMachine\\my\\5F98EBBFE735CDDAE00E33E0FD69050EF9220254 | Export-PfxCertificate -FilePath C:\\mypfx.pfx -Password $mypwd",
      "# Create certificate",
      '$mycert = New-SelfSignedCertificate -DnsName "contoso.org" -CertStoreLocation "cert:\\CurrentUser\\My" -NotAfter (Get-Date).AddYears(1) -KeySpec KeyExchange',
      "# Export certificate to .pfx file",
      '$mycert | Export-PfxCertificate -FilePath mycert.pfx -Password $(ConvertTo-SecureString -String "P@ssw0Rd1234" -AsPlainText -Force)',
      "# Export certificate to .cer file",
      "$mycert | Export-Certificate -FilePath mycert.cer",
    ]);
  });
});

describe("the corrected commands", () => {
  const script = correctedPowerShell({ dnsName: "contoso.onmicrosoft.com", keySize: 3072, validMonths: 24 });

  it("make a CSP key of stated length, signed with SHA-256", () => {
    expect(script).toContain("DnsName           = 'contoso.onmicrosoft.com'");
    expect(script).toContain("KeySpec           = 'KeyExchange'");
    expect(script).toContain("Provider          = 'Microsoft Enhanced RSA and AES Cryptographic Provider'");
    expect(script).toContain("KeyLength         = 3072");
    expect(script).toContain("HashAlgorithm     = 'SHA256'");
    expect(script).toContain("(Get-Date).AddMonths(24)");
  });

  it("ask for the password instead of containing one", () => {
    expect(script).toContain("Read-Host -Prompt 'PFX password' -AsSecureString");
    expect(script).not.toContain("AsPlainText");
  });

  it("protect the PFX with AES-256 and export the public part as well", () => {
    expect(script).toContain("-CryptoAlgorithmOption AES256_SHA256");
    expect(script).toContain("Export-Certificate -FilePath 'mycert.cer'");
  });

  it("fall back to the documentation's name when no domain is known", () => {
    expect(correctedPowerShell({ dnsName: "  " })).toContain("= 'contoso.org'");
  });

  it("keep their number of lines whatever is typed, so that nothing typed becomes a command", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (dnsName, fileName) => {
        const lines = correctedPowerShell({ dnsName, fileName }).split(/[\r\n\u0085\u2028\u2029]/);
        expect(lines).toHaveLength(script.split("\n").length);
      }),
    );
  });
});

describe("the commands that connect as the application", () => {
  const values = {
    cloud: "global",
    applicationId: "0a8b5f0e-4a53-4a59-8f57-c1c4b2a7d301",
    organization: "contoso.onmicrosoft.com",
    pfxPath: String.raw`C:\Users\O'Brien\contoso.pfx`,
  } as const;
  const lines = connectPowerShell(values).split("\n");
  const parameter = (name: string) =>
    lines
      .find((line) => line.trim().startsWith(`${name} `))
      ?.split("=")[1]
      ?.trim();

  it("name the file, the application and the organization, each quoted", () => {
    expect(parameter("CertificateFilePath")).toBe(String.raw`'C:\Users\O''Brien\contoso.pfx'`);
    expect(parameter("AppId")).toBe("'0a8b5f0e-4a53-4a59-8f57-c1c4b2a7d301'");
    expect(parameter("Organization")).toBe("'contoso.onmicrosoft.com'");
    expect(lines).toContain("Connect-ExchangeOnline @parameters");
  });

  it("ask for the password, only read, and disconnect", () => {
    expect(parameter("CertificatePassword")).toBe("Read-Host -Prompt 'PFX password' -AsSecureString");
    const commands = lines.flatMap((line) => line.match(/^[A-Z][a-z]+-[A-Za-z]+/) ?? []);
    expect(commands).toEqual([
      "Connect-ExchangeOnline",
      "Get-OrganizationConfig",
      "Disconnect-ExchangeOnline",
    ]);
  });

  it.each([
    ["global", undefined],
    ["gcc-high", "'O365USGovGCCHigh'"],
    ["dod", "'O365USGovDoD'"],
    ["china", "'O365China'"],
  ] as const)("name the environment of the cloud %s", (cloud, environment) => {
    const found = connectPowerShell({ ...values, cloud })
      .split("\n")
      .find((line) => line.includes("ExchangeEnvironmentName"));
    expect(found?.split("=")[1]?.trim()).toBe(environment);
  });

  it("keep their number of lines whatever the values are, and read back as they were", () => {
    const any = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(any, any, any, (pfxPath, applicationId, organization) => {
        const script = connectPowerShell({ cloud: "global", pfxPath, applicationId, organization });
        expect(script.split(/[\r\n\u0085\u2028\u2029]/)).toHaveLength(lines.length);
        const literals = [pfxPath || "mycert.pfx", applicationId, organization].map(quoted);
        for (const literal of literals) expect(script).toContain(`= ${literal}\n`);
      }),
    );
  });
});

describe("a quoted value", () => {
  it.each([
    ["contoso.org", "'contoso.org'"],
    ["O'Brien", "'O''Brien'"],
    ["$(Remove-Item x)", "'$(Remove-Item x)'"],
    ["a`b", "'a`b'"],
    ["a'; calc; '", "'a''; calc; '''"],
    ["a\u2019; calc; \u2018", "'a\u2019\u2019; calc; \u2018\u2018'"],
    ["a\r\ncalc", "'acalc'"],
  ])("%j becomes %s", (value, literal) => {
    expect(quoted(value)).toBe(literal);
  });

  it("is read back by PowerShell as it was, without control characters", () => {
    const value = fc.string({
      unit: fc.constantFrom("'", "\u2018", "\u2019", "\u201a", "\u201b", "a", "$", "\n", '"', "`"),
    });
    fc.assert(
      fc.property(value, (text) => {
        expect(read(quoted(text))).toBe(text.replaceAll("\n", ""));
      }),
    );
  });
});
