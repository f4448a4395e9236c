import { useState } from "react";
import type { ExportKind } from "../../preload/model/certificates.ts";
import type { StepId } from "../../preload/model/guide.ts";
import type { SetupSummary, SetupView, StepView } from "../../preload/model/setup.ts";
import { useDraft } from "../certificates/draft.ts";
import { profileOf } from "../certificates/protection-field.tsx";
import { translate, useT } from "../i18n.ts";
import { attempt, call, rollout, succeeded } from "../store/api.ts";
import { saveSettings } from "../store/app.ts";
import { acceptView, openLink } from "../store/setups.ts";
import { newTask } from "../store/tasks.ts";
import { announce } from "../ui/index.ts";
import { changeInDialog, changeInPage } from "./changes.ts";
import { fieldElementId, useSetup } from "./step-context.ts";
import { usePerson } from "./use-person.ts";
import { isReading } from "./steps-of.ts";

/** What the user can say about a step. Each change is announced once main has taken it. */
export function useStepIntents(step: StepView) {
  const t = useT();
  const { view } = useSetup();
  const where = { setupId: view.summary.id, step: step.id };
  const { setups } = rollout();

  const say =
    (key: string, who = "") =>
    ({ done, total }: SetupSummary): string =>
      t(`step.announce.${key}`, { done, total, who });

  return {
    confirm: (by: string, note: string) => changeInPage(setups.confirm({ ...where, by, note }), say("done")),
    withdraw: () => changeInPage(setups.withdraw(where), say("undone")),
    markNotApplicable: (by: string, reason: string) =>
      changeInDialog(setups.markNotApplicable({ ...where, by, reason }), say("notApplicable")),
    markApplicable: () => changeInPage(setups.markApplicable(where), say("applicable")),
    startWaiting: (who: string, note: string) =>
      changeInDialog(setups.startWaiting({ ...where, who, note }), say("waiting", who)),
    stopWaiting: () => changeInPage(setups.stopWaiting(where), say("stopped")),
  };
}

/** Why a confirmation was not sent; texts are `step.confirm.<problem>`. */
type ConfirmProblem = "tickFirst" | "nameFirst";

/** The form of a confirmation: the sentence, who says so, and a note. */
export interface Confirmation {
  ticked: boolean;
  setTicked: (ticked: boolean) => void;
  by: string;
  setBy: (by: string) => void;
  note: string;
  setNote: (note: string) => void;
  problem: ConfirmProblem | null;
  pending: boolean;
  submit: () => void;
}

/** Keeps what is entered in the form; sends it when it is complete. */
export function useConfirmation(step: StepView, onDone: () => void): Confirmation {
  const person = usePerson();
  const { confirm } = useStepIntents(step);
  const [ticked, setTicked] = useState(false);
  const [by, setBy] = useState(person);
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const problem = !ticked ? "tickFirst" : by.trim() === "" ? "nameFirst" : null;

  async function send(): Promise<void> {
    setPending(true);
    const name = by.trim();
    const done = await confirm(name, note.trim());
    setPending(false);
    if (!done) return;
    setTicked(false);
    setNote("");
    setTried(false);
    onDone();
    // Asked for once, then offered everywhere.
    if (person === "") await saveSettings({ person: name });
  }

  return {
    ticked,
    setTicked,
    by,
    setBy,
    note,
    setNote,
    problem: tried ? problem : null,
    pending,
    submit: () => {
      setTried(true);
      if (step.confirm.allowed && problem === null && !pending) void send();
    },
  };
}

/** Saving and finding the certificate's files, from the steps that need them. */
export function useCertificateFiles() {
  const { view } = useSetup();
  const setupId = view.summary.id;
  const draft = useDraft(setupId);
  const [pending, setPending] = useState(false);

  async function savePfx(): Promise<void> {
    setPending(true);
    const profile = profileOf(view, draft);
    const saved = await call(rollout().certificates.exportPfx({ setupId, task: newTask(), profile }));
    setPending(false);
    if (saved !== null && !saved.canceled) acceptView(saved.view);
  }

  async function saveCer(): Promise<void> {
    const saved = await call(rollout().certificates.exportPublic({ setupId, format: "cer-der" }));
    if (saved !== null && !saved.canceled) acceptView(saved.view);
  }

  return {
    pending,
    savePfx: () => void savePfx(),
    saveCer: () => void saveCer(),
    show: (kind: ExportKind) => void succeeded(rollout().certificates.showExport({ setupId, kind })),
  };
}

/** Opens the place where the step is carried out: the first of its links that can be opened. */
export function openPortal(view: SetupView, step: StepView): void {
  const link = step.links.find(({ id, url }) => url !== null && !isReading(id));
  if (link !== undefined) void openLink(view.summary.id, link.id);
}

/**
 * Copies what stands in the focused field, or what is used while nothing is typed there; never an example of what
 * could stand there. A concealed field has a button of its own for that.
 */
export async function copyFocusedValue(view: SetupView): Promise<void> {
  const field = document.activeElement;
  const isText =
    field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type === "text");
  if (!isText) return;
  const fields = view.steps.flatMap((step) => step.fields);
  const text = field.value || fields.find(({ id }) => fieldElementId(id) === field.id)?.suggestion || "";
  if (text !== "" && (await succeeded(rollout().app.copyText({ text })))) announce(translate("step.copied"));
}

/** Remembers where the user is. A failure is no reason to interrupt them: they start at an earlier step then. */
export async function savePosition(setupId: string, step: StepId): Promise<void> {
  await attempt(rollout().setups.setPosition({ setupId, step }));
}
