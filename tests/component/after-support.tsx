import { act, render, screen } from "@testing-library/react";
import axe from "axe-core";
import { expect } from "vitest";
import { newDocument } from "../../main/setups/document.ts";
import { App } from "../../renderer/app.tsx";
import { translate } from "../../renderer/i18n.ts";
import type { Route } from "../../renderer/store/route.ts";
import { navigate } from "../../renderer/store/route.ts";
import type { FakeApi } from "./fake-api.ts";
import { createFakeApi } from "./fake-api.ts";

export const now = (): Date => new Date(2026, 10, 24, 10, 12);
export const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
export const contoso = idOf(1);

export async function start(prepare: (fake: FakeApi) => void, route?: Route) {
  const documents = [1, 2].map((number) =>
    newDocument(idOf(number), number === 1 ? "Contoso AG" : "Fabrikam", "global", now()),
  );
  const fake = createFakeApi({ documents, now });
  prepare(fake);
  window.rollout = fake.api;
  const { container } = render(<App />);
  await screen.findByRole("heading", { level: 1 });
  if (route !== undefined) act(() => navigate(route));
  return { fake, container };
}

/** Colours need a real browser; everything else is judged here. */
export async function expectAccessible(container: Element): Promise<void> {
  const { violations } = await axe.run(container, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`)).toEqual([]);
}

export const button = (key: string, params = {}) =>
  screen.findByRole("button", { name: translate(key, params) });
