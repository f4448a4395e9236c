import type { DryRunCause } from "../../preload/model/exchange.ts";
import type { Light } from "./causes.ts";
import { lightOff, lightOn } from "./causes.ts";
import type { TokenClaims } from "./token-claims.ts";

/** The one application permission of Exchange Online PowerShell. */
const permission = "Exchange.ManageAsApp";

/** Roles with which an application may do everything in Exchange Online. */
const fullRoles: ReadonlySet<string> = new Set([
  // Exchange Administrator
  "29232cdf-9323-42fd-ade2-1d097af3e4de",
  // Global Administrator
  "62e90394-69f5-4237-9190-012177145e10",
]);

/** Roles that Exchange Online accepts from an application, but that do not suffice for the connector. */
const lesserRoles: ReadonlySet<string> = new Set([
  // Compliance Administrator
  "17315797-102d-40b4-93e0-432062caca18",
  // Exchange Recipient Administrator
  "31392ffb-586c-42d1-9346-e59415a2cc4e",
  // Global Reader
  "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
  // Helpdesk Administrator
  "729827e3-9c14-49f7-bb1b-9608f156bbb8",
  // Security Administrator
  "194ae4cb-b126-40b2-bd5b-6091b380977d",
  // Security Reader
  "5d6b6bb7-de71-4623-b4af-96380a352509",
]);

/** How Exchange answered, as far as the rights are concerned. */
export type ExchangeVerdict = { answered: true } | { answered: false; cause: DryRunCause };

export interface Rights {
  permission: boolean;
  /** "none": other ids in `wids` (Entra puts one there for applications without a role) count as none. */
  role: "full" | "lesser" | "none";
}

/**
 * What the token allows (roles: learn.microsoft.com/powershell/exchange/app-only-auth-powershell-v2, "Supported
 * Microsoft Entra roles").
 */
export function rightsOf({ roles, wids }: TokenClaims): Rights {
  const has = (known: ReadonlySet<string>) => wids.some((id) => known.has(id));
  return {
    permission: roles.includes(permission),
    role: has(fullRoles) ? "full" : has(lesserRoles) ? "lesser" : "none",
  };
}

const refusals: ReadonlySet<DryRunCause> = new Set(["exchange-unauthorized", "exchange-forbidden"]);

/**
 * The second and third light. Without a role in the token the rights can come from an Exchange role group, which
 * no token shows: then Exchange's answer decides. `verdict` is null when Exchange was not asked.
 */
export function judgeRights(
  rights: Rights,
  verdict: ExchangeVerdict | null,
): [rights: Light, exchange: Light] {
  const refused = verdict !== null && !verdict.answered && refusals.has(verdict.cause);
  const second = secondLight(rights, verdict, refused);
  if (verdict === null) return [second, lightOff("exchange", "not-reached")];
  if (verdict.answered) return [second, lightOn("exchange")];
  const explained = refused && second.result === "unsatisfied";
  return [second, lightOff("exchange", explained ? "exchange-needs-rights" : verdict.cause)];
}

function secondLight(rights: Rights, verdict: ExchangeVerdict | null, refused: boolean): Light {
  if (!rights.permission) return lightOff("rights", "permission-missing");
  if (rights.role === "full") return lightOn("rights");
  if (rights.role === "lesser") return lightOff("rights", "role-lesser");
  if (refused) return lightOff("rights", "role-missing");
  return lightOff("rights", verdict?.answered === true ? "role-not-in-token" : "role-unclear");
}
