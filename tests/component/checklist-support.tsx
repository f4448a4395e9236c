import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { SetupScreen } from "../../renderer/checklist/setup-screen.tsx";
import { loadInfo } from "../../renderer/store/app.ts";
import { DryRunScreen } from "../../renderer/dry-run/dry-run-screen.tsx";
import { RotationScreen } from "../../renderer/rotation/rotation-screen.tsx";
import { navigate, useRoute } from "../../renderer/store/route.ts";
import { loadSetup, useOpenSetup } from "../../renderer/store/setups.ts";
import { Announcer, ToastRegion } from "../../renderer/ui/index.ts";
import type { Call, SetupInMemory } from "./setup-in-memory.ts";
import { setupId } from "./setup-in-memory.ts";

function Host() {
  const { view } = useOpenSetup();
  const { route } = useRoute();
  const Shown = { "dry-run": DryRunScreen, rotation: RotationScreen }[route.screen as string] ?? SetupScreen;
  return (
    <>
      {view === null ? null : <Shown view={view} />}
      <ToastRegion />
      <Announcer />
    </>
  );
}

/** Opens the setup on the screen, as after choosing it from the list. */
export async function openSetup(setup: SetupInMemory) {
  localStorage.clear();
  Element.prototype.scrollIntoView = () => undefined;
  window.rollout = setup.main.api;
  await loadInfo();
  navigate({ screen: "setup", setupId });
  await loadSetup(setupId);
  setup.main.calls.length = 0;
  const user = userEvent.setup();
  render(<Host />);
  await screen.findByRole("heading", { level: 1 });
  return user;
}

/** What main would tell the renderer: the view is out of date. */
export async function refresh(): Promise<void> {
  await act(async () => {
    await loadSetup(setupId);
  });
}

/** The inputs of the calls with this name, in their order. */
export function inputsOf(setup: SetupInMemory, name: string): Call["input"][] {
  return setup.calls.filter((call) => call.name === name).map(({ input }) => input);
}
