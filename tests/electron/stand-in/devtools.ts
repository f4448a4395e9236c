import { EventEmitter } from "node:events";
import type { Transport } from "./transport.ts";

export type Params = Record<string, unknown>;
interface Message {
  id?: number;
  sessionId?: string;
  method?: string;
  params?: Params;
  result?: unknown;
  error?: { message: string };
}
interface Pending {
  method: string;
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/** One conversation over the DevTools protocol: with the browser itself or with one of its pages. */
export class Session extends EventEmitter {
  readonly #devTools: DevTools;
  readonly id: string | undefined;

  constructor(devTools: DevTools, id: string | undefined) {
    super();
    this.setMaxListeners(100);
    this.#devTools = devTools;
    this.id = id;
  }

  /** Sends a command and gives its result. Rejects with the browser's message. */
  send<Result = unknown>(method: string, params: Params = {}): Promise<Result> {
    return this.#devTools.send<Result>(this.id, method, params);
  }

  /** Sends a command whose failure means only that the page is gone. */
  tell(method: string, params: Params = {}): void {
    this.send(method, params).catch(() => undefined);
  }
}

/** The DevTools protocol: commands with their results, and the events of each session. */
export class DevTools {
  readonly browser: Session;
  readonly #sessions = new Map<string, Session>();
  readonly #pending = new Map<number, Pending>();
  readonly #transport: Transport;
  #lastId = 0;

  constructor(transport: Transport) {
    this.#transport = transport;
    this.browser = new Session(this, undefined);
    transport.onText((text) => this.#dispatch(JSON.parse(text) as Message));
    transport.onClose(() => this.close());
  }

  session(id: string): Session {
    const known = this.#sessions.get(id);
    if (known) return known;
    const session = new Session(this, id);
    this.#sessions.set(id, session);
    return session;
  }

  send<Result>(sessionId: string | undefined, method: string, params: Params): Promise<Result> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise<Result>((resolve, reject) => {
      this.#pending.set(id, { method, resolve: (value) => resolve(value as Result), reject });
      this.#transport.send(JSON.stringify({ id, sessionId, method, params }));
    });
  }

  close(): void {
    for (const { method, reject } of this.#pending.values())
      reject(new Error(`${method}: Chromium has ended`));
    this.#pending.clear();
  }

  #dispatch(message: Message): void {
    if (message.id !== undefined) {
      const pending = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      if (message.error) pending?.reject(new Error(`${pending.method}: ${message.error.message}`));
      else pending?.resolve(message.result);
      return;
    }
    if (message.method === undefined) return;
    const session = message.sessionId === undefined ? this.browser : this.session(message.sessionId);
    session.emit(message.method, message.params ?? {});
  }
}
