import { practiceHosts } from "../../../../main/practice/hosts.ts";
import type { PracticeHosts } from "../../../../main/practice/hosts.ts";

/** Microsoft's own host names: a program that is told nothing goes there. */
export const microsoftHosts: PracticeHosts = {
  login: "login.microsoftonline.com",
  sts: "sts.windows.net",
  graph: "graph.microsoft.com",
  exchange: "outlook.office365.com",
  portal: practiceHosts.portal,
};
