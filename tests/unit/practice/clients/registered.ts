import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { newApplication, servicePrincipalOf } from "../../../../main/practice/entities.ts";
import { keyFromCertificate } from "../../../../main/practice/graph/keys.ts";
import { newKey } from "../../../../main/practice/ids.ts";
import { graphAppId } from "../../../../main/practice/resources.ts";
import { testCertificate } from "../certificates.ts";
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

  const { data } = practice;
  const application = newApplication(randomBytes, new Date(now), data.defaultDomain, {
    displayName: name,
    keyCredentials: [keyFromCertificate(randomBytes, { key: certificate.key })],
  });
  data.applications.push(application);
  const principal = servicePrincipalOf(randomBytes, data, application);
  data.servicePrincipals.push(principal);
  const resource = data.servicePrincipals.find(({ appId }) => appId === graphAppId);
  for (const value of permissions) {
    const role = resource?.appRoles.find((offer) => offer.value === value);
    if (resource === undefined || role === undefined) throw new RangeError(`Graph does not offer ${value}`);
    const grant = { principalId: principal.id, resourceId: resource.id, appRoleId: role.id };
    data.appRoleAssignments.push({ id: newKey(randomBytes), ...grant });
  }
  return { id: application.id, appId: application.appId, principalId: principal.id, pemFile };
}
