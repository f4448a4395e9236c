import type { KeySize } from "../../preload/model/certificates.ts";
import type { CloudId } from "../../preload/model/guide.ts";

/**
 * The two commands of the documentation (step 9), word for word. The page prints the second one on a few long
 * lines and the first behind the prompt "C:\>"; here each command stands on its own line.
 */
export function documentedPowerShell(): string {
  return [
    String.raw`Get-ChildItem -Path cert:\localMachine\my\5F98EBBFE735CDDAE00E33E0FD69050EF9220254 | Export-PfxCertificate -FilePath C:\mypfx.pfx -Password $mypwd`,
    "",
    "# Create certificate",
    String.raw`$mycert = New-SelfSignedCertificate -DnsName "contoso.org" -CertStoreLocation "cert:\CurrentUser\My" -NotAfter (Get-Date).AddYears(1) -KeySpec KeyExchange`,
    "",
    "# Export certificate to .pfx file",
    '$mycert | Export-PfxCertificate -FilePath mycert.pfx -Password $(ConvertTo-SecureString -String "P@ssw0Rd1234" -AsPlainText -Force)',
    "",
    "# Export certificate to .cer file",
    "$mycert | Export-Certificate -FilePath mycert.cer",
  ].join("\n");
}

export interface PowerShellValues {
  /** Name in the certificate, usually the tenant's domain; "contoso.org" as on the page when empty. */
  dnsName: string;
  keySize?: KeySize;
  validMonths?: number;
  /** Name of both files without extension. */
  fileName?: string;
}

/**
 * The same task without its traps: the key is made by a CSP, because Exchange Online refuses CNG keys
 * (learn.microsoft.com/powershell/exchange/app-only-auth-powershell-v2); length and hash are stated; the password
 * is asked for instead of standing in the script; the PFX is protected with AES-256 (Windows Server 2019 and later).
 */
export function correctedPowerShell(values: PowerShellValues): string {
  const fileName = values.fileName ?? "mycert";
  return [
    "# Create certificate",
    "$parameters = @{",
    `    DnsName           = ${quoted(values.dnsName.trim() || "contoso.org")}`,
    String.raw`    CertStoreLocation = 'Cert:\CurrentUser\My'`,
    `    NotAfter          = (Get-Date).AddMonths(${values.validMonths ?? 12})`,
    "    KeyAlgorithm      = 'RSA'",
    `    KeyLength         = ${values.keySize ?? 2048}`,
    "    KeySpec           = 'KeyExchange'",
    "    KeyExportPolicy   = 'Exportable'",
    "    HashAlgorithm     = 'SHA256'",
    "    Provider          = 'Microsoft Enhanced RSA and AES Cryptographic Provider'",
    "}",
    "$certificate = New-SelfSignedCertificate @parameters",
    "",
    "# Export certificate to .pfx file",
    "$password = Read-Host -Prompt 'PFX password' -AsSecureString",
    `$certificate | Export-PfxCertificate -FilePath ${quoted(`${fileName}.pfx`)} -Password $password -CryptoAlgorithmOption AES256_SHA256`,
    "",
    "# Export certificate to .cer file",
    `$certificate | Export-Certificate -FilePath ${quoted(`${fileName}.cer`)}`,
  ].join("\n");
}

/**
 * A PowerShell string that is taken literally. PowerShell ends such a string at any of five quotation marks, the
 * typographic ones included (about_Quoting_Rules), therefore each is doubled; line breaks and other control
 * characters are left out.
 */
export function quoted(value: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is removed
  const printable = value.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, "");
  return `'${printable.replaceAll(/['\u2018-\u201b]/g, "$&$&")}'`;
}

export interface ConnectValues {
  cloud: CloudId;
  applicationId: string;
  /** The primary .onmicrosoft.com domain, as the module asks for it. */
  organization: string;
  /** Where the PFX lies; "mycert.pfx" when that is not known. */
  pfxPath: string;
}

/** Names of the module's environments (learn.microsoft.com/powershell/module/exchangepowershell/connect-exchangeonline). */
const environments: Readonly<Record<CloudId, string | null>> = {
  global: null,
  "gcc-high": "O365USGovGCCHigh",
  dod: "O365USGovDoD",
  china: "O365China",
};

/**
 * Connects as the application with Microsoft's module and reads the organization: the documented way to try what the
 * connector will do (learn.microsoft.com/powershell/exchange/app-only-auth-powershell-v2). Asks for the password.
 */
export function connectPowerShell(values: ConnectValues): string {
  const environment = environments[values.cloud];
  return [
    "# Once: Install-Module -Name ExchangeOnlineManagement -Scope CurrentUser",
    "$parameters = @{",
    `    CertificateFilePath     = ${quoted(values.pfxPath || "mycert.pfx")}`,
    "    CertificatePassword     = Read-Host -Prompt 'PFX password' -AsSecureString",
    `    AppId                   = ${quoted(values.applicationId)}`,
    `    Organization            = ${quoted(values.organization)}`,
    ...(environment === null ? [] : [`    ExchangeEnvironmentName = ${quoted(environment)}`]),
    "    ShowBanner              = $false",
    "}",
    "Connect-ExchangeOnline @parameters",
    "Get-OrganizationConfig | Format-List -Property Name, DisplayName, Identity",
    "Disconnect-ExchangeOnline -Confirm:$false",
  ].join("\n");
}
