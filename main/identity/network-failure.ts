/** What kept a request from being answered. */
export type NetworkFailureKind = "offline" | "refused" | "proxy" | "tls" | "clock" | "lost";

export interface NetworkFailure {
  kind: NetworkFailureKind;
  /** Whether the request certainly never reached the server, so that sending it again cannot do it twice. */
  neverSent: boolean;
  /** The system's own word, for example "ECONNREFUSED" or "ERR_CERT_AUTHORITY_INVALID". */
  code: string;
}

/**
 * Names of failures as Node (libuv, OpenSSL, undici) and Chromium (net_error_list.h) give them. All of them
 * happen before the first byte of a request is sent.
 */
const beforeSending: readonly (readonly [RegExp, NetworkFailureKind])[] = [
  [/ERR_CERT_DATE_INVALID|CERT_NOT_YET_VALID|CERT_HAS_EXPIRED/, "clock"],
  [
    /ERR_CERT_|SELF_SIGNED_CERT|UNABLE_TO_VERIFY_LEAF|UNABLE_TO_GET_ISSUER|ERR_SSL_|ERR_TLS_|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE/,
    "tls",
  ],
  [/ERR_PROXY_|ERR_TUNNEL_|ERR_UNEXPECTED_PROXY_AUTH|ERR_MANDATORY_PROXY|ERR_PAC_/, "proxy"],
  [
    /ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ENETDOWN|ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED|ERR_ADDRESS_UNREACHABLE|ERR_NAME_RESOLUTION_FAILED/,
    "offline",
  ],
  [/ECONNREFUSED|UND_ERR_CONNECT_TIMEOUT|ERR_CONNECTION_REFUSED|ERR_CONNECTION_TIMED_OUT/, "refused"],
];

/** What a rejected `fetch` means. Unknown words count as "lost": the server may have acted. */
export function networkFailure(error: unknown): NetworkFailure {
  const words = wordsOf(error);
  for (const [pattern, kind] of beforeSending) {
    const word = words.find((candidate) => pattern.test(candidate));
    if (word !== undefined) return { kind, neverSent: true, code: codeIn(word) };
  }
  return { kind: "lost", neverSent: false, code: codeIn(words.find((word) => codeForm.test(word)) ?? "") };
}

const codeForm = /\b(?:E[A-Z]{3,}|[A-Z]+(?:_[A-Z0-9]+)+)\b/;

function codeIn(word: string): string {
  return codeForm.exec(word)?.[0] ?? "";
}

/** Codes and messages along the chain of causes; `fetch` hides the real one below "fetch failed". */
function wordsOf(error: unknown): string[] {
  const words: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < 6 && current instanceof Error; depth += 1) {
    if ("code" in current && typeof current.code === "string") words.push(current.code);
    words.push(current.message);
    if (current instanceof AggregateError) words.push(...current.errors.flatMap(wordsOf));
    current = current.cause;
  }
  return words;
}
