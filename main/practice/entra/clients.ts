import type { Application, ServicePrincipal } from "../data.ts";
import { newServicePrincipal } from "../entities.ts";
import type { Tenant } from "../tenant.ts";

/** An application that asks for tokens. */
export interface Client {
  appId: string;
  name: string;
  /** The registration in this directory; null for one of Microsoft's own. */
  application: Application | null;
  redirectUris: readonly string[];
  isPublic: boolean;
  /** May only ask for what Microsoft authorized beforehand (AADSTS65002). */
  preauthorized: boolean;
}

const nativeRedirects = ["http://localhost", "https://login.microsoftonline.com/common/oauth2/nativeclient"];

/** Microsoft's public clients that exist in every directory. */
const microsoftClients: readonly Client[] = [
  microsoft("14d82eec-204b-4c2f-b7e8-296a70dab67e", "Microsoft Graph Command Line Tools", false),
  microsoft("04b07795-8ddb-461a-bbee-02f9e1bf7b46", "Microsoft Azure CLI", true),
  microsoft("1950a258-227b-4e31-a9cf-717495945fc2", "Microsoft Azure PowerShell", true),
];

function microsoft(appId: string, name: string, preauthorized: boolean): Client {
  return { appId, name, application: null, redirectUris: nativeRedirects, isPublic: true, preauthorized };
}

/** The client with this application ID; null when the directory does not know it (yet). */
export function findClient(tenant: Tenant, clientId: string): Client | null {
  const known = microsoftClients.find(({ appId }) => appId === clientId);
  if (known !== undefined) return known;
  const application = tenant.data.applications.find(({ appId }) => appId === clientId);
  if (application === undefined || !tenant.replication.view()(application.id)) return null;
  const web = application["web"] as { redirectUris?: string[] } | null;
  return {
    appId: application.appId,
    name: application.displayName,
    application,
    redirectUris: [...application.publicClient.redirectUris, ...(web?.redirectUris ?? [])],
    isPublic: application.isFallbackPublicClient === true || application.publicClient.redirectUris.length > 0,
    preauthorized: false,
  };
}

/** Loopback addresses match with any port (RFC 8252 section 7.3). */
export function allowsRedirect(client: Client, redirectUri: string): boolean {
  return client.redirectUris.some((allowed) => {
    if (allowed === redirectUri) return true;
    try {
      const [wanted, given] = [new URL(allowed), new URL(redirectUri)];
      const loopback = wanted.hostname === "localhost" || wanted.hostname === "127.0.0.1";
      return (
        loopback &&
        given.protocol === "http:" &&
        given.hostname === wanted.hostname &&
        given.pathname === wanted.pathname
      );
    } catch {
      return false;
    }
  });
}

/** The client's enterprise application, made at the first consent for Microsoft's own clients. */
export function clientPrincipal(tenant: Tenant, client: Client): ServicePrincipal {
  const existing = tenant.data.servicePrincipals.find(({ appId }) => appId === client.appId);
  if (existing !== undefined) return existing;
  const made = newServicePrincipal(tenant.randomBytes, { appId: client.appId, displayName: client.name });
  tenant.data.servicePrincipals.push(made);
  return made;
}
