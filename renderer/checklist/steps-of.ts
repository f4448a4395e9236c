import type { LinkId, SectionId, StepId } from "../../preload/model/guide.ts";
import { sectionIds } from "../../preload/model/guide.ts";
import type { SetupView, StepView } from "../../preload/model/setup.ts";

/** The steps by section, both in the documentation's order. */
export function stepsBySection(steps: readonly StepView[]): { section: SectionId; steps: StepView[] }[] {
  return sectionIds.map((section) => ({ section, steps: steps.filter((step) => step.section === section) }));
}

/** The step with this id; the first one should the view lack it. */
export function stepIn(view: SetupView, id: StepId): StepView {
  const step = view.steps.find((one) => one.id === id) ?? view.steps[0];
  if (step === undefined) throw new RangeError("a setup without steps");
  return step;
}

/** The step before (-1) or after (1) in the documentation's order; null at the ends. */
export function neighbour(view: SetupView, id: StepId, direction: -1 | 1): StepView | null {
  const index = view.steps.findIndex((step) => step.id === id);
  return index < 0 ? null : (view.steps[index + direction] ?? null);
}

/** Pages to read, as opposed to places where something is done. */
export function isReading(link: LinkId): boolean {
  return link.startsWith("documentation") || link.startsWith("microsoft-");
}
