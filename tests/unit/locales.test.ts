import { describe, expect, it } from "vitest";
import german from "../../renderer/locales/de.json" with { type: "json" };
import english from "../../renderer/locales/en.json" with { type: "json" };

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
}

const en = new Map(flatten(english));
const de = new Map(flatten(german));

/** Placeholders and nested texts, in a form that can be compared. */
function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{[^}]*\}\}|\$t\([^)]*\)/g)].map(([found]) => found).toSorted();
}

/** Product names, attribute names, formats and words that German shares with English. */
const sameInBoth = new Set([
  "AES-256",
  "API",
  "App",
  "Azure Admin Portal",
  "Browser",
  "CER (DER)",
  "CER (PEM)",
  "CNG",
  "CSP",
  "CSR",
  "Cloud",
  "Cloud: {{name}}",
  "Code",
  "DNS",
  "Details",
  "Deutsch",
  "Electron",
  "English",
  "Exchange Online",
  "Exchange Rollout",
  "Export",
  "GUID",
  "ID",
  "Import",
  "Java",
  "Linux",
  "Microsoft Graph",
  "Name",
  "OK",
  "Online",
  "OpenSSL 3",
  "OrganizationDisplayName",
  "PEM",
  "PFX",
  "PowerShell",
  "Plan",
  "Problem",
  "Proxy",
  "RSA",
  "Responsibilities › Target systems › Microsoft Office 365 Exchange Online",
  "Rollout",
  "SHA-1",
  "SHA-256",
  "ShellDescription",
  "ShellDisplay",
  "Software",
  "Start",
  "Status",
  "System",
  "TenantDisplay",
  "Text",
  "Version",
  "Windows Server 2016",
  "Windows Server 2019",
  "Windows",
  "macOS",
  "{{number}} ms",
]);

/** Nothing to translate: no word outside placeholders, an address, an identifier or a path. */
function isWordless(text: string): boolean {
  const rest = text.replaceAll(/\{\{[^}]*\}\}|\$t\([^)]*\)/g, "");
  return !/\p{L}{2}/u.test(rest) || /^(https:\/\/\S*|[0-9a-f-]{36})$/.test(rest);
}

describe("the locale files", () => {
  it("have the same keys in English and German", () => {
    expect([...de.keys()]).toEqual([...en.keys()]);
  });

  it("have no empty text and no stray blanks at the ends", () => {
    const bad = [...en, ...de].filter(([, text]) => text === "" || text !== text.trim());
    expect(bad).toEqual([]);
  });

  it("use the same placeholders in both languages", () => {
    const inEnglish = [...en].map(([key, text]) => [key, placeholders(text)]);
    const inGerman = [...en.keys()].map((key) => [key, placeholders(de.get(key) ?? "")]);
    expect(inGerman).toEqual(inEnglish);
  });

  it("have balanced placeholders that i18next can fill", () => {
    const filled = [...en, ...de].map(([key, text]) => [
      key,
      text.replaceAll(/\{\{[A-Za-z][A-Za-z0-9.]*(, [^}]+)?\}\}/g, ""),
    ]);
    expect(filled.filter(([, text]) => /\{\{|\}\}/.test(text ?? ""))).toEqual([]);
  });

  it("have both plural forms wherever there is one", () => {
    const plurals = [...en.keys()].filter((key) => /_(one|other)$/.test(key));
    const other = (key: string) =>
      key.endsWith("_one") ? key.replace(/one$/, "other") : key.replace(/other$/, "one");
    expect(plurals.filter((key) => !en.has(other(key)))).toEqual([]);
  });

  it("keep the documentation's labels word for word in German", () => {
    const labels = [...en].filter(([key]) => /^labels\..+\.(page|today|german)$/.test(key));
    expect(labels.length).toBeGreaterThan(0);
    expect(labels.filter(([key, text]) => de.get(key) !== text)).toEqual([]);
  });

  it("translate everything else that is not a name", () => {
    const untranslated = [...en].filter(
      ([key, text]) =>
        !key.startsWith("labels.") && de.get(key) === text && !sameInBoth.has(text) && !isWordless(text),
    );
    expect(untranslated).toEqual([]);
  });

  it("use German quotation marks in German and English ones in English", () => {
    const texts = (locale: Map<string, string>) => [...locale].filter(([key]) => !key.startsWith("labels."));
    expect(texts(en).filter(([, text]) => /[„‚"]/.test(text))).toEqual([]);
    expect(texts(de).filter(([, text]) => /[”"]/.test(text))).toEqual([]);
  });
});
