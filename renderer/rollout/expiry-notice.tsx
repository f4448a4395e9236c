import { spokenDays } from "../../preload/model/days.ts";
import { useSetup } from "../checklist/step-context.ts";
import { useT } from "../i18n.ts";
import { expirySoon } from "../setups/select-setups.ts";
import { formatDate } from "../store/format.ts";
import { Button, Notice } from "../ui/index.ts";
import { CalendarButton } from "./calendar-button.tsx";

/** That the connection will end with its certificate, once that is near; what to do about it. */
export function ExpiryNotice() {
  const t = useT();
  const { view, goTo } = useSetup();
  const { certificate, summary } = view;
  if (certificate === null || certificate.daysLeft > expirySoon) return null;
  const { over, count } = spokenDays(certificate.daysLeft);
  const date = formatDate(certificate.notAfter);
  return (
    <Notice
      tone={over ? "bad" : "warn"}
      title={over ? t("rollout.expiry.expired", { date }) : t("rollout.expiry.expires", { count, date })}
      actions={
        <>
          <Button onPress={() => goTo({ step: "certificate" })}>{t("rollout.expiry.open")}</Button>
          {over || view.rollout.closedAt !== null ? null : <CalendarButton setupId={summary.id} />}
        </>
      }
    >
      {t(over ? "rollout.expiry.expiredText" : "rollout.expiry.text")}
    </Notice>
  );
}
