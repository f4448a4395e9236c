import { permissions } from "../../../../main/guide/permissions.ts";
import type { PermissionRow } from "../../../../preload/model/guide.ts";
import { exchangeAppId } from "../../../../main/practice/resources.ts";
import type { M365 } from "./m365.ts";

/**
 * Requests to Graph that the CLI needs for the same objects, where each list fits on one page: eight for the
 * application with its certificate and its consent, one to find the enterprise application, one for the role. The
 * CLI's test counts them. It reads nothing back.
 */
export const m365Requests = 10;

/** A row of step 7 as the CLI names permissions: the API's address with the value. */
function apisOf(type: PermissionRow["type"]): string {
  return permissions
    .filter((row) => row.type === type)
    .map(({ resourceAppId, value }) => {
      const api =
        resourceAppId === exchangeAppId ? "https://outlook.office365.com" : "https://graph.microsoft.com";
      return `${api}/${value}`;
    })
    .join(",");
}

/** `m365 entra app add` with everything that it can do of the documentation's steps 2 to 10. */
export async function addRollout(
  m365: M365,
  certificateFile: string,
): Promise<{ appId: string; objectId: string; tenantId: string }> {
  const added = await m365.run("entra app add", {
    name: "Rollout",
    apisDelegated: apisOf("Delegated"),
    apisApplication: apisOf("Application"),
    grantAdminConsent: true,
    certificateFile,
    certificateDisplayName: "CN=Rollout",
  });
  return added as Awaited<ReturnType<typeof addRollout>>;
}
