/** Names that JavaScript itself and bundler glue ask any object for. */
const harmless = new Set(["then", "toJSON", "__esModule", "default", "constructor", "prototype", "$$typeof"]);

/**
 * The object, except that a name it does not have throws: a call which the stand-in does not know must never
 * look as if it had worked.
 */
export function guard<Target extends object>(name: string, target: Target): Target {
  return new Proxy(target, {
    get(object, key) {
      if (typeof key === "symbol" || key in object || harmless.has(key)) {
        const value: unknown = Reflect.get(object, key, object);
        // Private fields need the object itself, not the proxy, as `this`.
        return typeof value === "function" && !isClass(value) ? value.bind(object) : value;
      }
      throw new Error(`The stand-in for Electron does not know ${name}.${key}`);
    },
    set(object, key, value) {
      if (typeof key === "string" && !(key in object)) {
        throw new Error(`The stand-in for Electron does not know ${name}.${key}`);
      }
      return Reflect.set(object, key, value, object);
    },
  });
}

function isClass(value: object): boolean {
  return "prototype" in value && value.prototype !== undefined;
}

/** Throws for an event that the stand-in never sends, so that no listener waits for ever. */
export function knownEvent(owner: string, known: readonly string[], name: string | symbol): void {
  if (
    typeof name === "string" &&
    !known.includes(name) &&
    name !== "newListener" &&
    name !== "removeListener"
  ) {
    throw new Error(`The stand-in for Electron does not know the event "${name}" of ${owner}`);
  }
}
