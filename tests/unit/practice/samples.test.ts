import { describe, expect, it } from "vitest";
import { permissions } from "../../../main/guide/permissions.ts";
import { propertiesOf, types } from "../../../main/practice/graph/types.ts";
import { sampleNames } from "../../../main/practice/samples.ts";
import { directoryRoles } from "../../../main/practice/roles.ts";
import { browserOf } from "./browser.ts";
import { propertiesByMetadata } from "./contract.ts";
import {
  commandLineTools,
  exchangeAppId,
  graphAppId,
  graphAs,
  practise,
  resourceOf,
  valuesOf,
} from "./support.ts";

const application = { displayName: "Rollout", uniqueName: "rollout-1" };

describe("the sample states", () => {
  it.each(sampleNames)("%s gives only what Microsoft's metadata knows", async (sample) => {
    const { practice } = await practise({ sample, application });
    const graph = await graphAs(practice, "alex");
    // Each of these answers is compared with the metadata by the helper.
    const paths = [
      "/organization",
      "/me",
      "/me/memberOf",
      "/applications",
      "/servicePrincipals",
      "/oauth2PermissionGrants",
      "/roleManagement/directory/roleAssignments",
      "/roleManagement/directory/roleDefinitions",
      "/policies/defaultAppManagementPolicy",
      ...practice.data.applications.map(({ id }) => `/applications/${id}?$select=id,keyCredentials`),
      ...practice.data.servicePrincipals.map(({ id }) => `/servicePrincipals/${id}/appRoleAssignments`),
    ];
    for (const path of paths) expect((await graph("GET", path)).status).toBe(200);
  });

  it("stand apart from each other where the rollout looks", async () => {
    const facts: Record<string, unknown> = {};
    for (const sample of sampleNames) {
      const { practice } = await practise({ sample, application });
      const { data } = practice;
      facts[sample] = {
        ours: data.applications.filter(({ uniqueName }) => uniqueName === "rollout-1").length,
        sameName: data.applications.filter(
          ({ displayName, uniqueName }) => displayName === "Rollout" && uniqueName === null,
        ).length,
        keys: data.applications.flatMap(({ keyCredentials }) => keyCredentials).length,
        roleGrants: data.appRoleAssignments.length,
        scopeGrants: data.permissionGrants.map(({ scope }) => scope),
        strict: data.tenantPolicy.isEnabled,
      };
    }
    const empty = { ours: 0, sameName: 0, keys: 0, roleGrants: 0, scopeGrants: [], strict: false };
    expect(facts).toEqual({
      empty,
      "half-done": { ...empty, ours: 1, keys: 1, scopeGrants: ["User.Read"] },
      drifted: { ...empty, ours: 1, keys: 1, roleGrants: 3, scopeGrants: ["openid User.Read Mail.Send"] },
      "permission-gone": empty,
      "strict-policy": { ...empty, strict: true },
      "same-name": { ...empty, sameName: 1, keys: 1 },
    });
  });

  it("offer every permission of the guide, but for the two that are gone", async () => {
    const offered = async (sample: (typeof sampleNames)[number]) => {
      const { practice } = await practise({ sample });
      return permissions
        .filter((row) => {
          const resource = resourceOf(practice, row.resourceAppId);
          const offers = row.type === "Delegated" ? resource.oauth2PermissionScopes : resource.appRoles;
          return offers.some(({ value, id }) => value === row.value && id === row.guid);
        })
        .map(({ id }) => id);
    };
    const all = permissions.map(({ id }) => id);
    expect(await offered("empty")).toEqual(all);
    expect(await offered("permission-gone")).toEqual(
      all.filter((id) => id !== "exchange-people-readwrite" && id !== "exchange-user-readwrite"),
    );
  });

  it("have permissions with near-identical names beside those of the guide, each identifier once", async () => {
    const { practice } = await practise();
    const exchange = resourceOf(practice, exchangeAppId);
    expect(exchange.appRoles.map(({ value }) => value)).toEqual(
      expect.arrayContaining(["Exchange.ManageAsApp", "Exchange.ManageAsAppV2"]),
    );
    for (const resource of [exchange, resourceOf(practice, graphAppId)]) {
      for (const offers of [resource.appRoles, resource.oauth2PermissionScopes]) {
        expect(new Set(offers.map(({ id }) => id)).size).toBe(offers.length);
        expect(new Set(offers.map(({ value }) => value)).size).toBe(offers.length);
      }
    }
    expect(new Set(directoryRoles.map(({ templateId }) => templateId)).size).toBe(directoryRoles.length);
  });
});

describe("the known types", () => {
  it.each([...types.keys()])(
    "%s has the properties of Microsoft's metadata, no more and no fewer",
    (name) => {
      const ours = Object.fromEntries(
        [...propertiesOf(name)].map(([key, { type, collection, nullable }]) => [
          key,
          { type, collection, nullable },
        ]),
      );
      const theirs = Object.fromEntries(
        Object.entries(propertiesByMetadata(name)).map(([key, { type, nullable = true }]) => {
          const inner = /^Collection\((.*)\)$/.exec(type)?.[1];
          const plain = (inner ?? type).replace(/^Edm\.|^(?:microsoft\.)?graph\./, "");
          return [key, { type: plain, collection: inner !== undefined, nullable }];
        }),
      );
      expect(ours).toEqual(theirs);
    },
  );
});

describe("the consent address", () => {
  it("grants all that the registration asks for, to those who may", async () => {
    const { practice } = await practise({ sample: "half-done", application });
    const [registered] = practice.data.applications;
    const browser = browserOf(practice);
    const url = `https://${practice.hosts.login}/${practice.data.tenantId}/adminconsent?client_id=${registered?.appId ?? ""}`;
    const refused = await browser.press(await browser.load(url), "chris@");
    expect(refused.text).toContain("AADSTS90094");
    const consent = await browser.press(await browser.load(url), "pia@");
    expect((await browser.press(consent, "Accept")).text).toContain("Admin consent was granted to Rollout");
    expect(practice.data.appRoleAssignments).toHaveLength(3);
    const graph = await graphAs(practice, "alex");
    const grants = valuesOf(await graph("GET", "/oauth2PermissionGrants")).filter(
      ({ consentType }) => consentType === "AllPrincipals",
    );
    expect(grants).toHaveLength(2);
  });

  it("fails as a whole when one permission is gone", async () => {
    const { practice } = await practise({ sample: "half-done", application });
    const exchange = resourceOf(practice, exchangeAppId);
    exchange.oauth2PermissionScopes = exchange.oauth2PermissionScopes.filter(
      ({ value }) => value !== "People.ReadWrite",
    );
    const [registered] = practice.data.applications;
    const browser = browserOf(practice);
    const url = `https://${practice.hosts.login}/${practice.data.tenantId}/adminconsent?client_id=${registered?.appId ?? ""}`;
    expect((await browser.press(await browser.load(url), "alex@")).text).toContain("AADSTS650051");
    expect(practice.data.appRoleAssignments).toEqual([]);
    const unknown = await browser.load(url.replace(registered?.appId ?? "", practice.data.tenantId));
    expect(unknown.text).toContain("AADSTS700016");
    expect(commandLineTools).not.toBe(registered?.appId);
  });
});
