import type { CloudId } from "../../preload/model/guide.ts";
import type { Cloud } from "../guide/clouds.ts";
import type { Fetch } from "../identity/fetch.ts";
import type { PracticeTenants } from "../practice/tenants.ts";
import type { SetupDocument } from "../setups/document.ts";
import { effective } from "../setups/fields.ts";
import type { ConnectionOf } from "./connection.ts";
import { uniqueNameOf } from "./desired.ts";

export interface ConnectionsPorts {
  document(setupId: string): SetupDocument;
  /** Reaches Microsoft's services. */
  fetch: Fetch;
  cloudOf: (cloud: CloudId) => Cloud;
  practice: PracticeTenants;
  openExternal: (url: string) => Promise<void>;
  openLoopback: (url: string) => Promise<void>;
}

/** Each setup's way to its tenant. A practice setup reaches its own practice tenant, and nothing else. */
export function createConnections(ports: ConnectionsPorts): ConnectionOf {
  return async (setupId) => {
    const document = ports.document(setupId);
    if (!document.practice) {
      return {
        fetch: ports.fetch,
        cloud: ports.cloudOf(document.cloud),
        portal: null,
        openBrowser: ports.openExternal,
      };
    }
    const known = {
      tenantId: effective(document, "tenantId"),
      application: {
        displayName: effective(document, "applicationName"),
        uniqueName: uniqueNameOf(document.id),
      },
    };
    // Asked for anew each time: a tenant that was put back is another one.
    const running = () => ports.practice.of(setupId, known);
    const { hosts } = (await running()).tenant;
    return {
      fetch: async (url, init) => (await running()).tenant.handle(new Request(url, init)),
      cloud: { authority: hosts.login, graph: hosts.graph, exchange: hosts.exchange },
      portal: `https://${hosts.portal}/`,
      openBrowser: async (url) => ports.openLoopback((await running()).local(url)),
    };
  };
}
