import { describe, expect, it } from "vitest";
import { identityReasons } from "../../../main/identity/reasons.ts";
import { roleIds } from "../../../main/practice/roles.ts";
import { changeKinds } from "../../../main/tenant/change.ts";
import { graphErrorCodes } from "../../../main/tenant/graph-error.ts";
import { roles } from "../../../main/tenant/rights.ts";
import { readScopes } from "../../../main/tenant/scopes.ts";
import { practiceSamples, profiles, unknownReasons } from "../../../preload/model/tenant.ts";
import german from "../../../renderer/locales/de.json" with { type: "json" };
import english from "../../../renderer/locales/en.json" with { type: "json" };

type Tree = { [key: string]: string | Tree };

const facts = [
  "tenant-matches",
  "application-exists",
  "enterprise-application-exists",
  "enterprise-application-listed",
  "enterprise-application-enabled",
  "single-tenant",
  "application-id-matches",
  "permissions-requested",
  "permissions-granted",
  "certificate-uploaded",
  "role-assigned",
];
const undone = ["set-audience", ...changeKinds.slice(changeKinds.indexOf("delete-application"))];
const notes = [
  "other-tenant",
  "application-not-found",
  "name-missing",
  "same-name",
  "same-name-beside",
  "not-offered",
  "not-offered-essential",
  "identifier-differs",
  "api-missing",
  "application-deleted",
  "policy",
  "policy-lifetime",
  "policy-authority",
  "policy-authority-unknown",
  "policy-exemptions",
  "policy-lifetime-unreadable",
  "certificate-missing",
  "certificate-expired",
  "disabled-by-microsoft",
  "service-principal-disabled",
  "unreadable",
  "request-needs",
  "request-exceeds",
  "request-open",
];

function endsSentence(text: string | Tree | undefined): boolean {
  return typeof text === "string" && text.endsWith(".");
}

describe.each([
  ["English", english],
  ["German", german],
])("the tenant's texts in %s", (_language, texts) => {
  const at = (path: string): string | Tree | undefined =>
    path
      .split(".")
      .reduce<string | Tree | undefined>(
        (tree, part) => (typeof tree === "object" ? tree[part] : undefined),
        texts as Tree,
      );
  const family = (path: string): string[] => {
    const tree = at(path);
    return typeof tree === "object" ? Object.keys(tree).toSorted() : [];
  };

  it.each([
    ["identity.reasons", identityReasons],
    ["tenant.errors", [...graphErrorCodes, "unknown"]],
    ["tenant.unknown", unknownReasons],
    ["tenant.changes", [...changeKinds, "read-back", "named"]],
    ["tenant.inverse", [...undone]],
    ["tenant.roles", [...new Set([...Object.values(roles), ...Object.values(roleIds)])]],
    ["tenant.notes", notes],
    ["tenant.noteHelp", notes],
    ["tenant.facts.names", facts],
    ["tenant.waits", ["throttled", "unavailable", "offline", "replication"]],
    ["tenant.outcomes", ["done", "found", "refused", "failed", "unreadable", "held-back", "unseen"]],
    ["tenant.stops", ["canceled", "plan-changed", "interrupted"]],
    ["practice.samples", practiceSamples],
    ["activity.phases", ["sending", "done", "found", "refused"]],
  ])("cover all of %s and nothing else", (path, ids) => {
    expect(family(path)).toEqual([...ids].toSorted());
  });

  it("say of each problem what happened and what to do", () => {
    const problems = ["identity.reasons", "tenant.errors"].flatMap((path) =>
      family(path).map((one) => `${path}.${one}`),
    );
    expect(problems.filter((one) => family(one).join() !== "help,title")).toEqual([]);
    expect(problems.filter((one) => endsSentence(at(`${one}.title`)))).toEqual([]);
    expect(problems.filter((one) => !endsSentence(at(`${one}.help`)))).toEqual([]);
  });

  it("know each fact in place, not in place, and not known with every reason", () => {
    const results = ["satisfied", "unsatisfied", ...unknownReasons.map((reason) => `unknown-${reason}`)];
    expect(facts.filter((fact) => family(`checks.${fact}`).join() !== results.toSorted().join())).toEqual([]);
  });

  it("explain both profiles and every permission that reading asks for", () => {
    const wanted = profiles.flatMap((one) => [one, `${one}Help`]);
    expect(wanted.filter((one) => typeof at(`tenant.profile.${one}`) !== "string")).toEqual([]);
    const scopes = readScopes.map((scope) => scope.replaceAll(".", "-"));
    expect(scopes.filter((one) => typeof at(`identity.scopes.${one}`) !== "string")).toEqual([]);
  });
});
