import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { expect } from "vitest";
import type { SetupDocument } from "../../main/setups/document.ts";
import { newDocument } from "../../main/setups/document.ts";
import type { StepId } from "../../preload/model/guide.ts";
import type { TenantView } from "../../preload/model/tenant.ts";
import { App } from "../../renderer/app.tsx";
import { closePlan } from "../../renderer/store/plan-dialog.ts";
import type { Route } from "../../renderer/store/route.ts";
import { navigate } from "../../renderer/store/route.ts";
import type { FakeApi } from "./fake-api.ts";
import { createFakeApi } from "./fake-api.ts";

export const setupId = "00000000-0000-4000-8000-000000000001";
export const now = (): Date => new Date(2026, 10, 24, 10, 12);

export interface TenantScreen extends FakeApi {
  user: ReturnType<typeof userEvent.setup>;
  /** Main tells that the tenant looks different now. */
  become: (tenant: TenantView) => Promise<void>;
  /** The inputs of all calls with this name. */
  inputs: (name: string) => unknown[];
}

interface Start {
  step?: StepId;
  route?: Route;
  language?: "en" | "de";
  document?: Partial<SetupDocument>;
}

/** The whole app with one setup, whose tenant is in this state, on one of its steps. */
export async function startWith(tenant: TenantView, start: Start = {}): Promise<TenantScreen> {
  const { step = "api-permissions", language = "en" } = start;
  closePlan();
  const document = {
    ...newDocument(setupId, "Contoso AG", "global", now()),
    position: step,
    ...start.document,
  };
  const locale = language === "de" ? "de-DE" : "en-GB";
  const fake = createFakeApi({ documents: [document], now, info: { language, locale } });
  fake.state.tenants.set(setupId, tenant);
  window.rollout = fake.api;
  navigate(start.route ?? { screen: "setup", setupId });
  const user = userEvent.setup();
  render(<App />);
  await screen.findByRole("heading", { level: 1 });
  return {
    ...fake,
    user,
    inputs: (name) => fake.calls.filter((call) => call.name === name).map(({ input }) => input),
    become: async (next) => {
      fake.state.tenants.set(setupId, next);
      await act(async () => {
        fake.emit("changed", { setupId });
        await Promise.resolve();
      });
    },
  };
}

/** The part of the page that belongs to the chosen way to work on the step. */
export function panel() {
  return within(screen.getByRole("tabpanel"));
}

/** What axe finds wrong; colours cannot be judged without a layout. */
export async function expectAccessible(): Promise<void> {
  // react-aria announces with elements whose label has often gone before they have.
  const result = await axe.run(
    { include: ["body"], exclude: [["body > [data-live-announcer]"]] },
    {
      resultTypes: ["violations"],
      rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
    },
  );
  expect(result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`)).toEqual([]);
}
