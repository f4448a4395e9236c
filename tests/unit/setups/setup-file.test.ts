import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "../../../main/errors.ts";
import { duplicate } from "../../../main/setups/intents.ts";
import { fromSetupFile, toSetupFile } from "../../../main/setups/setup-file.ts";
import { computeStatus } from "../../../main/setups/status.ts";
import { emptySetup, now, observed, readySetup } from "./sample.ts";

const otherId = "b1f7e1f0-1111-4222-8333-444455556666";

describe("a setup as a file", () => {
  test("carries values and facts, but no path of this computer and nothing secret", () => {
    const json = toSetupFile(readySetup(), now);
    expect(json).not.toContain("/x/a.pfx");
    expect(json).not.toContain('password":{');
    const back = fromSetupFile(json, otherId, now);
    expect(back.fields).toEqual(readySetup().fields);
    expect(back.id).toBe(otherId);
  });

  test("brings facts in as imported, and the PFX has to be made anew", () => {
    const back = fromSetupFile(toSetupFile(readySetup(), now), otherId, now);
    expect(computeStatus(back, observed).get("single-tenant")?.evidence?.basis).toBe("imported");
    expect(computeStatus(back, observed).get("rollout")?.state).toBe("cannot-start");
  });

  test("anything else is refused with a clear error", () => {
    const good = toSetupFile(readySetup(), now);
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
