import type { CloudId } from "../../preload/model/guide.ts";

/** The hosts of one Microsoft cloud, without scheme. */
export interface Cloud {
  id: CloudId;
  /** Signs in and answers the consent address. */
  authority: string;
  graph: string;
  exchange: string;
  azurePortal: string;
  entraAdminCenter: string;
  /** Where the deep links lead: the admin center, or the Azure portal where that is the verified one. */
  deepLinks: string;
}

/**
 * Sources: learn.microsoft.com/graph/deployments, the Exchange Online PowerShell connection page and MSAL's
 * authority metadata. The Chinese Entra admin center is not confirmed by Microsoft's pages, therefore the deep
 * links lead to the Azure portal there, which has the same pages.
 */
export const clouds: Readonly<Record<CloudId, Cloud>> = {
  global: {
    id: "global",
    authority: "login.microsoftonline.com",
    graph: "graph.microsoft.com",
    exchange: "outlook.office365.com",
    azurePortal: "portal.azure.com",
    entraAdminCenter: "entra.microsoft.com",
    deepLinks: "entra.microsoft.com",
  },
  "gcc-high": {
    id: "gcc-high",
    authority: "login.microsoftonline.us",
    graph: "graph.microsoft.us",
    exchange: "outlook.office365.us",
    azurePortal: "portal.azure.us",
    entraAdminCenter: "entra.microsoft.us",
    deepLinks: "entra.microsoft.us",
  },
  dod: {
    id: "dod",
    authority: "login.microsoftonline.us",
    graph: "dod-graph.microsoft.us",
    exchange: "outlook-dod.office365.us",
    azurePortal: "portal.azure.us",
    entraAdminCenter: "entra.microsoft.us",
    deepLinks: "entra.microsoft.us",
  },
  china: {
    id: "china",
    authority: "login.partner.microsoftonline.cn",
    graph: "microsoftgraph.chinacloudapi.cn",
    exchange: "partner.outlook.cn",
    azurePortal: "portal.azure.cn",
    entraAdminCenter: "entra.microsoftonline.cn",
    deepLinks: "portal.azure.cn",
  },
};
