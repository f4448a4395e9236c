/**
 * contextBridge between two worlds of one page. The preload's half runs in an isolated world, the page's half
 * in the page's own; they share only the DOM, so a call is an event with a name that no one else knows. The
 * browser clones an event's detail from world to world, which is the copy that Electron makes as well.
 *
 * Both functions are sent to the page as text: they use nothing from outside.
 */
export interface WorldLink {
  /** Gives the other world this value under a name on its window. */
  expose(name: string, value: unknown): void;
  send(kind: string, detail: Record<string, unknown>): void;
  receive(kind: string, listener: (detail: Record<string, unknown>) => void): void;
}

export function linkWorlds(secret: string, isPage: boolean): WorldLink {
  type Wrapped = { [mark: string]: unknown };
  const here = isPage ? "page" : "preload";
  const there = isPage ? "preload" : "page";
  const mark = `${secret}:kind`;
  const make = CustomEvent;
  const dispatch = document.dispatchEvent.bind(document);
  const detailOf = Object.getOwnPropertyDescriptor(CustomEvent.prototype, "detail");
  const offered: ((...args: unknown[]) => unknown)[] = [];
  const ids = new WeakMap<object, number>();
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let promises = 0;
  let answer: Wrapped | undefined;

  function send(kind: string, detail: Wrapped): void {
    dispatch(new make(`${secret}:${there}:${kind}`, { detail }));
  }
  function receive(kind: string, listener: (detail: Wrapped) => void): void {
    document.addEventListener(`${secret}:${here}:${kind}`, (event) => {
      event.stopImmediatePropagation();
      listener(detailOf?.get?.call(event) as Wrapped);
    });
  }

  function wrap(value: unknown): unknown {
    if (typeof value === "function") {
      let id = ids.get(value);
      if (id === undefined) {
        id = offered.push(value as () => unknown) - 1;
        ids.set(value, id);
      }
      return { [mark]: "function", id };
    }
    if (value instanceof Promise) {
      promises += 1;
      const id = promises;
      value.then(
        (result) => send("settle", { id, value: wrap(result) }),
        (error: unknown) => send("settle", { id, error: wrapError(error) }),
      );
      return { [mark]: "promise", id };
    }
    if (Array.isArray(value)) return value.map(wrap);
    if (isPlain(value))
      return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, wrap(entry)]));
    if (typeof value === "symbol") throw new TypeError("An object could not be cloned.");
    return value;
  }
  function wrapError(error: unknown): Wrapped {
    return error instanceof Error
      ? { name: error.name, message: error.message }
      : { name: "Error", message: String(error) };
  }

  function unwrap(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(unwrap);
    if (!isPlain(value)) return value;
    if (value[mark] === "function") return remote(Number(value["id"]));
    if (value[mark] === "promise") {
      return new Promise((resolve, reject) => waiting.set(Number(value["id"]), { resolve, reject }));
    }
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, unwrap(entry)]));
  }
  function unwrapError(error: unknown): Error {
    const { name, message } = error as { name: string; message: string };
    return Object.assign(new Error(message), { name });
  }
  function remote(id: number): (...args: unknown[]) => unknown {
    return (...args) => {
      answer = undefined;
      send("call", { id, args: wrap(args) });
      const given = answer as Wrapped | undefined;
      answer = undefined;
      if (given?.["error"]) throw unwrapError(given["error"]);
      return unwrap(given?.["value"]);
    };
  }
  function isPlain(value: unknown): value is Wrapped {
    if (typeof value !== "object" || value === null) return false;
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null;
  }
  function freeze(value: unknown): unknown {
    if (isPlain(value) || Array.isArray(value)) Object.values(value).forEach(freeze);
    // A view with elements can't be frozen.
    return ArrayBuffer.isView(value) ? value : Object.freeze(value);
  }

  receive("call", ({ id, args }) => {
    try {
      const value = offered[Number(id)]?.(...(unwrap(args) as unknown[]));
      send("answer", { value: wrap(value) });
    } catch (error) {
      send("answer", { error: wrapError(error) });
    }
  });
  receive("answer", (detail) => {
    answer = detail;
  });
  receive("settle", ({ id, value, error }) => {
    const promise = waiting.get(Number(id));
    waiting.delete(Number(id));
    if (error) promise?.reject(unwrapError(error));
    else promise?.resolve(unwrap(value));
  });
  receive("expose", ({ name, value }) => {
    if (Object.hasOwn(window, String(name))) return;
    Object.defineProperty(window, String(name), { value: freeze(unwrap(value)), enumerable: true });
  });

  // Either world may be the first to run.
  const exposed: Wrapped[] = [];
  receive("hello", () => exposed.forEach((detail) => send("expose", detail)));
  send("hello", {});
  return {
    expose: (name, value) => {
      const detail = { name, value: wrap(value) };
      exposed.push(detail);
      send("expose", detail);
    },
    send,
    receive,
  };
}
