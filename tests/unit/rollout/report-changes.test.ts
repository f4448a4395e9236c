import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeKinds } from "../../../main/tenant/change.ts";
import { changeText, undoText } from "../../../main/rollout/report/change-words.ts";
import { tenantChanges } from "../../../main/rollout/report/changes.ts";
import { readInverse } from "../../../main/rollout/report/inverse.ts";
import { changeEntry, english, entry, fullActivity, german, inverses } from "./report-sample.ts";

describe("changes in the tenant", () => {
  test("are what was answered, oldest first, each with its inverse, account and request ids", () => {
    const changes = tenantChanges(
      fullActivity()
        .entries.toReversed()
        .toSorted((a, b) => a.at.localeCompare(b.at)),
    );
    expect(changes.map(({ outcome }) => outcome)).toEqual(inverses.map(() => "done"));
    expect(changes.map(({ inverse }) => inverse)).toEqual(inverses);
    expect(changes[0]).toMatchObject({
      account: "admin@contoso.onmicrosoft.com",
      changeKind: "create-application",
    });
    expect(changes[0]?.requestId).not.toBe("");
    expect(changes[0]?.clientRequestId).not.toBe("");
  });

  test("leave out what was refused, what somebody else had made, and what is no change", () => {
    const changes = tenantChanges([
      entry(1, "value-changed", { field: "tenantId" }),
      changeEntry(2, "sending", 0),
      changeEntry(3, "refused", 0),
      changeEntry(4, "found", 1),
      changeEntry(5, "a-phase-of-tomorrow", 2),
    ]);
    expect(changes).toEqual([]);
  });

  test("tell what was sent and never answered, or was found in place later", () => {
    const changes = tenantChanges([
      changeEntry(1, "sending", 0),
      changeEntry(2, "sending", 3),
      changeEntry(3, "sending", 3),
      changeEntry(4, "found", 3),
    ]);
    expect(changes.map(({ changeKind, outcome }) => [changeKind, outcome])).toEqual([
      ["create-application", "unanswered"],
      ["create-service-principal", "found"],
    ]);
  });

  test("have words for every kind and every inverse in both languages", () => {
    for (const words of [english, german]) {
      for (const changeKind of changeKinds) {
        const [change] = tenantChanges([changeEntry(1, "done", 0, { changeKind, inverse: "null" })]);
        if (change === undefined) throw new Error("no change");
        expect(changeText(change, words)).not.toContain("report.");
        expect(undoText(change, words)).not.toContain("report.");
      }
      for (const [index] of inverses.entries()) {
        const [change] = tenantChanges([changeEntry(1, "done", index)]);
        if (change === undefined) throw new Error("no change");
        expect(undoText(change, words)).not.toMatch(/report\.|\{\{/);
      }
    }
  });

  test("name permissions and the role as people know them", () => {
    const texts = tenantChanges(fullActivity().entries).map((change) => undoText(change, german));
    expect(texts.join("\n")).toContain("Exchange.ManageAsApp");
    expect(texts.join("\n")).toContain("Exchange-Administrator");
    expect(texts.join("\n")).toContain("unknown-permission");
  });
});

describe("an inverse from the log", () => {
  test.each([
    [undefined, "none"],
    ["", "none"],
    ["null", "none"],
    ["{", "unknown"],
    ["{}", "unknown"],
    ['{"kind":"revoke-everything"}', "unknown"],
    [7, "unknown"],
  ])("%j reads as %j", (detail, expected) => {
    expect(readInverse(detail)).toBe(expected);
  });

  test("never throws, whatever stands there", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (detail) => {
        expect(readInverse(detail)).toBeDefined();
      }),
    );
  });
});
