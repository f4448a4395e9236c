import { spokenDays } from "../../preload/model/days.ts";
import type { Translate } from "../i18n.ts";

/** "Certificate: 12 days left", or since when it has expired. */
export function expiryText(daysLeft: number, t: Translate): string {
  const { over, count } = spokenDays(daysLeft);
  return t(over ? "home.expired" : "home.expires", { count });
}
