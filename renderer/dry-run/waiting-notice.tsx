import { useEffect, useState } from "react";
import type { DryRunView } from "../../preload/model/exchange.ts";
import { useT } from "../i18n.ts";
import { formatTime, formatWhen } from "../store/format.ts";
import { Notice } from "../ui/index.ts";

/** When the app tries again by itself, and until when; or that it has waited long enough. */
export function WaitingNotice({ dryRun }: { dryRun: DryRunView }) {
  const t = useT();
  const { waiting, gaveUp, attempts, since } = dryRun;
  if (gaveUp && waiting === null) return <Notice tone="warn" title={t("dryRun.gaveUp")} />;
  if (waiting === null) return null;
  return (
    <Notice tone="wait" title={t("dryRun.waiting.title")}>
      <p>{t("dryRun.waiting.text")}</p>
      <p>
        {t("dryRun.waiting.next", { time: formatTime(waiting.nextAt) })} <TimeLeft until={waiting.nextAt} />
      </p>
      <p>{t("dryRun.waiting.limit", { time: formatTime(waiting.giveUpAt) })}</p>
      {since === null ? null : <p>{t("dryRun.attempts", { count: attempts, when: formatWhen(since) })}</p>}
    </Notice>
  );
}

/** Counts down for the eye only: a screen reader has the time of the next attempt beside it. */
function TimeLeft({ until }: { until: string }) {
  const t = useT();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / 1_000));
  if (seconds === 0) return null;
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return <span aria-hidden="true">({t("dryRun.waiting.left", { time })})</span>;
}
