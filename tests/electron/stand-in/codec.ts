/**
 * Values between Node and the page, which talk in JSON: structured clone's types survive, everything it
 * refuses is refused here too. The function is also sent to the page as text, so it uses nothing from outside.
 */
export function createCodec() {
  const tag = "$clone";

  function fromBytes(bytes: Uint8Array): string {
    if (typeof Buffer !== "undefined") {
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
    }
    return (bytes as Uint8Array & { toBase64(): string }).toBase64();
  }
  function toBytes(text: string): Uint8Array {
    // A copy: small Buffers share one big ArrayBuffer, which a clone never does.
    if (typeof Buffer !== "undefined") return new Uint8Array(Buffer.from(text, "base64"));
    return (Uint8Array as unknown as { fromBase64(text: string): Uint8Array }).fromBase64(text);
  }

  function pack(value: unknown, seen: Set<object>): unknown {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "undefined":
        return { [tag]: "undefined" };
      case "number":
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : { [tag]: "number", value: Object.is(value, -0) ? "-0" : String(value) };
      case "bigint":
        return { [tag]: "bigint", value: String(value) };
      case "object":
        return value === null ? null : packObject(value, seen);
      default:
        throw new DOMException(`${String(value)} could not be cloned.`, "DataCloneError");
    }
  }

  function packObject(value: object, seen: Set<object>): unknown {
    if (seen.has(value)) throw new DOMException("A circular object could not be cloned.", "DataCloneError");
    seen.add(value);
    const packed = packKind(value, seen);
    seen.delete(value);
    return packed;
  }

  function packKind(value: object, seen: Set<object>): unknown {
    if (Array.isArray(value)) return value.map((entry) => pack(entry, seen));
    if (value instanceof Date) return { [tag]: "date", value: pack(value.getTime(), seen) };
    if (value instanceof Map) return { [tag]: "map", value: [...value].map((entry) => pack(entry, seen)) };
    if (value instanceof Set) return { [tag]: "set", value: [...value].map((entry) => pack(entry, seen)) };
    if (value instanceof ArrayBuffer) return { [tag]: "buffer", value: fromBytes(new Uint8Array(value)) };
    if (value instanceof Uint8Array) return { [tag]: "bytes", value: fromBytes(value) };
    if (value instanceof Error) return { [tag]: "error", name: value.name, message: value.message };
    if (ArrayBuffer.isView(value) || value instanceof Promise || value instanceof WeakMap) {
      throw new DOMException(
        `${Object.prototype.toString.call(value)} could not be cloned.`,
        "DataCloneError",
      );
    }
    const entries = Object.entries(value).map(([key, entry]) => [key, pack(entry, seen)]);
    const plain = Object.fromEntries(entries) as Record<string, unknown>;
    return tag in plain ? { [tag]: "object", value: entries } : plain;
  }

  function unpack(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(unpack);
    const held = value as Record<string, unknown>;
    const content = held["value"];
    switch (held[tag]) {
      case undefined:
        return Object.fromEntries(Object.entries(held).map(([key, entry]) => [key, unpack(entry)]));
      case "object":
        return Object.fromEntries(
          (content as [string, unknown][]).map(([key, entry]) => [key, unpack(entry)]),
        );
      case "number":
        return Number(content);
      case "bigint":
        return BigInt(content as string);
      case "date":
        return new Date(unpack(content) as number);
      case "map":
        return new Map((content as unknown[]).map((entry) => unpack(entry) as [unknown, unknown]));
      case "set":
        return new Set((content as unknown[]).map(unpack));
      case "buffer":
        return toBytes(content as string).buffer;
      case "bytes":
        return toBytes(content as string);
      case "error":
        return Object.assign(new Error(String(held["message"])), { name: String(held["name"]) });
      default:
        return undefined;
    }
  }

  return {
    encode: (value: unknown): string => JSON.stringify(pack(value, new Set())),
    decode: (text: string): unknown => unpack(JSON.parse(text)),
  };
}

export const codec = createCodec();
