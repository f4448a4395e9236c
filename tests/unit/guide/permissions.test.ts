import { describe, expect, it } from "vitest";
import { manifestJson, permissions, requiredResourceAccess } from "../../../main/guide/permissions.ts";
import { permissionIds } from "../../../preload/model/guide.ts";

const graph = "00000003-0000-0000-c000-000000000000";
const exchange = "00000002-0000-0ff1-ce00-000000000000";

/** Copied from the documentation's table; the last column is Microsoft's identifier. */
const documented = `
Microsoft Graph | Delegated | sign users in - openid | 37f7f235-527c-4136-accd-4a02d197296e
Microsoft Graph | Delegated | sign in and read user profile - User.Read | e1fe6dd8-ba31-4d61-89e7-88639da4683d
Microsoft Graph | Application | Read and write all user mailbox settings - MailboxSettings.ReadWrite | 6931bccd-447a-43d1-b442-00a195474933
Office 365 Exchange Online | Delegated | Manage Exchange configuration - Exchange.Manage | ab4f2b77-0b06-4fc1-a9de-02113fc2ab7c
Office 365 Exchange Online | Delegated | Read and write all groups (preview) - Group.ReadWrite.All | 27235839-268c-4d68-a668-351401ff623a
Office 365 Exchange Online | Delegated | Read and write user mailbox settings - MailboxSettings.ReadWrite | 2e83d72d-8895-4b66-9eea-abb43449ab8b
Office 365 Exchange Online | Delegated | Read and write users' relevant people lists (preview) - People.ReadWrite | a88daf86-d44d-4077-8258-54131dd44e5d
Office 365 Exchange Online | Delegated | Read and write user profiles - User.ReadWrite | f9408c03-bd3d-48c4-8bee-17a72d20bd9c
Office 365 Exchange Online | Application | Manage Exchange As Application - Exchange.ManageAsApp | dc50a0fb-09a3-484d-be87-e023b12c6440
Office 365 Exchange Online | Application | Read and write all user mailbox settings - MailboxSettings.ReadWrite | f9156939-25cd-4ba8-abfe-7fabcf003749
`;

describe("the permission table", () => {
  it("equals the documentation's ten rows", () => {
    const rows = permissions.map((row) =>
      [row.api, row.type, `${row.displayText} - ${row.value}`, row.guid].join(" | "),
    );
    expect(rows).toEqual(documented.trim().split("\n"));
    expect(permissions.map(({ id }) => id)).toEqual([...permissionIds]);
  });

  it("names the API's own identifier in every row", () => {
    const resources = { "Microsoft Graph": graph, "Office 365 Exchange Online": exchange };
    expect(permissions.filter((row) => row.resourceAppId !== resources[row.api])).toEqual([]);
  });

  it("marks Exchange.ManageAsApp as the only one the connector cannot do without", () => {
    expect(permissions.filter(({ essential }) => essential).map(({ value }) => value)).toEqual([
      "Exchange.ManageAsApp",
    ]);
  });

  it("demands consent for every application permission, and never calls an essential one legacy", () => {
    expect(permissions.filter((row) => row.type === "Application" && !row.adminConsent)).toEqual([]);
    expect(permissions.filter((row) => row.essential && row.legacy)).toEqual([]);
  });
});

describe("the manifest", () => {
  it("groups the rows by API and tells delegated permissions from application permissions", () => {
    expect(requiredResourceAccess(permissions)).toEqual([
      {
        resourceAppId: graph,
        resourceAccess: [
          { id: "37f7f235-527c-4136-accd-4a02d197296e", type: "Scope" },
          { id: "e1fe6dd8-ba31-4d61-89e7-88639da4683d", type: "Scope" },
          { id: "6931bccd-447a-43d1-b442-00a195474933", type: "Role" },
        ],
      },
      {
        resourceAppId: exchange,
        resourceAccess: [
          { id: "ab4f2b77-0b06-4fc1-a9de-02113fc2ab7c", type: "Scope" },
          { id: "27235839-268c-4d68-a668-351401ff623a", type: "Scope" },
          { id: "2e83d72d-8895-4b66-9eea-abb43449ab8b", type: "Scope" },
          { id: "a88daf86-d44d-4077-8258-54131dd44e5d", type: "Scope" },
          { id: "f9408c03-bd3d-48c4-8bee-17a72d20bd9c", type: "Scope" },
          { id: "dc50a0fb-09a3-484d-be87-e023b12c6440", type: "Role" },
          { id: "f9156939-25cd-4ba8-abfe-7fabcf003749", type: "Role" },
        ],
      },
    ]);
  });

  it("is JSON with the one property that the manifest editor knows", () => {
    expect(JSON.parse(manifestJson())).toEqual({
      requiredResourceAccess: requiredResourceAccess(permissions),
    });
  });

  it("holds only the rows it is given", () => {
    const one = permissions.filter(({ essential }) => essential);
    expect(requiredResourceAccess(one)).toEqual([
      {
        resourceAppId: exchange,
        resourceAccess: [{ id: "dc50a0fb-09a3-484d-be87-e023b12c6440", type: "Role" }],
      },
    ]);
    expect(requiredResourceAccess([])).toEqual([]);
  });
});
