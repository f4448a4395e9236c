import { describe, expect, test } from "vitest";
import { likelyCauses } from "../../../main/setups/likely-causes.ts";
import type { DryRunView, LightView } from "../../../preload/model/exchange.ts";
import type { StepId } from "../../../preload/model/guide.ts";
import german from "../../../renderer/locales/de.json" with { type: "json" };
import english from "../../../renderer/locales/en.json" with { type: "json" };

const steps = (text: string) => likelyCauses(text, null).map(({ step }) => step);
const reasons = (text: string) => likelyCauses(text, null).map(({ reason }) => reason);

describe("the portal's words", () => {
  test.each<[string, (StepId | null)[]]>([
    ["UnAuthorized", ["exchange-role", "admin-consent"]],
    ["The remote server returned an error: (401) Unauthorized.", ["exchange-role", "admin-consent"]],
    ["The role assigned to application 1b4e isn't supported in this scenario.", ["exchange-role"]],
    [
      "AADSTS700027: The certificate with identifier used to sign the client assertion is not registered on application.",
      ["upload-certificate", "certificate"],
    ],
    ["The specified network password is not correct.", ["certificate"]],
    ["keystore password was incorrect", ["certificate"]],
    ["Cannot find the requested object.", ["certificate"]],
    ["AADSTS90002: Tenant '7d44' not found.", ["application-ids"]],
    [
      "AADSTS700016: Application with identifier '1b4e' was not found in the directory",
      ["application-ids", "register-application"],
    ],
    ["AADSTS500011: The resource principal named …", ["azure-active-directory"]],
    ["AADSTS65001: The user or administrator has not consented", ["admin-consent", "api-permissions"]],
    ["AADSTS53003: Access has been blocked by Conditional Access policies.", [null]],
    ["The operation timed out", [null]],
  ])("%s", (text, expected) => expect(steps(text)).toEqual(expected));

  test("mean nothing when they are not known, or none", () => {
    expect(likelyCauses("Internal error 0x80004005", null)).toEqual([]);
    expect(likelyCauses("", null)).toEqual([]);
  });

  test("are read as whole codes", () => {
    expect(reasons("AADSTS700016999: something else")).toEqual([]);
    expect(reasons("AADSTS900029: something else")).toEqual([]);
  });

  test("name each step once, the most telling sign first", () => {
    const causes = likelyCauses("AADSTS700027 … UnAuthorized … 403 Forbidden", null);
    expect(causes.map(({ step }) => step)).toEqual([
      "upload-certificate",
      "certificate",
      "exchange-role",
      "admin-consent",
    ]);
  });
});

const ofPractice: Record<keyof typeof english.practice.portal.reasons, (StepId | null)[]> = {
  "application-disabled": ["create-application"],
  "application-unknown": ["application-ids", "register-application"],
  "certificate-not-registered": ["upload-certificate", "certificate"],
  "certificate-not-valid-now": ["certificate"],
  "clock-wrong": [null],
  "domain-wrong": ["technical-attributes"],
  // Its text says nothing; the service's own words stand beside it.
  "exchange-refused": [],
  "key-mismatch": ["certificate"],
  "no-exchange": ["azure-active-directory"],
  "no-private-key": ["certificate"],
  "not-a-pfx": ["certificate"],
  "not-rsa": ["certificate"],
  "password-wrong": ["certificate"],
  "permission-missing": ["admin-consent", "api-permissions"],
  "pfx-encryption": ["certificate"],
  "pfx-not-opened": ["certificate"],
  "pfx-refused": ["certificate"],
  "pfx-unreadable": ["certificate"],
  "role-missing": ["exchange-role"],
  "service-principal-missing": ["application-ids", "register-application"],
  "service-unavailable": [null],
  "several-keys": ["certificate"],
  "sign-in-refused": [],
  "tenant-wrong": ["application-ids"],
};

describe.each([
  ["English", english],
  ["German", german],
])("a failure of the practice portal in %s", (_language, { practice }) => {
  test.each(Object.entries(practice.portal.reasons))("%s leads first where it is mended", (name, text) => {
    const [first] = ofPractice[name as keyof typeof ofPractice];
    expect(steps(text)[0]).toBe(first);
  });
});

describe("the last dry run", () => {
  const light = (result: LightView["result"], step: StepId | null): LightView => ({
    id: "rights",
    result,
    cause: null,
    params: {},
    pending: null,
    target: step === null ? null : { step },
  });
  const dryRun = (lights: LightView[], outdated = false): Pick<DryRunView, "lights" | "outdated"> => ({
    lights,
    outdated,
  });

  test("counts more than words, when it was refused with the values of today", () => {
    const found = likelyCauses("UnAuthorized", dryRun([light("unsatisfied", "admin-consent")]));
    expect(found).toEqual([
      { reason: "dry-run", step: "admin-consent" },
      { reason: "unauthorized", step: "exchange-role" },
    ]);
  });

  test("says nothing when it tried other values, passed, or could not tell", () => {
    const refused = light("unsatisfied", "admin-consent");
    for (const run of [
      dryRun([refused], true),
      dryRun([light("satisfied", null)]),
      dryRun([light("unknown", "certificate")]),
      null,
    ]) {
      expect(likelyCauses("", run)).toEqual([]);
    }
  });
});
