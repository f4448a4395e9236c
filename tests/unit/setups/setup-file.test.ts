import { offlineTenant } from "../../support/tenant-view.ts";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "../../../main/errors.ts";
import { duplicate } from "../../../main/setups/intents.ts";
import { fromSetupFile, toSetupFile } from "../../../main/setups/setup-file.ts";
import { computeStatus } from "../../../main/setups/status.ts";
import type { SetupDocument } from "../../../main/setups/document.ts";
import { noKnownIds } from "../../../main/setups/fields.ts";
import { buildView } from "../../../main/setups/view.ts";
import { certificateRecord, emptySetup, now, observed, readySetup } from "./sample.ts";

const otherId = "b1f7e1f0-1111-4222-8333-444455556666";

/** A ready setup whose thumbprints are those of its certificate's bytes. */
function exportable(): SetupDocument {
  const der = Buffer.from("a certificate");
  const hash = (name: string) => createHash(name).update(der).digest("hex").toUpperCase();
  const { facts } = certificateRecord();
  const certificate = certificateRecord({
    facts: { ...facts, sha1: hash("sha1"), sha256: hash("sha256") },
    der: der.toString("base64"),
  });
  return { ...readySetup(), certificate };
}

/** The setup file after somebody changed its setup by hand. */
function tampered(change: (setup: Record<string, unknown>) => void): string {
  const file = JSON.parse(toSetupFile(exportable(), now)) as { setup: Record<string, unknown> };
  change(file.setup);
  return JSON.stringify(file);
}

describe("a setup as a file", () => {
  test("carries values and facts, but no path of this computer and nothing secret", () => {
    const json = toSetupFile(exportable(), now);
    expect(json).not.toContain("/x/a.pfx");
    expect(json).not.toContain('password":{');
    const back = fromSetupFile(json, otherId, now);
    expect(back.fields).toEqual(readySetup().fields);
    expect(back.id).toBe(otherId);
  });

  test("brings facts in as imported, and the PFX has to be made anew", () => {
    const back = fromSetupFile(toSetupFile(exportable(), now), otherId, now);
    expect(computeStatus(back, observed).get("single-tenant")?.evidence?.basis).toBe("imported");
    expect(computeStatus(back, observed).get("rollout")?.state).toBe("cannot-start");
  });

  test("anything else is refused with a clear error", () => {
    const good = toSetupFile(exportable(), now);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.nat(good.length).map((end) => good.slice(0, end)),
        ),
        (text) => {
          if (text.trim() === good.trim()) return;
          try {
            fromSetupFile(text, otherId, now);
            throw new Error("accepted");
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
          }
        },
      ),
    );
  });

  test.each([
    [
      "a certificate other than the thumbprint's",
      (setup) => Object.assign(setup["certificate"]!, { der: "AAAA" }),
    ],
    ["a name of blanks", (setup) => (setup["name"] = " \n ")],
    [
      "thousands of facts",
      (setup) => (setup["evidence"] = Array.from({ length: 3_000 }, () => exportable().evidence[0])),
    ],
  ] as [string, (setup: Record<string, unknown>) => void][])("with %s is refused", (_what, change) => {
    expect(() => fromSetupFile(tampered(change), otherId, now)).toThrow("setup-file-invalid");
  });

  test("nested deeper than any setup is refused, not followed", () => {
    const deep = `{"format":"exchange-rollout-setup","exportedAt":"${now.toISOString()}","setup":${"[".repeat(2_000_000)}${"]".repeat(2_000_000)}}`;
    expect(() => fromSetupFile(deep, otherId, now)).toThrow("setup-file-invalid");
  });

  test("gets a name like one that is typed", () => {
    const long = fromSetupFile(
      tampered((setup) => (setup["name"] = `Contoso\u0007 ${"x".repeat(9_000)}`)),
      otherId,
      now,
    );
    expect(long.name).toMatch(/^Contoso x+$/);
    expect(long.name).toHaveLength(200);
  });

  test("with facts named like an object's own members gives a view that can cross to the page", () => {
    const names = ["toString", "constructor", "hasOwnProperty", "__proto__"];
    const facts = `{${names.map((name) => `"${name}":"x"`).join(",")}}`;
    const json = tampered((setup) => {
      const [first] = setup["evidence"] as { facts: unknown }[];
      first!.facts = "here";
    }).replace('"here"', facts);
    const document = fromSetupFile(json, otherId, now);
    const view = buildView(document, {
      observations: observed,
      known: noKnownIds,
      person: "",
      tenant: offlineTenant(document),
    });
    expect(structuredClone(view)).toEqual(view);
    expect(view.steps[0]?.reasons).toEqual([]);
    expect(Object.prototype).not.toHaveProperty("x");
  });

  test("a duplicate has the values and none of the facts", () => {
    const copy = duplicate(readySetup(), otherId, "Copy", now);
    expect(copy).toMatchObject({
      ...emptySetup(),
      id: otherId,
      name: "Copy",
      fields: { tenantDomain: "contoso.onmicrosoft.com" },
    });
    expect(copy.fields.uploadedThumbprint).toBeUndefined();
  });
});
