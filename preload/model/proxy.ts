/** How the app reaches the network; texts are `settings.proxy.modes.<mode>`. */
export const proxyModes = ["system", "direct", "address", "pac"] as const;
export type ProxyMode = (typeof proxyModes)[number];

/** What the user has chosen; the texts as they were typed, without blanks around them. */
export interface ProxySettings {
  proxyMode: ProxyMode;
  /** For example "proxy.contoso.com:8080"; empty while none is given. */
  proxyAddress: string;
  /** Hosts that are reached directly although `proxyAddress` is used. */
  proxyExceptions: string;
  /** Address of a PAC file; empty while none is given. */
  proxyPac: string;
}

/** Why a text can't be used; texts are `settings.proxy.problems.<problem>`. */
export type ProxyProblem =
  | "credentials"
  | "kind-unknown"
  | "port-missing"
  | "port-invalid"
  | "host-invalid"
  | "exception-invalid"
  | "pac-invalid";

type Read<T> = { value: T } | { problem: ProxyProblem; word: string };

/** Kinds of proxy that Chromium knows and that are still in use (net/docs/proxy.md). */
const kinds: ReadonlySet<string> = new Set(["http", "https", "socks5"]);

/**
 * Reads the address of a proxy, for example "proxy.contoso.com:8080" or "socks5://[2001:db8::1]:1080", and gives it
 * as Chromium's `proxyRules` want it; http without a kind. A name and password in it are refused: settings lie
 * in a plain file.
 */
export function readProxyAddress(text: string): Read<string> {
  const [, kind = "http", rest = ""] = /^(?:([^:/]+):\/\/)?(.*?)\/?$/s.exec(text.trim()) ?? [];
  const not = (problem: ProxyProblem, word = rest) => ({ problem, word });
  if (rest.includes("@")) return not("credentials", "");
  if (!kinds.has(kind.toLowerCase())) return not("kind-unknown", kind);
  const [, typed = "", port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(rest) ?? [];
  const host = hostIn(typed);
  if (host === null) return not("host-invalid");
  if (port === undefined || port === "") return not("port-missing");
  const number = Number(port);
  if (!/^\d{1,5}$/.test(port) || number < 1 || number > 65_535) return not("port-invalid", port);
  return { value: `${kind.toLowerCase()}://${host}:${number}` };
}

/**
 * Reads the hosts that are reached directly, divided by commas, semicolons or blanks, in the forms of Chromium's
 * bypass rules: a host, "*.contoso.com", ".contoso.com", an IP address, a network such as 10.0.0.0/8, each also with a
 * port, and "<local>" for names without a dot.
 */
export function readProxyExceptions(text: string): Read<string[]> {
  const rules = text.split(/[\s,;]+/).filter((rule) => rule !== "");
  const bad = rules.find((rule) => !isException(rule));
  return bad === undefined ? { value: rules } : { problem: "exception-invalid", word: bad };
}

/** Reads the address of a PAC file, which Chromium fetches by http or https alone. */
export function readProxyPac(text: string): Read<string> {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    return { problem: "pac-invalid", word: "" };
  }
  if (url.username !== "" || url.password !== "") return { problem: "credentials", word: "" };
  return { value: url.href };
}

/** The readers of the typed settings; each takes "" for "not given yet". */
export const proxyTexts = {
  proxyAddress: readProxyAddress,
  proxyExceptions: readProxyExceptions,
  proxyPac: readProxyPac,
} as const;
export type ProxyText = keyof typeof proxyTexts;

/** What is wrong with a typed setting; null for nothing, also while it is empty. */
export function proxyProblem(name: ProxyText, text: string): { problem: ProxyProblem; word: string } | null {
  if (text.trim() === "") return null;
  const read = proxyTexts[name](text);
  return "problem" in read ? read : null;
}

/** The mode that applies: as long as the address that it needs is not given, the system decides. */
export function proxyInUse(settings: ProxySettings): ProxyMode {
  const { proxyMode } = settings;
  if (proxyMode === "address" && settings.proxyAddress.trim() === "") return "system";
  if (proxyMode === "pac" && settings.proxyPac.trim() === "") return "system";
  return proxyMode;
}

/** A host as URLs write it, for example "[::1]"; null when it is none. */
function hostIn(typed: string): string | null {
  if (!/^(\[[0-9a-f:.]+\]|[^\s/?#\\:[\]<>*%;,=]+)$/i.test(typed) || !URL.canParse(`http://${typed}/`))
    return null;
  return new URL(`http://${typed}/`).hostname;
}

function isException(rule: string): boolean {
  if (rule === "<local>") return true;
  const network = /^\[?([0-9a-f:.]+)\]?\/(\d{1,3})$/i.exec(rule);
  if (network) {
    const [, address = "", bits = ""] = network;
    const six = address.includes(":");
    return (
      Number(bits) <= (six ? 128 : 32) &&
      hostIn(six ? `[${address}]` : address) !== null &&
      isAddress(address)
    );
  }
  const [, host = "", port] = /^(\[[0-9a-f:.]+\]|[^:]+)(?::(\d{1,5}))?$/i.exec(rule) ?? [];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return false;
  if (host.startsWith("[")) return hostIn(host) !== null;
  return /^\.?[a-z0-9*_-]+(\.[a-z0-9*_-]+)*$/i.test(host);
}

function isAddress(text: string): boolean {
  return text.includes(":") || /^\d{1,3}(\.\d{1,3}){3}$/.test(text);
}
