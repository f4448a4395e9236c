import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clouds } from "../../../main/guide/clouds.ts";
import type { LinkValues } from "../../../main/guide/links.ts";
import { isAllowedUrl, linkUrl, portalAddress } from "../../../main/guide/links.ts";
import type { LinkId } from "../../../preload/model/guide.ts";
import { cloudIds, linkIds } from "../../../preload/model/guide.ts";

const applicationId = "11111111-2222-4333-8444-555555555555";
const tenantId = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
const values: LinkValues = {
  cloud: "global",
  applicationId,
  tenantId,
  portalUrl: "https://iam.contoso.org/portal",
};

function url(link: LinkId, changed: Partial<LinkValues> = {}): string {
  const answer = linkUrl(link, { ...values, ...changed });
  if ("missing" in answer) throw new Error(`${link} misses ${answer.missing}`);
  return answer.url;
}

describe("links", () => {
  it.each([
    ["global", "portal.azure.com", "entra.microsoft.com", "entra.microsoft.com", "login.microsoftonline.com"],
    ["gcc-high", "portal.azure.us", "entra.microsoft.us", "entra.microsoft.us", "login.microsoftonline.us"],
    ["dod", "portal.azure.us", "entra.microsoft.us", "entra.microsoft.us", "login.microsoftonline.us"],
    [
      "china",
      "portal.azure.cn",
      "entra.microsoftonline.cn",
      "portal.azure.cn",
      "login.partner.microsoftonline.cn",
    ],
  ] as const)("lead to the portals of the cloud %s", (cloud, portal, entra, deep, authority) => {
    const at = `https://${deep}/#view/`;
    const app = `${at}Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/`;
    expect(url("azure-portal", { cloud })).toBe(`https://${portal}/`);
    expect(url("entra-admin-center", { cloud })).toBe(`https://${entra}/`);
    expect(url("register-application", { cloud })).toBe(
      `${at}Microsoft_AAD_RegisteredApps/CreateApplicationBlade/quickStartType~/null/isMSAApp~/false`,
    );
    expect(url("app-registrations", { cloud })).toBe(
      `${at}Microsoft_AAD_RegisteredApps/ApplicationsListBlade`,
    );
    expect(url("enterprise-applications", { cloud })).toBe(
      `${at}Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AppAppsPreview`,
    );
    expect(url("all-roles", { cloud })).toBe(`${at}Microsoft_AAD_IAM/AllRolesBlade`);
    expect(url("exchange-administrator-role", { cloud })).toContain(
      `${at}Microsoft_AAD_IAM/RoleMenuBlade/~/RoleMembers/objectId/29232cdf-9323-42fd-ade2-1d097af3e4de/`,
    );
    expect(url("application-overview", { cloud })).toBe(`${app}Overview/appId/${applicationId}`);
    expect(url("application-permissions", { cloud })).toBe(`${app}CallAnAPI/appId/${applicationId}`);
    expect(url("application-credentials", { cloud })).toBe(`${app}Credentials/appId/${applicationId}`);
    expect(url("application-authentication", { cloud })).toBe(`${app}Authentication/appId/${applicationId}`);
    expect(url("admin-consent-url", { cloud })).toBe(
      `https://${authority}/${tenantId}/adminconsent?client_id=${applicationId}`,
    );
  });

  it("are all allowed to be opened, in every cloud", () => {
    const addresses = cloudIds.flatMap((cloud) => linkIds.map((link) => url(link, { cloud })));
    expect(addresses.filter((address) => !isAllowedUrl(address, values.portalUrl))).toEqual([]);
  });

  it("say which value they miss instead of opening an error page", () => {
    expect(linkUrl("application-overview", { ...values, applicationId: "" })).toEqual({
      missing: "applicationId",
    });
    expect(linkUrl("application-overview", { ...values, applicationId: "contoso" })).toEqual({
      missing: "applicationId",
    });
    expect(linkUrl("admin-consent-url", { ...values, applicationId: "" })).toEqual({
      missing: "applicationId",
    });
    expect(linkUrl("admin-consent-url", { ...values, tenantId: "" })).toEqual({ missing: "tenantId" });
    expect(linkUrl("iam-cloud-portal", { ...values, portalUrl: "" })).toEqual({ missing: "portalUrl" });
    expect(linkUrl("iam-cloud-portal", { ...values, portalUrl: "http://iam.contoso.org" })).toEqual({
      missing: "portalUrl",
    });
  });

  it("need no value where the page is the same for everyone", () => {
    const empty: LinkValues = { cloud: "global", applicationId: "", tenantId: "", portalUrl: "" };
    const dependent = linkIds.filter((link) => "missing" in linkUrl(link, empty));
    expect(dependent).toEqual([
      "application-overview",
      "application-permissions",
      "application-credentials",
      "application-authentication",
      "admin-consent-url",
      "iam-cloud-portal",
    ]);
  });

  it("never let a typed value change the host or escape its place", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.constantFrom(...linkIds), (application, tenant, link) => {
        const answer = linkUrl(link, {
          cloud: "global",
          applicationId: application,
          tenantId: tenant,
          portalUrl: "",
        });
        if ("missing" in answer) return;
        expect(isAllowedUrl(answer.url, "")).toBe(true);
        expect(new URL(answer.url).href).toBe(answer.url);
      }),
    );
  });

  it("accept an ID with blanks around it and capital letters", () => {
    expect(url("application-overview", { applicationId: `  ${applicationId.toUpperCase()} ` })).toBe(
      url("application-overview"),
    );
  });
});

describe("the portal's address", () => {
  it.each([
    ["https://iam.contoso.org", "https://iam.contoso.org/"],
    ["https://iam.contoso.org:8443/portal?x=1", "https://iam.contoso.org:8443/portal?x=1"],
    ["  iam.contoso.org/portal ", "https://iam.contoso.org/portal"],
    ["iam.contoso.org:8443", "https://iam.contoso.org:8443/"],
    ["HTTPS://IAM.Contoso.org/", "https://iam.contoso.org/"],
  ])("%s is opened as %s", (typed, address) => {
    expect(portalAddress(typed)).toBe(address);
  });

  it.each([
    "",
    "   ",
    "http://iam.contoso.org",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "ms-settings:display",
    "https://",
    "https:///path",
    "https:iam.contoso.org",
    "https://user@iam.contoso.org",
    "https://user:secret@iam.contoso.org",
    "iam.contoso.org portal",
    "https://iam.contoso.org\\@evil.example",
    "https://iam.con\ttoso.org",
  ])("%j is no address", (typed) => {
    expect(portalAddress(typed)).toBeNull();
  });
});

describe("the list of allowed addresses", () => {
  const portal = "https://iam.contoso.org:8443/portal";

  it.each([
    "https://entra.microsoft.com/",
    "https://portal.azure.com/#view/x",
    "https://login.microsoftonline.com/common/adminconsent",
    "https://learn.microsoft.com/entra/",
    "https://confluence.timetoact-group.com/iamcloud/documentation/",
    "https://iam.contoso.org:8443/other/page",
    "HTTPS://ENTRA.MICROSOFT.COM/",
    "https://entra.microsoft.com:443/",
  ])("contains %s", (address) => {
    expect(isAllowedUrl(address, portal)).toBe(true);
  });

  it.each([
    ["another scheme", "http://entra.microsoft.com/"],
    ["a script", "javascript:alert(1)//https://entra.microsoft.com/"],
    ["a script with capital letters", "JaVaScRiPt:alert(1)"],
    ["data", "data:text/html,https://entra.microsoft.com"],
    ["a file", "file:///C:/Windows/System32/calc.exe"],
    ["a program's own scheme", "ms-msdt:/id"],
    ["a network share", "\\\\entra.microsoft.com\\share"],
    ["no scheme", "//entra.microsoft.com/"],
    ["a user name", "https://entra.microsoft.com@evil.example/"],
    ["a user name on the right host", "https://admin@entra.microsoft.com/"],
    ["a user name and password", "https://entra.microsoft.com:443@evil.example/"],
    ["a longer host", "https://entra.microsoft.com.evil.example/"],
    ["a host that ends alike", "https://evilentra.microsoft.com/"],
    ["a subdomain", "https://evil.entra.microsoft.com/"],
    ["a look-alike letter", "https://entra.micros\u043eft.com/"],
    ["a trailing dot", "https://entra.microsoft.com./"],
    ["another port", "https://entra.microsoft.com:8443/"],
    ["the portal's host on another port", "https://iam.contoso.org/"],
    ["a host inside the path", "https://evil.example/https://entra.microsoft.com/"],
    ["a host inside the fragment", "https://evil.example#@entra.microsoft.com/"],
    ["a backslash", "https://evil.example\\@entra.microsoft.com/"],
    ["a missing slash", "https:/entra.microsoft.com/"],
    ["a third slash", "https:///entra.microsoft.com/"],
    ["a line break", "https://entra.microsoft.com/\nSet-Cookie: x"],
    ["a leading blank", " https://entra.microsoft.com/"],
    ["a tab in the host", "https://entra.micro\tsoft.com/"],
    ["a null character", "https://entra.microsoft.com/\u0000"],
    ["nothing", ""],
  ])("refuses %s", (_what, address) => {
    expect(isAllowedUrl(address, portal)).toBe(false);
  });

  it("has no portal in it until one was typed, and none that is not https", () => {
    expect(isAllowedUrl("https://iam.contoso.org/", "")).toBe(false);
    expect(isAllowedUrl("https://iam.contoso.org/", "http://iam.contoso.org/")).toBe(false);
    expect(isAllowedUrl("https://iam.contoso.org/", "https://x@iam.contoso.org/")).toBe(false);
    expect(isAllowedUrl("https://iam.contoso.org/", "iam.contoso.org")).toBe(true);
  });
});

describe("the clouds", () => {
  it("have host names only, each a valid one", () => {
    expect(cloudIds.filter((id) => clouds[id].id !== id)).toEqual([]);
    const hosts = cloudIds.flatMap((id) => Object.entries(clouds[id]).filter(([key]) => key !== "id"));
    expect(hosts).toHaveLength(6 * cloudIds.length);
    expect(hosts.filter(([, host]) => new URL(`https://${host}`).host !== host)).toEqual([]);
  });
});
