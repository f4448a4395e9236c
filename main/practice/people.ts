import { roleIds } from "./roles.ts";

export interface PersonPlan {
  name: string;
  displayName: string;
  givenName: string;
  surname: string;
  roles: readonly string[];
  blocked: boolean;
}

/** Whom one can sign in as: each sees how far another set of rights goes. */
export const personPlans: readonly PersonPlan[] = [
  person("alex", "Alex", "Wilber", [roleIds.globalAdministrator]),
  person("pia", "Pia", "Brandt", [roleIds.privilegedRoleAdministrator]),
  person("chris", "Chris", "Green", [roleIds.cloudApplicationAdministrator]),
  person("uma", "Uma", "Keller", []),
  person("bela", "Béla", "Nowak", [roleIds.globalAdministrator], true),
];

function person(
  name: string,
  givenName: string,
  surname: string,
  roles: readonly string[],
  blocked = false,
): PersonPlan {
  return { name, displayName: `${givenName} ${surname}`, givenName, surname, roles, blocked };
}
