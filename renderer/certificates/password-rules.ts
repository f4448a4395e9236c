import { maxPasswordLength } from "../../preload/model/certificates.ts";

/** Shortest PFX password that may be typed. */
export const minPasswordLength = 12;

/** Why a typed password cannot be used; texts are `password.problems.<id>`. */
export type PasswordProblem =
  | { id: "too-short"; min: number }
  | { id: "too-long"; max: number }
  | { id: "not-ascii"; characters: string };

/** What is worth knowing about a password that can be used; texts are `password.hints.<hint>`. */
export type PasswordHint = "space-at-edge" | "powershell";

/**
 * What stands against a typed password, or null. Only printable ASCII is read alike by everything that opens a PFX:
 * Java refuses other characters, and libraries disagree on how to write them.
 */
export function passwordProblem(password: string): PasswordProblem | null {
  const strange = [...new Set(password)].filter((character) => !isPrintableAscii(character));
  if (strange.length > 0) return { id: "not-ascii", characters: strange.slice(0, 5).map(shown).join(" ") };
  if (password.length > maxPasswordLength) return { id: "too-long", max: maxPasswordLength };
  if (password.length < minPasswordLength) return { id: "too-short", min: minPasswordLength };
  return null;
}

/** Traps in a password that is allowed, worst first; null when there is none. */
export function passwordHint(password: string): PasswordHint | null {
  if (password !== password.trim()) return "space-at-edge";
  // In double quotes PowerShell reads these instead of passing them on.
  return /[$`"']/.test(password) ? "powershell" : null;
}

function isPrintableAscii(character: string): boolean {
  return /^[ -~]$/.test(character);
}

/** A character to be seen: control and format characters by their number. */
function shown(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return /[\p{C}\p{Z}]/u.test(character)
    ? `U+${code.toString(16).toUpperCase().padStart(4, "0")}`
    : character;
}
