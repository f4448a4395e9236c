import type { Cloud } from "../guide/clouds.ts";
import type { Fetch } from "../identity/fetch.ts";

/** How a setup's tenant is reached: the cloud itself, or the setup's own practice tenant. */
export interface Connection {
  fetch: Fetch;
  cloud: Pick<Cloud, "authority" | "graph" | "exchange">;
  /** Address of the practice tenant's own IAM.cloud portal; null for a real one, whose address the user types. */
  portal: string | null;
  /** Opens a page of the sign-in service in the system's browser. */
  openBrowser: (url: string) => Promise<void>;
}

export type ConnectionOf = (setupId: string) => Promise<Connection>;
