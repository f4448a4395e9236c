/** Host names, without scheme and with a port where it is not 443, under which the practice tenant answers. */
export interface PracticeHosts {
  /** Stands for login.microsoftonline.com. */
  login: string;
  /** Stands for sts.windows.net, the issuer of access tokens. */
  sts: string;
  /** Stands for graph.microsoft.com. */
  graph: string;
  /** Stands for outlook.office365.com. */
  exchange: string;
  /** The portal of IAM.cloud, where the connector is set up. */
  portal: string;
}

/** ".invalid" never resolves (RFC 2606), so nothing meant for practice can reach a real service. */
export const practiceHosts: PracticeHosts = {
  login: "login.practice.invalid",
  sts: "sts.practice.invalid",
  graph: "graph.practice.invalid",
  exchange: "outlook.practice.invalid",
  portal: "portal.practice.invalid",
};
