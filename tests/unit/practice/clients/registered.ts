import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { testCertificate } from "../certificates.ts";
import { graphAppId, graphAs, resourceOf } from "../support.ts";
import type { World } from "./world.ts";

export interface Registered {
  id: string;
  appId: string;
  principalId: string;
  /** Private key and certificate in PEM, as programs read them. */
  pemFile: string;
}

const dayMs = 86_400_000;
let made = 0;

/** An application with its own certificate and these application permissions of Microsoft Graph. */
export async function appWithCertificate(
  world: World,
  permissions: readonly string[],
  name = "Deployment tool",
): Promise<Registered> {
  const { practice } = world;
  const now = Date.now();
  const certificate = testCertificate(
    name,
    new Date(now - dayMs).toISOString(),
    new Date(now + dayMs).toISOString(),
  );
  const lines = certificate.key.replaceAll(/(.{64})/g, "$1\n");
  const pem = `${certificate.privateKey}-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
  const pemFile = join(world.folder, `app-${(made += 1)}.pem`);
  await writeFile(pemFile, pem, { mode: 0o600 });

  const graph = await graphAs(practice, "alex");
  const key = { type: "AsymmetricX509Cert", usage: "Verify", key: certificate.key };
  const application = await graph("POST", "/applications", { displayName: name, keyCredentials: [key] });
  const { id, appId } = application.body as { id: string; appId: string };
  const principal = await graph("POST", "/servicePrincipals", { appId });
  const principalId = String(principal.body["id"]);
  const resource = resourceOf(practice, graphAppId);
  for (const value of permissions) {
    const appRoleId = resource.appRoles.find((role) => role.value === value)?.id;
    const grant = { principalId, resourceId: resource.id, appRoleId };
    const answer = await graph("POST", `/servicePrincipals/${principalId}/appRoleAssignments`, grant);
    if (answer.status !== 201) throw new Error(`${value}: ${JSON.stringify(answer.body)}`);
  }
  return { id, appId, principalId, pemFile };
}
