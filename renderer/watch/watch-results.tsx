import { useState } from "react";
import type { WatchResultView } from "../../preload/model/watch.ts";
import { useT } from "../i18n.ts";
import { useInfo } from "../store/app.ts";
import { formatDateTime, formatNumber } from "../store/format.ts";
import { navigate } from "../store/route.ts";
import type { Tone } from "../ui/index.ts";
import { Badge, Button, Link } from "../ui/index.ts";
import type { ResultGroup } from "./group-results.ts";
import { groupResults } from "./group-results.ts";
import styles from "./watch.module.css";

/** Setups of one group shown at first and added with every "Show more". */
const portion = 50;

const tones: Record<WatchResultView["outcome"], Tone> = {
  changed: "warn",
  "other-tenant": "bad",
  "partly-read": "wait",
  "not-read": "wait",
  busy: "wait",
  "not-signed-in": "none",
  "as-before": "ok",
};

/** What was found, under what it means. */
export function WatchResults({ results }: { results: readonly WatchResultView[] }) {
  const { locale } = useInfo();
  return groupResults(results, locale).map((group) => <Group key={group.outcome} group={group} />);
}

function Group({ group: { outcome, results } }: { group: ResultGroup }) {
  const t = useT();
  const [limit, setLimit] = useState(portion);
  return (
    <section className={styles.group}>
      <div className={styles.groupHead}>
        <h2>{t(`watch.outcomes.${outcome}.title`)}</h2>
        <Badge tone={tones[outcome]}>{formatNumber(results.length)}</Badge>
      </div>
      <p className={styles.remark}>{t(`watch.outcomes.${outcome}.text`)}</p>
      <ul className={styles.results}>
        {results.slice(0, limit).map((result) => (
          <Result key={result.setupId} result={result} />
        ))}
      </ul>
      {results.length > limit ? (
        <div>
          <Button onPress={() => setLimit(limit + portion)}>
            {t("watch.more", { count: results.length - limit })}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function Result({ result: { setupId, name, practice, drift } }: { result: WatchResultView }) {
  const t = useT();
  return (
    <li className={styles.result}>
      <span className={styles.name}>
        <Link onPress={() => navigate({ screen: "setup", setupId })}>{name || t("home.unreadable")}</Link>{" "}
        {practice ? <Badge tone="wait">{t("frame.practice")}</Badge> : null}
      </span>
      {drift.length === 0 ? null : (
        <ul className={styles.facts}>
          {drift.map(({ fact, step, since, isNew }) => (
            <li key={fact} className={styles.fact}>
              <span className={styles.what}>
                {t(`watch.facts.${fact}`)}{" "}
                <Badge tone={isNew ? "warn" : "none"}>{t(isNew ? "watch.new" : "watch.known")}</Badge>
              </span>
              <span className={styles.remark}>{t("watch.since", { when: formatDateTime(since) })}</span>
              <Link
                label={t("watch.openStepOf", { step: t(`steps.${step}.title`), name })}
                onPress={() => navigate({ screen: "setup", setupId, step })}
              >
                {t("watch.openStep", { step: t(`steps.${step}.title`) })}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
