import { EventEmitter } from "node:events";
import { knownEvent } from "./guard.ts";

interface RequestOptions {
  url: string;
  method?: string;
  redirect?: "follow" | "error" | "manual";
}

class IncomingMessage extends EventEmitter {
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly headers: Record<string, string[]>;

  constructor(response: Response) {
    super();
    this.statusCode = response.status;
    this.statusMessage = response.statusText;
    this.headers = Object.fromEntries([...response.headers].map(([name, value]) => [name, [value]]));
  }
}

/** Electron's ClientRequest over its session's fetch, as far as the app uses it: a text is sent, no redirect is followed. */
export class ClientRequest extends EventEmitter {
  readonly #options: RequestOptions;
  readonly #fetch: typeof fetch;
  readonly #headers = new Headers();
  readonly #abort = new AbortController();
  #body = "";

  constructor(options: RequestOptions, send: typeof fetch) {
    super();
    if (options.redirect !== "manual")
      throw new Error("The stand-in for Electron only knows net.request with redirect: manual");
    this.#options = options;
    this.#fetch = send;
  }

  override on(name: string, listener: (...args: never[]) => void): this {
    knownEvent("ClientRequest", ["response", "redirect", "error", "abort", "close", "finish"], name);
    return super.on(name, listener as (...args: unknown[]) => void);
  }

  setHeader(name: string, value: string): void {
    this.#headers.set(name, value);
  }

  write(chunk: string): void {
    this.#body += chunk;
  }

  end(): void {
    void this.#send().catch((error: unknown) => {
      if (!this.#abort.signal.aborted) this.emit("error", error);
    });
  }

  abort(): void {
    this.#abort.abort();
    this.emit("abort");
  }

  async #send(): Promise<void> {
    const { url, method = "GET" } = this.#options;
    const response = await this.#fetch(url, {
      method,
      headers: this.#headers,
      redirect: "manual",
      signal: this.#abort.signal,
      ...(this.#body === "" ? {} : { body: this.#body }),
    });
    const location = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      this.emit("redirect", response.status, method, new URL(location, url).href, {});
      // Electron breaks a redirect off that nobody follows.
      this.emit("error", new Error("Redirect was cancelled"));
      return;
    }
    const message = new IncomingMessage(response);
    this.emit("response", message);
    try {
      const bytes = Buffer.from(await response.arrayBuffer());
      if (bytes.length > 0) message.emit("data", bytes);
      message.emit("end");
    } catch (error) {
      message.emit("error", error);
    }
  }
}
