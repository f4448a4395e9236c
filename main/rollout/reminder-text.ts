import { spokenDays } from "../../preload/model/days.ts";
import type { Expiring } from "./reminders.ts";
import type { Translate } from "./report/words.ts";

/**
 * What the system's notification says of the certificate that ends or has ended soonest. The lock screen may show
 * it: neither tenant nor customer is named.
 */
export function reminderText(
  { daysLeft }: Pick<Expiring, "daysLeft">,
  t: Translate,
): { title: string; body: string } {
  const { over, count } = spokenDays(daysLeft);
  const key = "reminders.notification";
  return over
    ? { title: t(`${key}.expired`), body: t(`${key}.expiredText`) }
    : { title: t(`${key}.title`), body: t(`${key}.text`, { count }) };
}
