import { BlockList, isIP } from "node:net";

type Rule = (url: URL) => boolean;

/** What Chromium never sends through a proxy (net/docs/proxy.md, "Implicit bypass rules"). */
const localNetworks = networks(["127.0.0.0/8", "169.254.0.0/16", "::1/128", "fe80::/10"]);

/**
 * Whether Chromium goes to an address directly although a proxy is set. Rules stand in the form of `proxyBypassRules`
 * (net/docs/proxy.md, "Proxy bypass rules"); the last one that has a say decides. Throws for a rule it does not know.
 */
export function bypass(rules: string): (url: URL) => boolean {
  const decisions = rules
    .split(/[,;]/)
    .map((rule) => rule.trim())
    .filter((rule) => rule !== "")
    .map((rule): ((url: URL) => boolean | undefined) => {
      if (rule === "<-loopback>") return (url) => (isImplicit(url) ? false : undefined);
      const matches = ruleOf(rule);
      return (url) => (matches(url) ? true : undefined);
    });
  return (url) => {
    for (const decide of decisions.toReversed()) {
      const decided = decide(url);
      if (decided !== undefined) return decided;
    }
    return isImplicit(url);
  };
}

function isImplicit(url: URL): boolean {
  const host = hostOf(url);
  return host === "localhost" || host.endsWith(".localhost") || contains(localNetworks, host);
}

function ruleOf(rule: string): Rule {
  if (rule === "<local>") return (url) => !hostOf(url).includes(".") && isIP(hostOf(url)) === 0;
  if (rule.startsWith("<")) throw unknown(rule);
  const range = /^\[?([0-9a-f:.]+)\]?\/\d+$/i.exec(rule)?.[1];
  if (range !== undefined && isIP(range) > 0) {
    const list = networks([rule.replaceAll(/[[\]]/g, "")]);
    return (url) => contains(list, hostOf(url));
  }
  const parts = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\[[0-9a-f:.]+\]|[^:/[\]]+)(?::(\d+))?$/i.exec(rule);
  if (!parts) throw unknown(rule);
  const [, scheme, pattern = "", port] = parts;
  const host = glob(pattern.startsWith(".") ? `*${pattern}` : pattern);
  return (url) =>
    (scheme === undefined || url.protocol === `${scheme.toLowerCase()}:`) &&
    (port === undefined || Number(port) === portOf(url)) &&
    host.test(url.hostname);
}

function unknown(rule: string): Error {
  return new Error(`The stand-in for Electron does not know the bypass rule "${rule}"`);
}

function glob(pattern: string): RegExp {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "i");
}

function portOf({ port, protocol }: URL): number {
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
}

function hostOf({ hostname }: URL): string {
  return hostname.replaceAll(/[[\]]/g, "").replace(/\.$/, "");
}

function networks(ranges: string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", length] = range.split("/");
    list.addSubnet(address, Number(length), isIP(address) === 6 ? "ipv6" : "ipv4");
  }
  return list;
}

function contains(list: BlockList, host: string): boolean {
  const version = isIP(host);
  return version > 0 && list.check(host, version === 6 ? "ipv6" : "ipv4");
}
