import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissions } from "../../../../main/guide/permissions.ts";
import { roleIds } from "../../../../main/practice/roles.ts";
import { testCertificate } from "../certificates.ts";
import { addRollout, m365Requests } from "./m365-rollout.ts";
import { installLimitMs, m365In, m365Version } from "./m365.ts";
import type { M365 } from "./m365.ts";
import { appWithCertificate } from "./registered.ts";
import { openWorld } from "./world.ts";
import type { World } from "./world.ts";

interface App {
  id: string;
  appId: string;
  displayName: string;
}

/** The CLI takes long to load; milliseconds. */
const limitMs = 300_000;

let world: World;
let m365: M365;
beforeAll(async () => {
  world = await openWorld();
  m365 = await m365In(world);
}, installLimitMs + limitMs);
afterAll(() => {
  m365.close();
  return world.close();
});

/** Requests to Graph since then; those for tokens are not counted. */
const graphCalls = (before: number) =>
  world.calls.slice(before).filter(({ call }) => call.service === "graph").length;

const certificate = testCertificate(
  "Rollout",
  new Date(Date.now() - 86_400_000).toISOString(),
  new Date(Date.now() + 86_400_000).toISOString(),
);

describe(`CLI for Microsoft 365 ${m365Version}`, () => {
  it(
    "signs in with a certificate, and is told why a wrong one is refused",
    async () => {
      const { data } = world.practice;
      const tool = await appWithCertificate(world, [
        "Application.ReadWrite.All",
        "AppRoleAssignment.ReadWrite.All",
        "DelegatedPermissionGrant.ReadWrite.All",
        "Directory.Read.All",
        "RoleManagement.ReadWrite.Directory",
      ]);
      const other = await appWithCertificate(world, [], "Other tool");
      await expect(m365.login(data, { ...tool, pemFile: other.pemFile })).rejects.toThrow("AADSTS700027");
      expect(await m365.login(data, tool)).toMatchObject({
        connectedAs: "Deployment tool",
        authType: "certificate",
        appId: tool.appId,
        appTenant: data.tenantId,
      });
    },
    limitMs,
  );

  it(
    "adds an application with all documented permissions, their consent and a certificate",
    async () => {
      const file = join(world.folder, "rollout.cer");
      await writeFile(file, Buffer.from(certificate.key, "base64"));
      const before = world.calls.length;
      const added = await addRollout(m365, file);
      expect(graphCalls(before)).toBe(m365Requests - 2);
      const { applications, servicePrincipals, appRoleAssignments, permissionGrants } = world.practice.data;
      const application = applications.find(({ appId }) => appId === added.appId);
      expect(application).toMatchObject({
        id: added.objectId,
        signInAudience: "AzureADMyOrg",
        keyCredentials: [{ key: certificate.key, type: "AsymmetricX509Cert" }],
      });
      const principal = servicePrincipals.find(({ appId }) => appId === added.appId);
      const roles = permissions.filter(({ type }) => type === "Application").map(({ guid }) => guid);
      const granted = appRoleAssignments.filter(({ principalId }) => principalId === principal?.id);
      expect(granted.map(({ appRoleId }) => appRoleId).toSorted()).toEqual(roles.toSorted());
      const scopes = permissions.filter(({ type }) => type === "Delegated").map(({ value }) => value);
      const consented = permissionGrants.filter(({ clientId }) => clientId === principal?.id);
      expect(consented.flatMap(({ scope }) => scope.split(" ")).toSorted()).toEqual(scopes.toSorted());
    },
    limitMs,
  );

  it(
    "finds the application and its permissions again",
    async () => {
      const app = (await m365.run("entra app get", { name: "Rollout" })) as App;
      expect(app.displayName).toBe("Rollout");
      const list = (await m365.run("entra app permission list", { appId: app.appId })) as unknown[];
      expect(list).toHaveLength(permissions.length);
      await expect(m365.run("entra app get", { name: "Nothing" })).rejects.toThrow("not found");
    },
    limitMs,
  );

  it(
    "lists the enterprise applications",
    async () => {
      const list = (await m365.run("entra sp list")) as App[];
      const names = list.map(({ displayName }) => displayName);
      expect(names).toEqual(
        expect.arrayContaining(["Microsoft Graph", "Office 365 Exchange Online", "Rollout"]),
      );
    },
    limitMs,
  );

  it(
    "finds its enterprise application by name and assigns the Exchange Administrator role to it",
    async () => {
      const before = world.calls.length;
      const found = (await m365.run("entra sp list", { displayName: "Rollout" })) as App[];
      expect(found.map(({ displayName }) => displayName)).toEqual(["Rollout"]);
      const [principal] = found;
      const principalId = principal?.id ?? "";
      const added = await m365.run("entra roleassignment add", {
        roleDefinitionId: roleIds.exchangeAdministrator,
        principal: principalId,
      });
      expect(added).toMatchObject({ principalId, directoryScopeId: "/" });
      expect(graphCalls(before)).toBe(2);
    },
    limitMs,
  );

  it(
    "removes the application, which goes to the deleted items",
    async () => {
      await m365.run("entra app remove", { name: "Rollout", force: true });
      const { applications, deletedApplications } = world.practice.data;
      expect(applications.map(({ displayName }) => displayName)).not.toContain("Rollout");
      expect(deletedApplications.map(({ displayName }) => displayName)).toEqual(["Rollout"]);
    },
    limitMs,
  );

  it("went nowhere but to the practice tenant", () => {
    expect(world.refused).toEqual([]);
  });
});
