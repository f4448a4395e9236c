/** Ways to a certificate, and the one that is there; labels are `certificate.tabs.<id>`. */
export type CertificateTab = "current" | "create" | "authority" | "import" | "inspect";

export interface TabFacts {
  hasCertificate: boolean;
  hasRequest: boolean;
  /** The user asked for another certificate; the present one stays until the new one is there. */
  replacing: boolean;
}

/** The tabs that make sense now. A certificate hides the ways to another one until it shall be replaced. */
export function tabsOf({ hasCertificate, hasRequest, replacing }: TabFacts): CertificateTab[] {
  if (!hasCertificate || replacing) return ["create", "authority", "import", "inspect"];
  return hasRequest ? ["current", "authority", "inspect"] : ["current", "inspect"];
}

/** The tab on the screen: the chosen one while it is offered; else a request that waits comes first. */
export function shownTab(facts: TabFacts, chosen: CertificateTab | null): CertificateTab {
  const tabs = tabsOf(facts);
  if (chosen !== null && tabs.includes(chosen)) return chosen;
  if (facts.hasRequest && !facts.hasCertificate) return "authority";
  return facts.hasCertificate && !facts.replacing ? "current" : "create";
}
