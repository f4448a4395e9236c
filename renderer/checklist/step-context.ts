import { createContext, useContext } from "react";
import type { FieldId, StepId } from "../../preload/model/guide.ts";
import type { SetupView, Target } from "../../preload/model/setup.ts";

/** What every part of the setup screen may need: the setup and the way to another place in it. */
export interface SetupContext {
  view: SetupView;
  /** Opens a step and puts the focus on its heading, or on the field. */
  goTo: (target: Target) => void;
}

const Context = createContext<SetupContext | null>(null);
export const SetupProvider = Context.Provider;

/** The setup that is open. Only inside the setup screen. */
export function useSetup(): SetupContext {
  const context = useContext(Context);
  if (context === null) throw new Error("useSetup outside the setup screen");
  return context;
}

/** Identifies a field's control in the page, so that a reason can lead to it. */
export function fieldElementId(field: FieldId): string {
  return `field-${field}`;
}

/** Identifies the step's heading, which takes the focus when the user moves to a step. */
export const stepHeadingId = "step-heading";

/** Which place of the screen is shown. `turn` counts the user's moves, so that the same move works twice. */
export interface Place {
  step: StepId;
  tab: string | null;
  focus: "heading" | "none" | FieldId;
  turn: number;
}
