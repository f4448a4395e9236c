import type { Cloud } from "../guide/clouds.ts";
import type { Fetch } from "../identity/fetch.ts";

/** How a setup's tenant is reached: the cloud itself, or the setup's own practice tenant. */
export interface Connection {
  fetch: Fetch;
  cloud: Pick<Cloud, "authority" | "graph" | "exchange">;
  /** Opens a page of the sign-in service in the system's browser. */
  openBrowser: (url: string) => Promise<void>;
}

export type ConnectionOf = (setupId: string) => Promise<Connection>;
