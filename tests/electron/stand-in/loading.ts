import type { Session as DevToolsSession } from "./devtools.ts";
import type { Session } from "./session.ts";
import { appScheme, toAppUrl } from "./urls.ts";

interface Paused {
  requestId: string;
  request: { url: string; method: string; headers: Record<string, string>; postData?: string };
  frameId: string;
  resourceType: string;
}

/** Decides about every request of a page: the app's protocol handler answers, or it goes no further. */
export async function interceptRequests(
  page: DevToolsSession,
  session: Session,
  mayNavigate: (url: string, frameId: string) => boolean,
): Promise<void> {
  page.on("Fetch.requestPaused", (paused: Paused) => {
    answer(page, session, mayNavigate, paused).catch((error: unknown) => {
      process.stderr.write(`Stand-in: ${paused.request.url}: ${String(error)}\n`);
      page.tell("Fetch.failRequest", { requestId: paused.requestId, errorReason: "Failed" });
    });
  });
  await page.send("Fetch.enable", { patterns: [{ urlPattern: "*" }] });
}

async function answer(
  page: DevToolsSession,
  session: Session,
  mayNavigate: (url: string, frameId: string) => boolean,
  { requestId, request, frameId, resourceType }: Paused,
): Promise<void> {
  const refuse = (errorReason: string) => page.tell("Fetch.failRequest", { requestId, errorReason });
  const url = toAppUrl(request.url);
  if (resourceType === "Document" && !mayNavigate(url, frameId)) return refuse("Aborted");
  const referrer = toAppUrl(request.headers["Referer"] ?? "");
  const asked = { url, method: request.method, resourceType: electronType(resourceType), referrer };
  if (!(await session.allows(asked))) return refuse("BlockedByClient");

  const hasBody = request.postData !== undefined && request.method !== "GET" && request.method !== "HEAD";
  const response = await session.respond(
    new Request(url, {
      method: request.method,
      headers: request.headers,
      ...(hasBody ? { body: request.postData ?? "" } : {}),
    }),
    appScheme(request.url),
  );
  if (response === undefined) return refuse("InternetDisconnected");
  if (response === "continue") return page.tell("Fetch.continueRequest", { requestId });
  page.tell("Fetch.fulfillRequest", {
    requestId,
    responseCode: response.status,
    responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
    body: Buffer.from(await response.arrayBuffer()).toString("base64"),
  });
}

/** DevTools' resource types in Electron's words. */
function electronType(type: string): string {
  const known: Record<string, string> = {
    Document: "mainFrame",
    Stylesheet: "stylesheet",
    Script: "script",
    Image: "image",
    Font: "font",
    XHR: "xhr",
    Fetch: "xhr",
    Ping: "ping",
    CSPViolationReport: "cspReport",
    Media: "media",
    WebSocket: "webSocket",
  };
  return known[type] ?? "other";
}
