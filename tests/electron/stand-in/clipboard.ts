import type { Chromium } from "./chromium.ts";
import type { Session as DevToolsSession } from "./devtools.ts";
import { guard } from "./guard.ts";

const origin = "https://clipboard.stand-in.invalid";

/**
 * Electron's clipboard through a hidden page of the stand-in's own, which alone may read and write: the app's
 * page gets no such right, and copying works while another window has the focus.
 */
export function createClipboard(chromium: () => Promise<Chromium>) {
  let page: Promise<DevToolsSession> | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  function run<Result>(expression: string): Promise<Result> {
    const next = queue.then(async () => {
      page ??= chromium().then(openClipboardPage);
      const answer = await (
        await page
      ).send<{ result: { value: Result }; exceptionDetails?: { exception?: { description?: string } } }>(
        "Runtime.evaluate",
        { expression, awaitPromise: true, returnByValue: true, userGesture: true },
      );
      if (answer.exceptionDetails)
        throw new Error(answer.exceptionDetails.exception?.description ?? "clipboard");
      return answer.result.value;
    });
    queue = next.catch(() => undefined);
    return next;
  }

  return guard("clipboard", {
    readText: () => run<string>("navigator.clipboard.readText()"),
    writeText: (text: string) => run<undefined>(`navigator.clipboard.writeText(${JSON.stringify(text)})`),
    clear: () => void run<undefined>(`navigator.clipboard.writeText("")`).catch(() => undefined),
  });
}

async function openClipboardPage(chromium: Chromium): Promise<DevToolsSession> {
  const page = await chromium.openHidden();
  page.on("Fetch.requestPaused", ({ requestId }: { requestId: string }) =>
    page.tell("Fetch.fulfillRequest", {
      requestId,
      responseCode: 200,
      responseHeaders: [{ name: "content-type", value: "text/html" }],
      body: "",
    }),
  );
  await page.send("Fetch.enable", { patterns: [{ urlPattern: "*" }] });
  await page.send("Page.enable");
  await Promise.all(
    ["clipboard-read", "clipboard-write"].map((name) =>
      chromium.setPermission({ name, allowWithoutSanitization: false }, "granted", origin),
    ),
  );
  await page.send("Emulation.setFocusEmulationEnabled", { enabled: true });
  const loaded = new Promise((resolve) => page.once("Page.loadEventFired", resolve));
  await page.send("Page.navigate", { url: `${origin}/` });
  await loaded;
  return page;
}
