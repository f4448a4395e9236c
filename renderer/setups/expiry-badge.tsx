import { useT } from "../i18n.ts";
import { Badge } from "../ui/index.ts";
import { expiryText } from "./expiry-text.ts";
import { expirySoon } from "./select-setups.ts";

/** That the certificate ends soon or has ended; nothing while there is time. */
export function ExpiryBadge({ days }: { days: number | null }) {
  const t = useT();
  if (days === null || days > expirySoon) return null;
  return <Badge tone={days < 0 ? "bad" : "warn"}>{expiryText(days, t)}</Badge>;
}
