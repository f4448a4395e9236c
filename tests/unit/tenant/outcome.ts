import type { GraphModel } from "./graph-model.ts";

/** A rejected `fetch` as Node gives it. */
export function failure(code: string): Error {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
}

/** What a prepared tenant has of everything, exactly. */
export const expected = {
  applications: 1,
  principals: 1,
  keys: 1,
  roleGrants: 3,
  scopeGrants: 2,
  assignments: 1,
};

export function finalState({ state }: GraphModel) {
  return {
    applications: state.applications.length,
    principals: state.servicePrincipals.length,
    keys: state.applications[0]?.keyCredentials.length,
    roleGrants: state.roleGrants.length,
    scopeGrants: state.scopeGrants.length,
    assignments: state.roleAssignments.length,
  };
}
