import { describe, expect, test } from "vitest";
import { effective, fieldProblem, fieldViews, normalizeField } from "../../../main/setups/fields.ts";
import { setField } from "../../../main/setups/intents.ts";
import { pastedIds } from "../../../main/setups/pasted-ids.ts";
import { applicationId, emptySetup, filledSetup, objectId, sha1, tenantId, withFields } from "./sample.ts";

const problem = (fields: Parameters<typeof withFields>[1], field: Parameters<typeof fieldProblem>[1]) =>
  fieldProblem(withFields(emptySetup(), fields), field)?.key ?? null;

describe("identifiers", () => {
  test.each([
    ["not an ID", "problems.guid"],
    [sha1, "problems.thumbprint-instead-of-id"],
    ["00000000-0000-0000-0000-000000000000", "problems.guid-empty"],
    ["00000003-0000-0000-c000-000000000000", "problems.well-known-id"],
    ["dc50a0fb-09a3-484d-be87-e023b12c6440", "problems.well-known-id"],
    [applicationId, null],
    [`  {${applicationId.toUpperCase()}}  `, null],
  ])("%j as application ID", (value, expected) => {
    expect(problem({ applicationId: value }, "applicationId")).toBe(expected);
  });

  test("the same ID in both places, a domain and the object ID are recognised", () => {
    expect(problem({ applicationId, tenantId: applicationId }, "tenantId")).toBe("problems.same-ids");
    expect(problem({ tenantId: "contoso.onmicrosoft.com" }, "tenantId")).toBe(
      "problems.domain-instead-of-id",
    );
    expect(problem({ applicationId: objectId, applicationObjectId: objectId }, "applicationId")).toBe(
      "problems.object-id",
    );
  });

  test("of one value in both the application ID and the object ID, the application ID is called wrong", () => {
    const fields = { applicationId: objectId, applicationObjectId: objectId };
    expect(problem(fields, "applicationId")).toBe("problems.object-id");
    expect(problem(fields, "applicationObjectId")).toBeNull();
  });

  test("an ID that another setup uses the other way round is called swapped", () => {
    const document = withFields(emptySetup(), { applicationId: tenantId });
    const known = { tenantIds: new Set([tenantId]), applicationIds: new Set<string>() };
    expect(fieldViews(document, ["applicationId"], known)[0]?.problem?.key).toBe("problems.swapped-ids");
  });

  test("text copied from the portal's overview fills each ID, in English and German, in any order", () => {
    const english = `Display name : IAM\nApplication (client) ID : ${applicationId}\nObject ID : ${objectId}\nDirectory (tenant) ID : ${tenantId}`;
    const german = `Verzeichnis-ID (Mandant)\n${tenantId}\nObjekt-ID\n${objectId}\nAnwendungs-ID (Client)\n${applicationId}`;
    const all = { applicationId, tenantId, applicationObjectId: objectId };
    expect(pastedIds(english)).toEqual(all);
    expect(pastedIds(german)).toEqual(all);
    expect(setField(emptySetup(), "applicationId", english).fields).toMatchObject(all);
    expect(pastedIds(`/adminconsent?client_id=${applicationId}`)).toEqual({ applicationId });
    expect(pastedIds(applicationId)).toBeNull();
  });

  test("an object ID pasted with its label never lands in the application ID", () => {
    const document = setField(emptySetup(), "applicationId", `Object ID\n${objectId}`);
    expect(document.fields.applicationId).toBeUndefined();
    expect(document.fields.applicationObjectId).toBe(objectId);
  });
});

describe("values flow", () => {
  test("the tenant's domain becomes TenantDisplay and OrganizationDisplayName until something else is typed", () => {
    expect(effective(filledSetup(), "tenantDisplay")).toBe("contoso.onmicrosoft.com");
    const typed = withFields(filledSetup(), { organizationDisplayName: "contoso.com" });
    expect(effective(typed, "organizationDisplayName")).toBe("contoso.com");
    expect(effective(typed, "tenantDisplay")).toBe("contoso.onmicrosoft.com");
  });

  test("the instance's name becomes ShellDisplay", () => {
    expect(effective(withFields(emptySetup(), { instanceName: "EXO prod" }), "shellDisplay")).toBe(
      "EXO prod",
    );
  });
});

describe("other fields", () => {
  test.each([
    ["tenantDomain", "contoso", "problems.domain"],
    ["tenantDomain", "contoso.onmicrosoft.com", null],
    ["portalUrl", "javascript:alert(1)", "problems.portal-url"],
    ["portalUrl", "http://portal.example", "problems.portal-url"],
    ["portalUrl", "https://user:pass@portal.example", "problems.portal-url"],
    ["portalUrl", "https://portal.example/iam", null],
    ["uploadedThumbprint", "5F:98", "problems.thumbprint"],
    ["instanceName", "a\u0007b", "problems.control-characters"],
  ] as const)("%s = %j", (field, value, expected) => {
    expect(problem({ [field]: value }, field)).toBe(expected);
  });

  test("a thumbprint is compared however the portal writes it", () => {
    const spaced = "5f 98 eb bf e7 35 cd da e0 0e 33 e0 fd 69 05 0e f9 22 02 54";
    expect(normalizeField("uploadedThumbprint", `\u200e${spaced}`)).toBe(sha1);
    expect(normalizeField("uploadedThumbprint", `\u200b${spaced}\ufeff`)).toBe(sha1);
    expect(
      fieldProblem(withFields(filledSetup(), { uploadedThumbprint: spaced }), "uploadedThumbprint"),
    ).toBeNull();
    expect(
      fieldProblem(withFields(filledSetup(), { uploadedThumbprint: "A".repeat(40) }), "uploadedThumbprint")
        ?.key,
    ).toBe("problems.other-thumbprint");
  });
});
