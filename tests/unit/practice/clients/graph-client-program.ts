/** Works with Microsoft Graph through @microsoft/microsoft-graph-client and writes what came back as JSON. */
import { ClientCertificateCredential } from "@azure/identity";
import {
  BatchRequestContent,
  BatchResponseContent,
  Client,
  PageIterator,
} from "@microsoft/microsoft-graph-client";
import type { GraphError, PageCollection } from "@microsoft/microsoft-graph-client";
import { TokenCredentialAuthenticationProvider } from "@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js";

interface Order {
  tenantId: string;
  clientId: string;
  certificatePath: string;
}

const { tenantId, clientId, certificatePath } = JSON.parse(process.argv[2] ?? "") as Order;
const credential = new ClientCertificateCredential(tenantId, clientId, { certificatePath });
const client = Client.initWithMiddleware({
  authProvider: new TokenCredentialAuthenticationProvider(credential, {
    scopes: ["https://graph.microsoft.com/.default"],
  }),
});

interface Entity {
  id: string;
  appId: string;
  displayName: string;
}

const created = (await client.api("/applications").post({ displayName: "By the SDK" })) as Entity;
await client.api(`/applications/${created.id}`).patch({ displayName: "By the SDK, renamed" });
const renamed = (await client
  .api(`/applications/${created.id}`)
  .select(["id", "displayName"])
  .get()) as Entity;
const principal = (await client.api("/servicePrincipals").post({ appId: created.appId })) as Entity;

const found = (await client
  .api("/servicePrincipals")
  .filter("startswith(displayName,'By the')")
  .header("ConsistencyLevel", "eventual")
  .count(true)
  .get()) as { "@odata.count": number; value: Entity[] };

const names: string[] = [];
const firstPage = (await client
  .api("/servicePrincipals")
  .select("displayName")
  .top(2)
  .get()) as PageCollection;
await new PageIterator(client, firstPage, (item: Entity) => names.push(item.displayName) > 0).iterate();

// The library takes off the host only; a part's address is relative to the version.
const host = "https://graph.microsoft.com";
const batch = new BatchRequestContent([
  { id: "1", request: new Request(`${host}/organization?$select=id`) },
  { id: "2", request: new Request(`${host}/applications/none`) },
]);
const answers = new BatchResponseContent(await client.api("/$batch").post(await batch.getContent()));
const batched = ["1", "2"].map((id) => answers.getResponseById(id).status);

async function errorOf(work: () => Promise<unknown>) {
  try {
    await work();
    return null;
  } catch (error) {
    const { statusCode, code, message, requestId } = error as GraphError;
    return { statusCode, code, message, requestId };
  }
}

await client.api(`/applications/${created.id}`).delete();
const gone = await errorOf(() => client.api(`/applications/${created.id}`).get());
const unknownProperty = await errorOf(() =>
  client.api("/applications").post({ displayName: "X", colour: "red" }),
);
const forbidden = await errorOf(() => client.api("/policies/defaultAppManagementPolicy").get());

process.stdout.write(
  JSON.stringify({ created, renamed, principal, found, names, batched, gone, unknownProperty, forbidden }),
);
