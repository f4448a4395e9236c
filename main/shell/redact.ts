const rules: readonly [RegExp, string][] = [
  [/-----BEGIN [A-Z0-9 ]+-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$)/g, "[pem]"],
  [/\beyJ[\w-]{4,}\.[\w-]+(?:\.[\w-]*)*/g, "[token]"],
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, "$1 [secret]"],
  // Quoted to the closing quote, otherwise to the end of the line: an unquoted password may hold anything.
  [
    /((?:pass(?:word|phrase|wd)?|pwd|passwort|kennwort|secret|token)["']?\s*[:=]\s*)(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\r\n]+)/gi,
    "$1[secret]",
  ],
  // Long base64 in one piece, then in lines of 60 to 80 characters as tools wrap it.
  [/[A-Za-z0-9+/_-]{120,}={0,2}/g, "[base64]"],
  [/(?:[A-Za-z0-9+/]{60,80}(?:\\r|\\n|\s)+){2,}[A-Za-z0-9+/]*={0,2}/g, "[base64]"],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, "[address]"],
];

/**
 * Takes out of a text for the log what could be a secret (PEM, tokens, passwords, long base64) or a person's
 * address. It is the second line of defence: nothing secret should be given to the log in the first place.
 */
export function redact(text: string): string {
  return rules.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
}
