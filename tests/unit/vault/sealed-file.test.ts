import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seal, takeKey, unseal } from "../../../main/vault/sealed-file.ts";

const place = { setupId: "setup-a", purpose: "private-key" };
const key = takeKey(randomBytes(32));

describe("a sealed file", () => {
  it("gives back any secret, and holds none of it in clear", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 3_000 }), (bytes) => {
        const file = seal(key, place, randomBytes(12), bytes);
        expect(unseal(key, place, file)).toEqual({ kind: "open", secret: Buffer.from(bytes) });
        if (bytes.length >= 8) expect(file.includes(Buffer.from(bytes))).toBe(false);
      }),
    );
  });

  it("is refused as tampered after a change to any of its bytes", () => {
    const file = seal(key, place, randomBytes(12), Buffer.from("the PFX password"));
    for (let position = 0; position < file.length; position += 1) {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 255 }), (change) => {
          const changed = Buffer.from(file);
          changed[position]! ^= change;
          expect(unseal(key, place, changed)).toEqual({ kind: "tampered" });
        }),
        { numRuns: 20 },
      );
    }
  });

  it("is refused as tampered when cut short or made longer", () => {
    const file = seal(key, place, randomBytes(12), Buffer.from("the PFX password"));
    for (let length = 0; length < file.length; length += 1) {
      expect(unseal(key, place, file.subarray(0, length))).toEqual({ kind: "tampered" });
    }
    expect(unseal(key, place, Buffer.concat([file, Buffer.of(0)]))).toEqual({ kind: "tampered" });
  });

  it("opens only in the setup and for the purpose it was sealed for", () => {
    const file = seal(key, place, randomBytes(12), Buffer.from("secret"));
    for (const other of [
      { setupId: "setup-b", purpose: "private-key" },
      { setupId: "setup-a", purpose: "pfx-password" },
      { setupId: 'setup-a","private-key', purpose: "" },
    ]) {
      expect(unseal(key, other, file)).toEqual({ kind: "tampered" });
    }
  });

  it("tells a file of another key from a tampered one", () => {
    const file = seal(takeKey(randomBytes(32)), place, randomBytes(12), Buffer.from("secret"));
    expect(unseal(key, place, file)).toEqual({ kind: "other-key" });
  });

  it("takes a key over: the bytes it came in are zeroed", () => {
    const source = randomBytes(32);
    takeKey(source);
    expect(source).toEqual(Buffer.alloc(32));
  });
});
