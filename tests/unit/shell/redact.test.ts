import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redact } from "../../../main/shell/redact.ts";

const base64 = (minLength: number) =>
  fc
    .uint8Array({ minLength, maxLength: minLength + 600 })
    .map((bytes) => Buffer.from(bytes).toString("base64"));
const plain = fc.stringMatching(/^[a-z ,.]{0,40}$/);

/** The secret may stand anywhere in a text; gives a case in which something of it is left. */
function leak(secret: fc.Arbitrary<{ text: string; canary: string }>) {
  const hidden = fc.property(
    plain,
    secret,
    plain,
    (before, { text, canary }, after) => !redact(`${before} ${text} ${after}`).includes(canary),
  );
  return fc.check(hidden, { numRuns: 500 }).counterexample;
}

describe("the log's redactor", () => {
  it("takes out PEM blocks, also half ones and those with escaped line ends", () => {
    expect(
      leak(
        fc
          .tuple(base64(48), fc.constantFrom("\n", "\r\n", "\\n"), fc.boolean())
          .map(([body, end, whole]) => ({
            text: `-----BEGIN ENCRYPTED PRIVATE KEY-----${end}${body}${whole ? `${end}-----END ENCRYPTED PRIVATE KEY-----` : ""}`,
            canary: body.slice(0, 20),
          })),
      ),
    ).toBeNull();
  });

  it("takes out tokens", () => {
    expect(
      leak(
        fc.tuple(base64(30), base64(60), base64(30)).map(([header, payload, signature]) => {
          const url = (text: string) => text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
          return {
            text: `eyJ${url(header)}.${url(payload)}.${url(signature)}`,
            canary: url(payload).slice(0, 20),
          };
        }),
      ),
    ).toBeNull();
  });

  it("takes out long base64 in one piece or wrapped at 64 or 76 characters", () => {
    expect(
      leak(
        fc
          .tuple(base64(150), fc.constantFrom(0, 64, 76), fc.constantFrom("\n", "\r\n", "\\n"))
          .map(([text, width, end]) => ({
            text: width === 0 ? text : (text.match(new RegExp(`.{1,${width}}`, "g")) ?? []).join(end),
            canary: text.slice(70, 100).slice(0, 20),
          })),
      ),
    ).toBeNull();
  });

  it("takes out what follows a name of a secret", () => {
    const secret = fc.stringMatching(/^[!-~]{6,40}$/).filter((text) => !/["'\\]/.test(text));
    expect(
      leak(
        fc
          .tuple(
            secret,
            fc.constantFrom(
              "password=",
              "Password: ",
              '"password":"',
              "ConnectPFXPassword = ",
              "pwd=",
              "Kennwort: ",
              "client_secret=",
            ),
          )
          .map(([canary, name]) => ({ text: `${name}${canary}${name.endsWith('"') ? '"' : ""}`, canary })),
      ),
    ).toBeNull();
    expect(redact("password=a b c; d")).toBe("password=[secret]");
  });

  it("takes out addresses of people", () => {
    expect(redact("no mailbox for anna.admin@contoso.onmicrosoft.com today")).toBe(
      "no mailbox for [address] today",
    );
  });

  it("leaves ordinary lines as they are", () => {
    const line = "EACCES: permission denied, open '~/exports/connector.pfx' (at write (index.cjs:120:7))";
    expect(redact(line)).toBe(line);
  });

  it("takes no noticeable time on a large text", () => {
    const start = performance.now();
    redact(
      "A".repeat(79).concat("\n").repeat(5_000) +
        "password".repeat(20_000) +
        "eyJ".repeat(50_000) +
        "a@".repeat(50_000),
    );
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
