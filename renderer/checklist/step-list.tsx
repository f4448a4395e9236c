import { useEffect, useRef } from "react";
import type { StepId } from "../../preload/model/guide.ts";
import type { StepView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { navigate } from "../store/route.ts";
import { Button, Icon, ProgressBar, Select, StateIcon, VisuallyHidden } from "../ui/index.ts";
import styles from "./step-list.module.css";
import { useSetup } from "./step-context.ts";
import { statusLine } from "./step-status.ts";
import { stepsBySection } from "./steps-of.ts";
import type { Room } from "./use-room.ts";
import { useWords } from "./words.ts";

/** How far the setup is, and what comes next. */
export function Progress() {
  const t = useT();
  const { summary } = useSetup().view;
  const { done, total, next } = summary;
  const words =
    next === null
      ? t("checklist.progressAll", { total })
      : t("checklist.progress", { done, total, next: t(`steps.${next}.title`) });
  return (
    <div className={styles.progress}>
      <ProgressBar
        label={t("checklist.progressLabel")}
        value={total === 0 ? 0 : (done / total) * 100}
        tone="ok"
        hideLabel
      />
      <p>{words}</p>
    </div>
  );
}

/** The documentation's sections with their steps. Locked steps can be opened too: they say what is missing. */
export function StepList({ current, room }: { current: StepId; room: Room }) {
  const t = useT();
  const { view } = useSetup();
  return (
    <nav className={styles.list} aria-label={t("checklist.navigation")} data-region="steps" tabIndex={-1}>
      <Progress />
      {stepsBySection(view.steps).map(({ section, steps }) => (
        <div key={section}>
          <h2 id={`section-${section}`}>{t(`sections.${section}.title`)}</h2>
          <ol aria-labelledby={`section-${section}`}>
            {steps.map((step) => (
              <StepItem key={step.id} step={step} isCurrent={step.id === current} room={room} />
            ))}
          </ol>
          {section === "prerequisites" ? <AccessHelper /> : null}
        </div>
      ))}
    </nav>
  );
}

function StepItem({ step, isCurrent, room }: { step: StepView; isCurrent: boolean; room: Room }) {
  const t = useT();
  const { view, goTo } = useSetup();
  const words = useWords();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isCurrent && room !== "one") button.current?.scrollIntoView({ block: "nearest" });
    // Another width breaks the titles differently, so the place has to be found again.
  }, [isCurrent, room]);
  const title = t(`steps.${step.id}.title`);
  const status = statusLine(view, step, words);
  return (
    <li>
      <button
        ref={button}
        type="button"
        className={styles.item}
        data-state={step.state}
        onClick={() => goTo({ step: step.id })}
        {...(isCurrent ? { "aria-current": "step" } : {})}
      >
        <StateIcon state={step.state} />
        <span className={styles.title}>
          {title}
          <VisuallyHidden>, </VisuallyHidden>
        </span>
        <small>{status}</small>
      </button>
    </li>
  );
}

/** A helper that the documentation does not have: unnumbered, outside its list, and marked so. */
function AccessHelper() {
  const t = useT();
  const { view } = useSetup();
  return (
    <button
      type="button"
      className={styles.item}
      onClick={() => navigate({ screen: "access", setupId: view.summary.id })}
    >
      <span className={styles.helper}>
        <Icon name="key" />
      </span>
      <span className={styles.title}>
        {t("tenant.access.helper")}
        <VisuallyHidden>, </VisuallyHidden>
      </span>
      <small>{t("tenant.access.added")}</small>
    </button>
  );
}

/** The same list as a choice, where there is no room beside the step. */
export function StepSelect({ current }: { current: StepId }) {
  const t = useT();
  const { view, goTo } = useSetup();
  const words = useWords();
  return (
    <nav className={styles.select} aria-label={t("checklist.navigation")} data-region="steps" tabIndex={-1}>
      <Progress />
      <Select
        label={t("checklist.selectLabel")}
        hideLabel
        value={current}
        onChange={(step) => goTo({ step })}
        options={view.steps.map((step) => ({
          id: step.id,
          label: t("checklist.position", { number: step.number, title: t(`steps.${step.id}.title`) }),
          description: statusLine(view, step, words),
        }))}
      />
      <div>
        <Button
          variant="quiet"
          icon="key"
          onPress={() => navigate({ screen: "access", setupId: view.summary.id })}
        >
          {t("tenant.access.helper")}
        </Button>
      </div>
    </nav>
  );
}
