import { maxPasswordLength } from "../../preload/model/certificates.ts";
import { AppError } from "../errors.ts";
import type { RandomBytes } from "../ports.ts";
import { erase, secretBuffer } from "./secrets.ts";

/** Shortest password that is accepted for a file we write. */
export const minPasswordLength = 12;
/** Length of a generated password in characters; the oldest import wizards fail from 32 on. */
export const generatedPasswordLength = 24;
/**
 * Letters and digits without I, O, l, o, 0 and 1, and five marks. None of them means anything between
 * PowerShell's single or double quotes, in a shell, in a web form or in a CSV file.
 */
export const passwordAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789-_.:+";
/** Bits of entropy of a generated password. */
export const generatedPasswordBits = Math.floor(generatedPasswordLength * Math.log2(passwordAlphabet.length));

/** A new password in ASCII, every character equally likely. Erase it after use. */
export function generatePassword(randomBytes: RandomBytes): Buffer {
  const password = secretBuffer(generatedPasswordLength);
  const { length } = passwordAlphabet;
  // Values above the last full multiple would favour the first characters of the alphabet.
  const limit = 256 - (256 % length);
  let filled = 0;
  while (filled < password.length) {
    const random = randomBytes(128);
    for (const value of random) {
      if (value >= limit || filled === password.length) continue;
      password[filled] = passwordAlphabet.charCodeAt(value % length);
      filled += 1;
    }
    erase(random);
  }
  return password;
}

/**
 * Accepts printable ASCII of 12 to 128 characters: other characters are read differently by Windows, Java
 * and OpenSSL. Throws AppError password-required, password-not-ascii, password-too-short or password-too-long.
 */
export function checkPassword(password: string | Uint8Array): void {
  const bytes = typeof password === "string" ? Buffer.from(password, "utf8") : password;
  if (bytes.length === 0) throw new AppError("password-required");
  if (!isPrintableAscii(bytes)) throw new AppError("password-not-ascii");
  if (bytes.length < minPasswordLength) throw new AppError("password-too-short", { min: minPasswordLength });
  if (bytes.length > maxPasswordLength) throw new AppError("password-too-long", { max: maxPasswordLength });
}

/** Whether every byte is a character between the space and the tilde. */
export function isPrintableAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x20 && byte <= 0x7e);
}
