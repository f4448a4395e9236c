import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IterationBudget, maxIterations, pfxPassword, pkcs12Kdf } from "../../../main/certificates/kdf.ts";
import { failingTests, missingCrypto } from "../../../main/certificates/self-test.ts";
import { run } from "./tools.ts";

describe("the PKCS #12 key derivation", () => {
  const cases = [
    { digest: "sha1", length: 24, purpose: 1 },
    { digest: "sha1", length: 8, purpose: 2 },
    { digest: "sha1", length: 20, purpose: 3 },
    { digest: "sha256", length: 32, purpose: 3 },
    // More than two blocks, with a digest of the larger block size.
    { digest: "sha512", length: 150, purpose: 3 },
    { digest: "sha384", length: 48, purpose: 3 },
  ] as const;

  test.each(cases)("gives what OpenSSL's gives: $digest, $length bytes", ({ digest, length, purpose }) => {
    const { bmp } = pfxPassword(Buffer.from("Pässwörd €🔑"));
    for (const iterations of [1, 2, 1000]) {
      const salt = randomBytes(1 + (iterations % 80));
      const options = {
        digest,
        hexpass: bmp.toString("hex"),
        hexsalt: salt.toString("hex"),
        iter: iterations,
        id: purpose,
      };
      const args = Object.entries(options).flatMap(([name, value]) => ["-kdfopt", `${name}:${value}`]);
      const theirs = run("openssl", ["kdf", "-keylen", String(length), ...args, "PKCS12KDF"]);
      const ours = pkcs12Kdf({ digest, password: bmp, salt, iterations, purpose, length });
      expect(ours.toString("hex").toUpperCase()).toBe(theirs.trim().replaceAll(":", ""));
    }
  });

  test("takes the password as big-endian UTF-16 with a final zero, whatever the characters", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }).filter((text) => text.isWellFormed()),
        (text) => {
          const { utf8, bmp } = pfxPassword(Buffer.from(text, "utf8"));
          expect(bmp.equals(Buffer.from(`${text}\u0000`, "utf16le").swap16())).toBe(true);
          expect(utf8.toString("utf8")).toBe(text);
        },
      ),
    );
  });
});

describe("the iteration budget", () => {
  test("refuses one derivation above the limit and a sum above the limit", () => {
    const budget = new IterationBudget();
    expect(() => budget.spend(maxIterations)).not.toThrow();
    expect(() => budget.spend(maxIterations + 1)).toThrow("certificate-iterations-too-high");
    expect(() => budget.spend(maxIterations, 5)).not.toThrow();
    expect(() => budget.spend(1)).toThrow("certificate-iterations-too-high");
    expect(() => new IterationBudget().spend(Infinity)).toThrow("certificate-iterations-too-high");
    expect(() => new IterationBudget().spend(0)).toThrow("certificate-not-recognised");
  });
});

describe("the self-test", () => {
  test("finds nothing missing in this runtime, in a few milliseconds", () => {
    missingCrypto();
    const start = performance.now();
    expect(missingCrypto()).toEqual([]);
    expect(performance.now() - start).toBeLessThan(100);
  });

  test("names what computes wrongly and what throws", () => {
    const failing = failingTests({
      good: () => true,
      wrong: () => false,
      absent: () => {
        throw new Error("unknown cipher");
      },
    });
    expect(failing).toEqual(["wrong", "absent"]);
  });
});
