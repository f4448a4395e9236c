import type { DryRunView, LightView } from "../../preload/model/exchange.ts";
import type { StepState } from "../../preload/model/setup.ts";
import { useSetup } from "../checklist/step-context.ts";
import { stepIn } from "../checklist/steps-of.ts";
import { useT } from "../i18n.ts";
import type { Tone } from "../ui/index.ts";
import { Badge, Link, StateIcon } from "../ui/index.ts";
import styles from "./dry-run.module.css";
import { causeWords } from "./words.ts";

type Shown = LightView["result"] | "pending" | "skipped" | "never" | "running";

const looks: Record<Shown, { icon: StepState; tone: Tone }> = {
  satisfied: { icon: "done", tone: "ok" },
  unsatisfied: { icon: "needs-attention", tone: "bad" },
  unknown: { icon: "cannot-start", tone: "none" },
  pending: { icon: "waiting", tone: "wait" },
  skipped: { icon: "not-started", tone: "none" },
  never: { icon: "not-started", tone: "none" },
  running: { icon: "in-progress", tone: "none" },
};

/** The three questions with their answers, each with a word, a shape, the cause and where it is mended. */
export function Lights({ dryRun }: { dryRun: DryRunView }) {
  const t = useT();
  return (
    <section className={styles.section} aria-labelledby="dry-run-lights">
      <h2 id="dry-run-lights">{t("dryRun.lightsTitle")}</h2>
      <ol className={styles.lights}>
        {dryRun.lights.map((light) => (
          <LightItem key={light.id} light={light} dryRun={dryRun} />
        ))}
      </ol>
    </section>
  );
}

function shownOf(light: LightView, { state, at }: DryRunView): Shown {
  // What was found before stays in view while it is tried again.
  if (at === null) return state === "running" ? "running" : "never";
  if (light.cause === "not-reached") return "skipped";
  return light.pending === null ? light.result : "pending";
}

function LightItem({ light, dryRun }: { light: LightView; dryRun: DryRunView }) {
  const t = useT();
  const shown = shownOf(light, dryRun);
  const { icon, tone } = looks[shown];
  const words = causeWords(light, t);
  const tried = dryRun.at !== null;
  return (
    <li className={styles.light}>
      <StateIcon state={icon} />
      <div className={styles.lightText}>
        <div className={styles.lightHead}>
          <h3>{t(`dryRun.lights.${light.id}.title`)}</h3>
          <Badge tone={tone}>{t(`dryRun.results.${shown}`)}</Badge>
        </div>
        {tried && light.result === "satisfied" ? (
          <p>{t(`dryRun.lights.${light.id}.yes`, { name: organizationOf(dryRun) })}</p>
        ) : null}
        {tried && words !== null ? (
          <>
            {shown === "skipped" ? null : <p className={styles.cause}>{words.title}</p>}
            <p className={styles.aside}>{words.help}</p>
          </>
        ) : null}
        {tried ? <Mend light={light} /> : null}
      </div>
    </li>
  );
}

function organizationOf({ organization }: DryRunView): string {
  if (organization === null) return "";
  const { name, displayName } = organization;
  return displayName === "" || displayName === name ? name : `${displayName} (${name})`;
}

/** The way to the step that mends it. */
function Mend({ light }: { light: LightView }) {
  const t = useT();
  const { view, goTo } = useSetup();
  const { target } = light;
  if (target === null) return null;
  const { number } = stepIn(view, target.step);
  return (
    <p>
      <Link onPress={() => goTo(target)}>
        {t("dryRun.toStep", { number, title: t(`steps.${target.step}.title`) })}
      </Link>
    </p>
  );
}
