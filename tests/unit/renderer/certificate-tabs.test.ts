import { describe, expect, test } from "vitest";
import type { Inspection } from "../../../preload/model/certificates.ts";
import { canUnlock, importObstacle } from "../../../renderer/certificates/import-obstacle.ts";
import { shownTab, tabsOf } from "../../../renderer/certificates/tabs.ts";

describe("tabs of the certificate's screen", () => {
  const nothing = { hasCertificate: false, hasRequest: false, replacing: false };
  const there = { ...nothing, hasCertificate: true };

  test("without a certificate all ways to one are open, creating first", () => {
    expect(tabsOf(nothing)).toEqual(["create", "authority", "import", "inspect"]);
    expect(shownTab(nothing, null)).toBe("create");
  });

  test("a request that waits comes first until its certificate is there", () => {
    expect(shownTab({ ...nothing, hasRequest: true }, null)).toBe("authority");
    expect(shownTab({ ...there, hasRequest: true }, null)).toBe("current");
    expect(tabsOf({ ...there, hasRequest: true })).toContain("authority");
  });

  test("a certificate hides the ways to another one until it shall be replaced", () => {
    expect(tabsOf(there)).toEqual(["current", "inspect"]);
    expect(shownTab({ ...there, replacing: true }, null)).toBe("create");
  });

  test("the chosen tab stays only while it is offered", () => {
    expect(shownTab(nothing, "import")).toBe("import");
    expect(shownTab(there, "import")).toBe("current");
    expect(shownTab(there, "inspect")).toBe("inspect");
  });
});

describe("what keeps a file from being imported", () => {
  const file: Inspection = {
    fileName: "a.pfx",
    kind: "pfx",
    size: 1,
    locked: false,
    certificate: {} as Inspection["certificate"],
    chain: [],
    request: null,
    hasPrivateKey: true,
    isPair: true,
    keyProvider: "csp",
    friendlyName: null,
    protection: null,
    readers: [],
    fits: "yes",
    findings: [],
  };
  const unsupported = { id: "unsupported-encryption", level: "problem" as const, details: {} };

  test.each<[string, Partial<Inspection>, ReturnType<typeof importObstacle>]>([
    ["nothing, when it fits", {}, null],
    ["nothing, when there are only reservations", { fits: "with-warnings" }, null],
    ["its password", { locked: true, certificate: null, fits: "unknown" }, "locked"],
    [
      "an unknown protection, for which no password helps",
      { locked: true, findings: [unsupported] },
      "unfit",
    ],
    ["the missing key of a CER", { kind: "certificate", hasPrivateKey: false }, "no-key"],
    ["the missing key of a P7B", { kind: "pkcs7", hasPrivateKey: false }, "no-key"],
    ["the missing key of a PFX", { hasPrivateKey: false }, "no-key"],
    ["the missing certificate of a key", { kind: "private-key", certificate: null }, "no-certificate"],
    ["that it is a request", { kind: "request", certificate: null }, "request"],
    ["that it does not fit", { fits: "no" }, "unfit"],
  ])("%s", (_, change, obstacle) => {
    expect(importObstacle({ ...file, ...change })).toBe(obstacle);
  });

  test("a password is asked for only where it helps", () => {
    expect(canUnlock({ ...file, locked: true })).toBe(true);
    expect(canUnlock({ ...file, locked: true, findings: [unsupported] })).toBe(false);
    expect(canUnlock(file)).toBe(false);
  });
});
