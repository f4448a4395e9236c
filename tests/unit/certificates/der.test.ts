import fc from "fast-check";
import forge from "node-forge";
import { describe, expect, test } from "vitest";
import {
  childrenOf,
  der,
  derInteger,
  derLimits,
  derOid,
  derSequence,
  derSetOf,
  numberOf,
  octetsOf,
  oidOf,
  readDer,
  scanDer,
} from "../../../main/certificates/der.ts";
import { recognise } from "../../../main/certificates/recognise.ts";
import { AppError } from "../../../main/errors.ts";
import { doJob, now, passwordBytes, sample } from "./sample.ts";

/** Runs and gives the AppError, or null; anything else that is thrown fails the test. */
function refusalOf(action: () => unknown): AppError | null {
  try {
    action();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

const bytes = fc.uint8Array({ maxLength: 2_000 }).map((array) => Buffer.from(array));
/** Bytes that look like ASN.1 for long. */
const nearlyDer = fc
  .array(fc.constantFrom(0x30, 0x80, 0x00, 0x02, 0x04, 0x06, 0xa0, 0x24, 0x81, 0x82, 0x05, 0x01), {
    maxLength: 600,
  })
  .map((array) => Buffer.from(array));

describe("whatever bytes come", () => {
  test("the scan and the recognition end quickly and throw nothing but AppErrors", () => {
    fc.assert(
      fc.property(fc.oneof(bytes, nearlyDer), (input) => {
        const start = performance.now();
        refusalOf(() => scanDer(input));
        refusalOf(() => recognise(input));
        expect(performance.now() - start).toBeLessThan(200);
      }),
      { numRuns: 2_000 },
    );
  });

  test("a real PFX with changed octets is read or refused with an AppError, never anything else", async () => {
    const { key, certificate } = await sample();
    const material = { key: Uint8Array.from(key), certificate, chain: [], friendlyName: "x" };
    const job = { kind: "write-pfx", ...material, password: passwordBytes(), profile: "strong" } as const;
    const pfx = Buffer.from((await doJob(job)).pfx);
    const change = fc.record({ at: fc.nat({ max: pfx.length - 1 }), to: fc.nat({ max: 255 }) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const damaged = Buffer.from(pfx);
        for (const { at, to } of changes) damaged[at] = to;
        expect(refusalOf(() => recognise(damaged))?.code ?? "certificate-").toMatch(/^certificate-/);
      }),
      { numRuns: 2_000 },
    );
  });

  test("a certificate with changed octets is inspected or refused with an AppError", async () => {
    const { certificate } = await sample();
    const change = fc.record({ at: fc.nat({ max: certificate.length - 1 }), to: fc.nat({ max: 255 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const damaged = Uint8Array.from(certificate);
        for (const { at, to } of changes) damaged[at] = to;
        const job = {
          kind: "inspect",
          fileName: "f",
          bytes: damaged,
          password: null,
          now: now.toISOString(),
        } as const;
        await doJob(job).catch((error: unknown) => expect(error).toBeInstanceOf(AppError));
      }),
      { numRuns: 500 },
    );
  });

  test("the largest allowed file of open ends is refused well within a second", () => {
    for (const pattern of [
      [0x30, 0x80],
      [0x24, 0x80],
      [0xa0, 0x80, 0x04, 0x00],
      [0x31, 0x02, 0x05, 0x00],
    ]) {
      const start = performance.now();
      const refusal = refusalOf(() =>
        recognise(Buffer.alloc(1_048_576, Buffer.from([0x30, 0x80, ...pattern]))),
      );
      expect(refusal?.code).toMatch(/^certificate-/);
      expect(performance.now() - start).toBeLessThan(300);
    }
  });
});

describe("the limits", () => {
  test("as many levels as allowed pass, one more does not", () => {
    const nested = (levels: number) => {
      let node: Buffer = der(0x05);
      for (let level = 0; level < levels; level += 1) node = derSequence(node);
      return node;
    };
    expect(refusalOf(() => scanDer(nested(derLimits.depth)))).toBeNull();
    expect(refusalOf(() => scanDer(nested(derLimits.depth + 1)))).toMatchObject({
      code: "certificate-too-complex",
      details: { reason: "depth" },
    });
  });

  test("as many elements as allowed pass, one more does not", () => {
    const crowd = (elements: number) => derSequence(Buffer.alloc((elements - 1) * 2, Buffer.from([0x05, 0])));
    expect(refusalOf(() => scanDer(crowd(derLimits.elements)))).toBeNull();
    expect(refusalOf(() => scanDer(crowd(derLimits.elements + 1)))).toMatchObject({
      code: "certificate-too-complex",
      details: { reason: "elements" },
    });
  });
});

describe("writing and reading agree", () => {
  test("integers", () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 31 - 1 }), (value) => {
        const written = derInteger(value);
        expect(numberOf(readDer(written))).toBe(value);
        // The library we didn't write reads the same.
        expect(forge.asn1.derToInteger(readDer(written).content.toString("latin1"))).toBe(value);
      }),
    );
    expect(numberOf(readDer(der(0x02, Buffer.alloc(9, 0x7f))))).toBe(Infinity);
  });

  test("object identifiers, as forge writes them", () => {
    const arcs = fc.tuple(
      fc.nat({ max: 2 }),
      fc.nat({ max: 39 }),
      fc.array(fc.nat(), { minLength: 1, maxLength: 8 }),
    );
    fc.assert(
      fc.property(arcs, ([first, second, rest]) => {
        const dotted = [first, second, ...rest].join(".");
        expect(oidOf(readDer(derOid(dotted)))).toBe(dotted);
        const byForge = Buffer.from(forge.asn1.oidToDer(dotted).getBytes(), "latin1");
        expect(readDer(derOid(dotted)).content.equals(byForge)).toBe(true);
      }),
    );
  });

  test("content of any length, and members of a set in DER's order", () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 5 }), (parts) => {
        const written = derSetOf(...parts.map((part) => der(0x04, part)));
        const read = childrenOf(readDer(written));
        expect(read.map((node) => node.raw.toString("hex"))).toEqual(
          parts.map((part) => der(0x04, part).toString("hex")).toSorted(),
        );
      }),
    );
  });

  test("an OCTET STRING in pieces with open ends (BER) reads as one", () => {
    const pieces = Buffer.from("2480 0402 0102 2480 0401 03 0000 0400 0000".replaceAll(" ", ""), "hex");
    expect(octetsOf(readDer(pieces)).toString("hex")).toBe("010203");
  });
});
