import { EventEmitter } from "node:events";
import { guard, knownEvent } from "./guard.ts";
import { Network } from "./network.ts";
import type { ProxyConfig } from "./network.ts";
import { isLoopback, toAppUrl } from "./urls.ts";

type ProtocolHandler = (request: Request) => Response | Promise<Response>;
type PermissionCheck = (contents: unknown, permission: string, origin: string, details: object) => boolean;
type RequestFilter = (
  details: { url: string; method: string; resourceType: string; referrer: string },
  callback: (answer: { cancel?: boolean; redirectURL?: string }) => void,
) => void;
type Headers = Record<string, string[]>;
type HeaderFilter = (
  details: { url: string; statusCode: number; responseHeaders: Headers },
  callback: (answer: { cancel?: boolean; responseHeaders?: Record<string, string | string[]> }) => void,
) => void;

const permissions = new Map([
  ["geolocation", "geolocation"],
  ["notifications", "notifications"],
  ["midi", "midi"],
  ["camera", "media"],
  ["microphone", "media"],
  ["clipboard-read", "clipboard-read"],
  ["clipboard-write", "clipboard-sanitized-write"],
  ["local-fonts", "local-fonts"],
  ["window-management", "window-management"],
  ["storage-access", "storage-access"],
  ["idle-detection", "idle-detection"],
  ["screen-wake-lock", "screen-wake-lock"],
  ["display-capture", "display-capture"],
]);

/** Electron's session: what the page may load and do. */
export class Session extends EventEmitter {
  readonly schemes = new Set<string>();
  readonly #handlers = new Map<string, ProtocolHandler>();
  #filter: { urls: string[]; listener: RequestFilter } | undefined;
  #headerFilter: HeaderFilter | undefined;
  #check: PermissionCheck | undefined;

  readonly protocol = guard("protocol", {
    handle: (scheme: string, handler: ProtocolHandler) => {
      if (this.#handlers.has(scheme)) throw new Error(`The scheme ${scheme} has a handler already`);
      this.#handlers.set(scheme, handler);
    },
    unhandle: (scheme: string) => void this.#handlers.delete(scheme),
    isProtocolHandled: (scheme: string) => this.#handlers.has(scheme),
    registerSchemesAsPrivileged: (schemes: { scheme: string }[]) => {
      for (const { scheme } of schemes) this.schemes.add(scheme);
    },
  });

  readonly webRequest = guard("webRequest", {
    onBeforeRequest: (...args: [{ urls: string[] }, RequestFilter] | [RequestFilter | null]) => {
      const listener = args[1] ?? args[0];
      const urls = args.length === 2 ? args[0].urls : ["<all_urls>"];
      this.#filter = typeof listener === "function" ? { urls, listener } : undefined;
    },
    onHeadersReceived: (...args: [object, HeaderFilter] | [HeaderFilter | null]) => {
      const listener = args[1] ?? args[0];
      this.#headerFilter = typeof listener === "function" ? (listener as HeaderFilter) : undefined;
    },
  });

  override on(name: string, listener: (...args: never[]) => void): this {
    knownEvent("session", ["will-download", "preconnect"], name);
    return super.on(name, listener as (...args: unknown[]) => void);
  }

  readonly #network = new Network();
  fetch(...args: Parameters<typeof fetch>): Promise<Response> {
    return this.#network.fetch(...args);
  }
  setProxy(config: ProxyConfig): Promise<void> {
    return this.#network.setProxy(config);
  }
  resolveProxy(url: string): Promise<string> {
    return this.#network.resolveProxy(url);
  }
  closeAllConnections(): Promise<void> {
    return this.#network.closeAllConnections();
  }
  // Node's fetch judges certificates alone and shows them to no one, so the procedure is never asked.
  setCertificateVerifyProc(): void {}

  // Chromium asks no one but the check below: what it denies is never requested.
  setPermissionRequestHandler(): void {}
  setDevicePermissionHandler(): void {}
  setDisplayMediaRequestHandler(): void {}
  setSpellCheckerEnabled(): void {}
  setSpellCheckerLanguages(): void {}
  setPermissionCheckHandler(check: PermissionCheck | null): void {
    this.#check = check ?? undefined;
  }

  /** Chromium's permission names with the app's decision about each, for one of its pages. */
  decidedPermissions(contents: unknown, origin: string): { name: string; granted: boolean }[] {
    const asked = toAppUrl(origin);
    return [...permissions].map(([name, electronName]) => ({
      name,
      granted:
        this.#check?.(contents, electronName, asked, { requestingUrl: asked, isMainFrame: true }) ?? true,
    }));
  }

  /** The app's verdict on a request: false refuses it. */
  async allows(request: {
    url: string;
    method: string;
    resourceType: string;
    referrer: string;
  }): Promise<boolean> {
    const filter = this.#filter;
    if (!filter || !filter.urls.some((pattern) => matches(pattern, request.url))) return true;
    const answer = await new Promise<{ cancel?: boolean; redirectURL?: string }>((resolve) =>
      filter.listener(request, resolve),
    );
    if (answer.redirectURL) throw new Error("The stand-in for Electron does not know redirectURL");
    return answer.cancel !== true;
  }

  /** The answer of the app's protocol handler; undefined when the request must not leave. */
  async respond(request: Request, scheme: string | undefined): Promise<Response | "continue" | undefined> {
    if (scheme === undefined) return isLoopback(request.url) ? "continue" : undefined;
    const handler = this.#handlers.get(scheme);
    return handler ? await this.#withHeaders(request.url, await handler(request)) : undefined;
  }

  async #withHeaders(url: string, response: Response): Promise<Response | undefined> {
    const filter = this.#headerFilter;
    if (!filter) return response;
    const responseHeaders = Object.fromEntries([...response.headers].map(([name, value]) => [name, [value]]));
    const answer = await new Promise<Parameters<Parameters<HeaderFilter>[1]>[0]>((resolve) =>
      filter({ url, statusCode: response.status, responseHeaders }, resolve),
    );
    if (answer.cancel) return undefined;
    const headers = Object.entries(answer.responseHeaders ?? responseHeaders).map(
      ([name, value]): [string, string] => [name, [value].flat().join(", ")],
    );
    return new Response(response.body, { status: response.status, headers });
  }
}

/** Electron's URL patterns as far as `<all_urls>`, a scheme and stars go. */
function matches(pattern: string, url: string): boolean {
  if (pattern === "<all_urls>") return true;
  const expression = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll("*", ".*");
  return new RegExp(`^${expression}$`).test(url);
}
