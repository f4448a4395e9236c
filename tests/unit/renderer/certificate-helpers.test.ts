import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  commonNameProblem,
  dnsNamesOf,
  looksLikeHostName,
  splitNames,
} from "../../../renderer/certificates/names.ts";
import { passwordHint, passwordProblem } from "../../../renderer/certificates/password-rules.ts";
import { ratePassword } from "../../../renderer/certificates/password-strength.ts";
import {
  daysLater,
  remainingShare,
  isLong,
  validityOf,
  validityPresets,
} from "../../../renderer/certificates/validity.ts";

describe("validity of a new certificate", () => {
  const today = "2027-11-24";

  test("presets count days, so that a policy of 180, 365 or 730 days accepts them in leap years too", () => {
    expect(validityOf("6-months", "", today)).toEqual({
      notBefore: today,
      notAfter: "2028-05-22",
      days: 180,
    });
    expect(validityOf("1-year", "", today)).toEqual({ notBefore: today, notAfter: "2028-11-23", days: 365 });
    expect(validityOf("2-years", "", today)).toEqual({ notBefore: today, notAfter: "2029-11-23", days: 730 });
  });

  test("a chosen day counts from today", () => {
    expect(validityOf("date", "2027-11-25", today)).toEqual({
      notBefore: today,
      notAfter: "2027-11-25",
      days: 1,
    });
  });

  test.each([
    ["", "missing"],
    ["2027-02-30", "not-a-date"],
    ["soon", "not-a-date"],
    ["2027-11-24", "in-the-past"],
    ["1999-01-01", "in-the-past"],
    ["9999-12-31", "too-far"],
  ])("the day “%s” is refused as %s", (day, problem) => {
    expect(validityOf("date", day, today)).toEqual({ problem });
  });

  test("from any day on, every preset ends after it begins and is never called long", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2000-01-01"), max: new Date("2900-01-01"), noInvalidDate: true }),
        fc.constantFrom(...validityPresets.filter((preset) => preset !== "date")),
        (date, preset) => {
          const validity = validityOf(preset, "", date.toISOString().slice(0, 10));
          if ("problem" in validity) throw new Error(validity.problem);
          expect(validity.notAfter > validity.notBefore).toBe(true);
          expect(daysLater(validity.notBefore, validity.days)).toBe(validity.notAfter);
          expect(isLong(validity.days)).toBe(false);
        },
      ),
    );
  });

  test("the bar is full before the first day, empty after the last, and half full halfway", () => {
    const share = (now: string) =>
      remainingShare("2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z", Date.parse(now));
    expect(share("2025-06-01T00:00:00Z")).toBe(100);
    expect(share("2026-01-02T00:00:00Z")).toBe(50);
    expect(share("2030-01-01T00:00:00Z")).toBe(0);
    expect(remainingShare("2026-01-03T00:00:00Z", "2026-01-01T00:00:00Z", 0)).toBe(0);
  });
});

describe("names of a certificate", () => {
  test("a common name that is a host name becomes the first DNS name", () => {
    expect(dnsNamesOf(" contoso.org ", "www.contoso.org, mail.contoso.org\nwww.contoso.org")).toEqual([
      "contoso.org",
      "www.contoso.org",
      "mail.contoso.org",
    ]);
  });

  test("a common name in words is no DNS name", () => {
    expect(dnsNamesOf("IAM.cloud Exchange Contoso", "")).toEqual([]);
    expect(looksLikeHostName("localhost")).toBe(false);
    expect(looksLikeHostName("*.contoso.org")).toBe(true);
    expect(looksLikeHostName("münchen.de")).toBe(true);
  });

  test("names split at commas, semicolons, spaces and line breaks and differ only beyond upper and lower case", () => {
    expect(splitNames("a.org; B.org\n\nb.org ,c.org")).toEqual(["a.org", "b.org", "c.org"]);
  });

  test("an empty name and one beyond 64 characters are refused; characters count, not bytes", () => {
    expect(commonNameProblem("  ")).toBe("missing");
    expect(commonNameProblem("x".repeat(64))).toBeNull();
    expect(commonNameProblem("𝔸".repeat(64))).toBeNull();
    expect(commonNameProblem("x".repeat(65))).toBe("too-long");
  });
});

describe("rules for a typed PFX password", () => {
  test("every text of printable ASCII between the lengths is allowed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii", minLength: 12, maxLength: 128 }), (password) => {
        expect(passwordProblem(password)).toBeNull();
      }),
    );
  });

  test("any other character is named, invisible ones by their number", () => {
    expect(passwordProblem("Pässwörd€ 12")).toEqual({ id: "not-ascii", characters: "ä ö €" });
    expect(passwordProblem("tab\there and more")).toEqual({ id: "not-ascii", characters: "U+0009" });
    expect(passwordProblem("password🔑")).toEqual({ id: "not-ascii", characters: "🔑" });
    expect(passwordProblem("no break\u00A0space")).toEqual({ id: "not-ascii", characters: "U+00A0" });
  });

  test("too short and too long say the limit", () => {
    expect(passwordProblem("short")).toEqual({ id: "too-short", min: 12 });
    expect(passwordProblem("x".repeat(129))).toEqual({ id: "too-long", max: 128 });
  });

  test("spaces at the edge and characters that PowerShell reads are pointed out", () => {
    expect(passwordHint("hidden space ")).toBe("space-at-edge");
    expect(passwordHint("costs$100now")).toBe("powershell");
    expect(passwordHint("plain-Text_2026")).toBeNull();
  });
});

describe("strength of a typed PFX password", () => {
  test.each([
    ["Password1!", "weak", "common"],
    ["P@ssw0Rd1234", "weak", "common"],
    ["aaaaaaaaaaaaaa", "weak", "repeat"],
    ["abcdefghijkl", "weak", "sequence"],
  ])("“%s” is %s: %s", async (password, strength, weakness) => {
    expect(await ratePassword(password, [])).toMatchObject({ strength, weakness });
  });

  test("the tenant's own name does not make a password strong", async () => {
    const without = await ratePassword("woodgrovebank2026", []);
    const known = await ratePassword("woodgrovebank2026", ["woodgrovebank.onmicrosoft.com"]);
    expect(known.share).toBeLessThan(without.share);
    expect(known).toMatchObject({ strength: "weak", weakness: "common" });
  });

  test("a random password of 24 characters is strong and has no weakness", async () => {
    expect(await ratePassword("hT7k2mQz9xWv4_bN8cRe-5pL", [])).toEqual({
      strength: "strong",
      share: 100,
      weakness: null,
    });
  });

  test("it answers at once for the longest password too", async () => {
    const started = performance.now();
    await ratePassword("aA1!".repeat(32), ["contoso"]);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
