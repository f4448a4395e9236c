import { randomBytes } from "node:crypto";
import { pfxPassword } from "./kdf.ts";
import { checkPassword } from "./password.ts";
import { toPem } from "./pem.ts";
import type { PfxContent } from "./pfx-write.ts";
import { pfxIterations } from "./pfx-write.ts";
import { encryptKey } from "./pkcs8.ts";
import { erase } from "./secrets.ts";

/**
 * Encrypted PKCS #8 key, certificate and chain as PEM. OpenSSL in FIPS mode cannot read any PFX, but reads this.
 * `password` is UTF-8. Throws AppError password-*.
 */
export async function writePem(
  { key, certificate, chain }: Omit<PfxContent, "friendlyName">,
  password: Uint8Array,
): Promise<Buffer> {
  checkPassword(password);
  const forms = pfxPassword(password);
  try {
    const encrypted = await encryptKey(key, forms, pfxIterations.strong, randomBytes);
    return Buffer.from(
      toPem("ENCRYPTED PRIVATE KEY", encrypted) +
        [certificate, ...chain].map((bytes) => toPem("CERTIFICATE", bytes)).join(""),
    );
  } finally {
    erase(forms.utf8, forms.bmp);
  }
}
