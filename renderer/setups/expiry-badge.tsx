import { useT } from "../i18n.ts";
import { Badge } from "../ui/index.ts";
import { expirySoon } from "./select-setups.ts";

/** That the certificate ends soon or has ended; nothing while there is time. */
export function ExpiryBadge({ days }: { days: number | null }) {
  const t = useT();
  if (days === null || days > expirySoon) return null;
  return days < 0 ? (
    <Badge tone="bad">{t("home.expired", { count: -days })}</Badge>
  ) : (
    <Badge tone="warn">{t("home.expires", { count: days })}</Badge>
  );
}
