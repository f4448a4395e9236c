import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  checkPassword,
  generatedPasswordBits,
  generatedPasswordLength,
  generatePassword,
  minPasswordLength,
  passwordAlphabet,
} from "../../../main/certificates/password.ts";
import { AppError } from "../../../main/errors.ts";

function codeOf(password: string | Uint8Array): string {
  try {
    checkPassword(password);
    return "";
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

describe("a generated password", () => {
  test("has 24 characters and at least 128 bits, is accepted, and never comes twice", () => {
    expect(generatedPasswordLength).toBe(24);
    expect(generatedPasswordBits).toBeGreaterThanOrEqual(128);
    const passwords = Array.from({ length: 500 }, () => generatePassword(randomBytes).toString());
    expect(new Set(passwords).size).toBe(500);
    for (const password of passwords) {
      expect(password).toHaveLength(24);
      expect(password.split("").every((character) => passwordAlphabet.includes(character))).toBe(true);
      expect(codeOf(password)).toBe("");
    }
  });

  test("has nothing that looks like something else or means something to PowerShell, a shell, XML or a web form", () => {
    expect(passwordAlphabet).not.toMatch(/[IOl o01]/);
    expect(passwordAlphabet).not.toMatch(/["'`$\\&<>%;|,(){}[\]#*?!~^=@/]/);
    expect(new Set(passwordAlphabet).size).toBe(passwordAlphabet.length);
  });

  test("takes every character equally often, whatever the random bytes are", () => {
    // Every byte value once: what is left over at the end is thrown away, so no character gets one more.
    const every = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    let at = 0;
    const counted = new Map<string, number>();
    const source = (size: number) => {
      const part = Buffer.from(Array.from({ length: size }, (_, index) => every[(at + index) % 256] ?? 0));
      at += size;
      return part;
    };
    for (let round = 0; round < 200; round += 1) {
      for (const character of generatePassword(source).toString()) {
        counted.set(character, (counted.get(character) ?? 0) + 1);
      }
      at = (round * 37) % 256;
    }
    expect(counted.size).toBe(passwordAlphabet.length);
    const random = new Map<string, number>();
    for (let round = 0; round < 4_000; round += 1) {
      for (const character of generatePassword(randomBytes).toString()) {
        random.set(character, (random.get(character) ?? 0) + 1);
      }
    }
    const expected = (4_000 * 24) / passwordAlphabet.length;
    for (const count of random.values()) expect(Math.abs(count - expected)).toBeLessThan(expected * 0.15);
  });

  test("lies in memory of its own, so that it can be erased, and the random bytes are erased", () => {
    const handed: Buffer[] = [];
    const password = generatePassword((size) => {
      const random = randomBytes(size);
      handed.push(random);
      return random;
    });
    expect(password.buffer.byteLength).toBe(128);
    expect(handed.every((random) => random.every((octet) => octet === 0))).toBe(true);
  });
});

describe("a typed password", () => {
  test("is taken when it is printable ASCII of 12 to 128 characters, and only then", () => {
    const printable = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(printable, (password) => {
        const { length } = password;
        expect(codeOf(password)).toBe(
          length < minPasswordLength ? "password-too-short" : length > 128 ? "password-too-long" : "",
        );
        expect(codeOf(Buffer.from(password))).toBe(codeOf(password));
      }),
    );
  });

  test("with any other character is refused, as text and as bytes", () => {
    const other = fc.constantFrom("ä", "€", "日", "🔑", "\n", "\t", "\u007f", "\u0000", "\u00a0", "ﬁ");
    fc.assert(
      fc.property(fc.string(), other, fc.string(), (before, character, after) => {
        expect(codeOf(before + character + after)).toBe("password-not-ascii");
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        const printable = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
        expect(codeOf(bytes) === "password-not-ascii").toBe(!printable);
      }),
    );
  });

  test("must be there", () => expect(codeOf("")).toBe("password-required"));
});
