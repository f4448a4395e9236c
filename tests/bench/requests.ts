import { writeFile } from "node:fs/promises";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { roleIds } from "../../main/practice/roles.ts";
import { testCertificate } from "../unit/practice/certificates.ts";
import { addRollout } from "../unit/practice/clients/m365-rollout.ts";
import { m365In } from "../unit/practice/clients/m365.ts";
import { appWithCertificate } from "../unit/practice/clients/registered.ts";
import { openWorld } from "../unit/practice/clients/world.ts";
import { measureRollout } from "../unit/tenant/measure.ts";
import type { M365 } from "../unit/practice/clients/m365.ts";
import type { Row } from "./row.ts";

const latencyMs = 100;
const lagMs = 5000;

/**
 * Requests to Graph and simulated time (100 ms for each call, new objects unknown for 5 s) that the app needs from
 * signed-in to all verified, beside the requests of CLI for Microsoft 365 for the same objects. The CLI reads
 * nothing back and does not wait, so it is counted in a tenant without lag.
 */
export async function benchRequests(): Promise<Row[]> {
  const theirs = await m365Requests();
  const swift = await measureRollout({ lag: { reads: 0, ms: 0 }, latencyMs });
  const slow = await measureRollout({ lag: { reads: 0, ms: lagMs }, latencyMs });
  for (const { open } of [swift, slow]) {
    if (open.length > 0) throw new Error(`Not verified at the end: ${open.join(", ")}`);
  }
  return [
    row("CLI for Microsoft 365: application, key, consent, role; nothing verified", theirs, "requests"),
    {
      ...row(
        "this app: the same objects, tenant read before and all verified after",
        swift.calls.length,
        "requests",
      ),
      target: theirs - 1,
    },
    row("this app: parts of its batches counted one by one", swift.parts, "requests"),
    row("this app, simulated time for that, 100 ms each call", swift.ms / 1000, "s"),
    row("this app, new objects unknown for 5 s", slow.calls.length, "requests"),
    row("this app, simulated time for that (three times 5 s is the least)", slow.ms / 1000, "s"),
  ];
}

/** Counted at the practice tenant while the real CLI works against it. */
async function m365Requests(): Promise<number> {
  const world = await openWorld();
  let m365: M365 | null = null;
  try {
    m365 = await m365In(world);
    const tool = await appWithCertificate(world, [
      "Application.ReadWrite.All",
      "AppRoleAssignment.ReadWrite.All",
      "DelegatedPermissionGrant.ReadWrite.All",
      "Directory.Read.All",
      "RoleManagement.ReadWrite.Directory",
    ]);
    await m365.login(world.practice.data, tool);
    const certificate = join(world.folder, "rollout.cer");
    await writeFile(certificate, Buffer.from(testCertificate("Rollout").key, "base64"));
    const before = world.calls.length;
    await addRollout(m365, certificate);
    const [principal] = (await m365.run("entra sp list", { displayName: "Rollout" })) as { id: string }[];
    await m365.run("entra roleassignment add", {
      roleDefinitionId: roleIds.exchangeAdministrator,
      principal: principal?.id ?? "",
    });
    return world.calls.slice(before).filter(({ call }) => call.service === "graph").length;
  } finally {
    m365?.close();
    await world.close();
  }
}

function row(what: string, value: number, unit: Row["unit"]): Row {
  return { what, value, unit, target: null };
}
