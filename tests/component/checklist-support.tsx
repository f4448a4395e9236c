import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { vi } from "vitest";
import type { RolloutApi } from "../../preload/contract.ts";
import { SetupScreen } from "../../renderer/checklist/setup-screen.tsx";
import { loadInfo } from "../../renderer/store/app.ts";
import { navigate, resetRoute } from "../../renderer/store/route.ts";
import { loadSetup, resetSetups, useOpenSetup } from "../../renderer/store/setups.ts";
import { dismissAllToasts } from "../../renderer/store/toasts.ts";
import { Announcer, ToastRegion } from "../../renderer/ui/index.ts";
import type { Call, Input, SetupInMemory } from "./setup-in-memory.ts";
import { now, setupId } from "./setup-in-memory.ts";

function Host() {
  const { view } = useOpenSetup();
  return (
    <>
      {view === null ? null : <SetupScreen view={view} />}
      <ToastRegion />
      <Announcer />
    </>
  );
}

/** An area of main whose methods are answered by the setup in memory, as late as a real message. */
function area(setup: SetupInMemory, name: string): unknown {
  const methods = {};
  return new Proxy(methods, {
    get: (_target, method) => async (input: Input) => {
      await Promise.resolve();
      return structuredClone(setup.answer(`${name}.${String(method)}`, input ?? {}));
    },
  });
}

/** Opens the setup on the screen, as after choosing it from the list. */
export async function openSetup(setup: SetupInMemory) {
  vi.useFakeTimers({ toFake: ["Date"], now });
  resetRoute();
  resetSetups();
  dismissAllToasts();
  localStorage.clear();
  Element.prototype.scrollIntoView = () => undefined;
  window.rollout = {
    app: area(setup, "app"),
    setups: area(setup, "setups"),
    certificates: area(setup, "certificates"),
    tenant: area(setup, "tenant"),
    practice: area(setup, "practice"),
    watch: area(setup, "watch"),
    doctor: area(setup, "doctor"),
    secrets: area(setup, "secrets"),
    rollout: area(setup, "rollout"),
    on: () => () => undefined,
  } as RolloutApi;
  await loadInfo();
  navigate({ screen: "setup", setupId });
  await loadSetup(setupId);
  setup.calls = [];
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
