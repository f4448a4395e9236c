import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMultipart } from "../../../main/practice/portal/multipart.ts";

const bodyOf = async (form: FormData) => {
  const request = new Request("https://portal.practice.invalid/", { method: "POST", body: form });
  const type = request.headers.get("Content-Type");
  return { type, body: Buffer.from(await request.arrayBuffer()) };
};

const parts = fc.array(
  fc.record({
    name: fc.string({ minLength: 1, unit: "binary" }).filter((name) => !/[\r\n]/.test(name)),
    bytes: fc.uint8Array({ maxLength: 300 }),
    fileName: fc.option(fc.string({ minLength: 1, unit: "binary" }).filter((name) => !/[\r\n%]/.test(name))),
  }),
  { maxLength: 8 },
);

describe("reading a form with files", () => {
  it("gives back what Node's own writer puts in", async () => {
    await fc.assert(
      fc.asyncProperty(parts, async (given) => {
        const form = new FormData();
        for (const { name, bytes, fileName } of given) {
          if (fileName === null) form.append(name, Buffer.from(bytes).toString("base64"));
          else form.append(name, new Blob([Uint8Array.from(bytes)]), fileName);
        }
        const { body, type } = await bodyOf(form);
        const read = readMultipart(body, type);
        if (given.length === 0) return;
        expect(read?.map(({ bytes, ...names }) => ({ ...names, text: bytes.toString("base64") }))).toEqual(
          given.map(({ name, bytes, fileName }) => {
            const base64 = Buffer.from(bytes).toString("base64");
            const text = fileName === null ? Buffer.from(base64).toString("base64") : base64;
            return { name: name.toWellFormed(), fileName: fileName?.toWellFormed() ?? null, text };
          }),
        );
      }),
      { numRuns: 200 },
    );
  });

  it("never throws and reads nothing from damaged forms", async () => {
    const form = new FormData();
    form.set("ConnectPFX", new File(["content"], "a.pfx"));
    const { body, type } = await bodyOf(form);
    for (let end = 0; end < body.length - 4; end += 1) {
      expect(readMultipart(body.subarray(0, end), type)).toBeNull();
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.string({ unit: "binary" }), (bytes, anyType) => {
        readMultipart(Buffer.from(bytes), "multipart/form-data; boundary=x");
        expect(readMultipart(Buffer.from(bytes), anyType)).toBeNull();
      }),
    );
  });

  it("refuses more parts, headers or boundary than a form has", () => {
    const type = "multipart/form-data; boundary=x";
    const part = (headers: string) => `--x\r\n${headers}\r\n\r\nvalue\r\n`;
    const named = 'Content-Disposition: form-data; name="a"';
    const read = (text: string, contentType = type) => readMultipart(Buffer.from(text), contentType);
    expect(read(`${part(named)}--x--`)).toHaveLength(1);
    expect(read(`${part(`${named}; filename=""`)}--x--`)?.[0]?.fileName).toBe("");
    expect(read(`${part(named).repeat(32)}--x--`)).toHaveLength(32);
    expect(read(`${part(named).repeat(33)}--x--`)).toBeNull();
    expect(read(`${part(`${named}\r\nX-Long: ${"x".repeat(5_000)}`)}--x--`)).toBeNull();
    expect(read(`${part("Content-Disposition: attachment")}--x--`)).toBeNull();
    expect(read(`${part("Content-Type: text/plain")}--x--`)).toBeNull();
    expect(read(part(named), `multipart/form-data; boundary=${"x".repeat(71)}`)).toBeNull();
    expect(read(part(named), "application/x-www-form-urlencoded")).toBeNull();
  });
});
