import type { z } from "zod";
import type { Handlers } from "../../preload/contract.ts";
import { channel, contract } from "../../preload/contract.ts";
import type { Result } from "../../preload/model/errors.ts";
import { AppError, toErrorView } from "../errors.ts";

/** Where calls arrive: Electron's ipcMain in the app, a map in tests. */
export interface IpcPort<CallEvent> {
  handle(channel: string, listener: (event: CallEvent, input: unknown) => Promise<Result<unknown>>): void;
}

export interface Registration<CallEvent> {
  ipc: IpcPort<CallEvent>;
  handlers: Handlers;
  /** Whether the call comes from our own page. */
  isTrusted: (event: CallEvent) => boolean;
  log: { error(message: string, error?: unknown): void; warn(message: string, error?: unknown): void };
}

type UntypedHandler = (input: unknown) => Promise<unknown>;

/**
 * Registers every method of the contract. Each call passes the same gates in the same order: who is asking,
 * is the input what the schema says, then the handler. Whatever is thrown becomes an error result; what was
 * not foreseen is logged here and reaches the page only as "internal".
 */
export function registerHandlers<CallEvent>({
  ipc,
  handlers,
  isTrusted,
  log,
}: Registration<CallEvent>): void {
  // The compiler has checked that `handlers` has every method; the loop only needs their common form.
  const methods = handlers as unknown as Record<string, Record<string, UntypedHandler>>;
  for (const [area, entries] of Object.entries(contract)) {
    for (const [name, { input: schema }] of Object.entries<{ input: z.ZodType }>(entries)) {
      const handler = methods[area]?.[name];
      if (handler === undefined) throw new Error(`no handler for ${area}.${name}`);
      ipc.handle(channel(area, name), async (event, input) => {
        try {
          if (!isTrusted(event)) throw new AppError("not-allowed");
          return { ok: true, value: await handler(parseInput(schema, input)) };
        } catch (error) {
          report(`${area}.${name}`, error);
          return { ok: false, error: toErrorView(error) };
        }
      });
    }
  }

  function report(method: string, error: unknown): void {
    if (!(error instanceof AppError) || error.code === "internal") log.error(`${method} failed`, error);
    else if (error.code === "not-allowed" || error.code === "invalid-input")
      log.warn(`${method} refused`, error);
    else if (error.cause !== undefined) log.warn(`${method} failed`, error);
  }
}

/** The input as the schema gives it. Errors: invalid-input with the `path` of the first issue. */
function parseInput(schema: z.ZodType, input: unknown): unknown {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new AppError("invalid-input", { path: result.error.issues[0]?.path.map(String).join(".") ?? "" });
}
