import type { DoctorTarget } from "../../preload/model/doctor.ts";
import type { Cloud } from "../guide/clouds.ts";

/** One address to try. None of them needs a sign-in, and none changes anything. */
export interface Target {
  target: DoctorTarget;
  host: string;
  url: string;
  /** Whether the true answer may be a page or lead on. Elsewhere that means that somebody else answered. */
  mayBePage: boolean;
}

/**
 * What the app and the admin's browser need of a cloud: the sign-in service's public configuration (OpenID Connect
 * discovery), Graph, which answers 401 without a token, Exchange and the admin center.
 */
export function targetsOf(
  cloud: Pick<Cloud, "authority" | "graph" | "exchange" | "entraAdminCenter">,
): Target[] {
  const target = (name: DoctorTarget, host: string, path: string, mayBePage = false): Target => ({
    target: name,
    host,
    url: `https://${host}${path}`,
    mayBePage,
  });
  return [
    target("login", cloud.authority, "/common/v2.0/.well-known/openid-configuration"),
    target("graph", cloud.graph, "/v1.0/organization"),
    // Exchange sends many requests on to the server that holds the organization.
    target("exchange", cloud.exchange, "/adminapi/beta/", true),
    target("admin-center", cloud.entraAdminCenter, "/", true),
  ];
}
