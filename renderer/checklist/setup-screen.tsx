import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { fieldIds } from "../../preload/model/guide.ts";
import type { SetupView, Target } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { useCommand } from "../store/commands.ts";
import { useRoute } from "../store/route.ts";
import styles from "./checklist.module.css";
import { copyFocusedValue, openPortal, savePosition } from "./intents.ts";
import type { Place } from "./step-context.ts";
import { fieldElementId, SetupProvider, stepHeadingId } from "./step-context.ts";
import { StepHelp } from "./step-help.tsx";
import { StepList, StepSelect } from "./step-list.tsx";
import { StepPage } from "./step-page.tsx";
import { neighbour, stepIn } from "./steps-of.ts";
import { openStrip } from "../transfer/open-strip.tsx";
import { useRoom } from "./use-room.ts";

/** A setup's checklist: the steps, the step that is open, and its help. */
export function SetupScreen({ view }: { view: SetupView }) {
  return <Workspace key={view.summary.id} view={view} />;
}

function Workspace({ view }: { view: SetupView }) {
  const t = useT();
  const { ref, room, low } = useRoom();
  const { place, goTo, move, showTab } = usePlace(view);
  const step = stepIn(view, place.step);
  const title = t("step.windowTitle", {
    title: t(`steps.${step.id}.title`),
    number: step.number,
    total: view.summary.total,
    setup: view.summary.name,
  });
  useEffect(() => {
    document.title = title;
  }, [title]);
  useCommand("next-step", () => move(1));
  useCommand("previous-step", () => move(-1));
  useCommand("open-portal", () => openPortal(view, step));
  useCommand("copy-value", () => void copyFocusedValue(view));
  useCommand("transfer-strip", () => void openStrip(view.summary.id));
  useFocus(place);
  const context = useMemo(() => ({ view, goTo }), [view, goTo]);
  return (
    <SetupProvider value={context}>
      <div ref={ref} className={styles.screen} data-room={room} {...(low ? { "data-low": "" } : {})}>
        {room === "one" ? <StepSelect current={step.id} /> : <StepList current={step.id} room={room} />}
        <main className={styles.centre} id="main" data-region="main" tabIndex={-1}>
          <StepPage key={step.id} step={step} tab={place.tab} onTab={showTab} helpBelow={room !== "three"} />
        </main>
        {room === "three" ? (
          <aside className={styles.aside3} aria-label={t("checklist.help")} data-region="help" tabIndex={-1}>
            <StepHelp step={step} />
          </aside>
        ) : null}
      </div>
    </SetupProvider>
  );
}

/** The tab on which a step's fields stand. */
const fieldTab = "by-hand";

/** Where the user is in the setup. Main remembers the step, so that they go on there the next time. */
function usePlace(view: SetupView) {
  const setupId = view.summary.id;
  const { route, moves } = useRoute();
  const asked = route.screen === "setup" ? route.step : undefined;
  const askedField = route.screen === "setup" ? route.field : undefined;
  const [place, setPlace] = useState<Place>(() => ({
    step: asked ?? view.position,
    tab: askedField === undefined ? null : fieldTab,
    focus: askedField ?? "none",
    turn: askedField === undefined ? 0 : 1,
  }));
  // A key that is held down asks for the next step before this one is on the screen.
  const latest = useRef(place.step);
  const goTo = useCallback(
    (target: Target) => {
      latest.current = target.step;
      setPlace((last) => ({
        step: target.step,
        tab: target.field !== undefined ? fieldTab : target.step === last.step ? last.tab : null,
        focus: target.field ?? "heading",
        turn: last.turn + 1,
      }));
      void savePosition(setupId, target.step);
    },
    [setupId],
  );
  const followed = useRef(moves);
  useEffect(() => {
    if (followed.current === moves || asked === undefined) return;
    followed.current = moves;
    goTo({ step: asked, ...(askedField === undefined ? {} : { field: askedField }) });
  }, [moves, asked, askedField, goTo]);
  const move = (direction: -1 | 1): void => {
    const next = neighbour(view, latest.current, direction);
    if (next !== null) goTo({ step: next.id });
  };
  const showTab = (tab: string): void => setPlace((last) => ({ ...last, tab }));
  return { place, goTo, move, showTab };
}

/** After a move of the user's: focus on the field they asked for, else on the step's heading. */
function useFocus({ focus, turn }: Place): void {
  useEffect(() => {
    if (turn === 0 || focus === "none") return;
    const field = fieldIds.find((id) => id === focus);
    const element =
      (field === undefined ? null : document.getElementById(fieldElementId(field))) ??
      document.getElementById(stepHeadingId);
    element?.scrollIntoView({ block: field === undefined ? "nearest" : "center" });
    element?.focus({ preventScroll: true });
  }, [focus, turn]);
}
