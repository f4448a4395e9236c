import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { UserEvent } from "@testing-library/user-event";
import type { ReactNode } from "react";
import axe from "axe-core";
import { CertificateStep } from "../../renderer/certificates/certificate-step.tsx";
import { InspectScreen } from "../../renderer/certificates/inspect-screen.tsx";
import { applyInfo } from "../../renderer/store/app.ts";
import { acceptView, useOpenSetup } from "../../renderer/store/setups.ts";
import { noteTask } from "../../renderer/store/tasks.ts";
import { Announcer, ToastRegion } from "../../renderer/ui/index.ts";
import type { CertificatesInMemory } from "./certificates-in-memory.ts";

function OpenStep() {
  const { view } = useOpenSetup();
  const step = view?.steps.find(({ id }) => id === "certificate");
  return view && step ? <CertificateStep view={view} step={step} /> : null;
}

async function start(main: CertificatesInMemory, content: ReactNode) {
  window.rollout = main.main.api;
  main.main.api.on("task", noteTask);
  await applyInfo(main.info);
  acceptView(main.setup.view());
  render(
    <>
      <Announcer />
      {content}
      <ToastRegion />
    </>,
  );
  return userEvent.setup();
}

/** Step 9 as the setup's page shows it. */
export function openStep(main: CertificatesInMemory) {
  return start(main, <OpenStep />);
}

/** The screen for inspecting any file. */
export function openInspect(main: CertificatesInMemory) {
  return start(main, <InspectScreen />);
}

/** Puts a text into a field at once; letter by letter it shows no more and takes long. */
export async function enter(user: UserEvent, field: HTMLElement, text: string): Promise<void> {
  await user.click(field);
  await user.paste(text);
}

export function button(name: string | RegExp): HTMLElement {
  return screen.getByRole("button", { name });
}

/** Main reports progress of long work. */
export function report(main: CertificatesInMemory, phase: string): void {
  const task = String(main.inputOf("certificates.create")["task"]);
  act(() => main.main.emit("task", { task, phase, done: 0, total: 1 }));
}

/** All words on the screen without code, which is the same in every language. */
export function words(): string {
  const copy = document.body.cloneNode(true) as HTMLElement;
  for (const code of copy.querySelectorAll("pre")) code.remove();
  return copy.textContent ?? "";
}

/** Rules that are broken on the screen; colours are measured in a real browser elsewhere. */
export async function violations(): Promise<string[]> {
  // React Aria speaks through elements of its own, which point at what has just gone.
  const spoken = [["[data-live-announcer]"]];
  const { violations: found } = await axe.run(
    { include: [["body"]], exclude: spoken },
    {
      rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
    },
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
