import { describe, expect, it } from "vitest";
import { developmentPolicy, policyHeader, productionPolicy } from "../../../main/shell/csp.ts";

describe("the content security policy", () => {
  it("is exactly this", () => {
    expect(policyHeader(productionPolicy)).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'none'; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; " +
        "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
  });

  it("allows nothing unsafe and no foreign place", () => {
    const sources = Object.values(productionPolicy).flat();
    expect(sources.filter((source) => /unsafe|http|\*|ws:/.test(source))).toEqual([]);
  });

  it("differs for development only in scripts, styles, the hot reload socket and Trusted Types", () => {
    const development = developmentPolicy("http://localhost:5173/");
    const names = new Set([...Object.keys(productionPolicy), ...Object.keys(development)]);
    const different = [...names].filter(
      (name) => JSON.stringify(productionPolicy[name]) !== JSON.stringify(development[name]),
    );
    expect(different.toSorted()).toEqual([
      "connect-src",
      "require-trusted-types-for",
      "script-src",
      "style-src",
      "trusted-types",
    ]);
    expect(development["connect-src"]).toEqual(["'self'", "ws://localhost:5173"]);
  });
});
