import type { SeenAssertions } from "./client-assertion.ts";

/** A sign-in that waits to be redeemed by its client. */
export interface AuthorizationCode {
  clientId: string;
  redirectUri: string;
  personId: string;
  scope: string;
  nonce: string | null;
  challenge: string | null;
  /** Milliseconds since 1970. */
  expires: number;
  redeemed: boolean;
}

export interface DeviceSignIn {
  userCode: string;
  clientId: string;
  scope: string;
  expires: number;
  state: { kind: "pending" } | { kind: "declined" } | { kind: "signed-in"; personId: string };
}

/** Sign-ins under way; they end with the run. */
export interface Sessions {
  codes: Map<string, AuthorizationCode>;
  devices: Map<string, DeviceSignIn>;
  assertions: SeenAssertions;
}

export function newSessions(): Sessions {
  return { codes: new Map(), devices: new Map(), assertions: new Map() };
}
