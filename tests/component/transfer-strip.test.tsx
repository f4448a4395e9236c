import { act, createEvent, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Result } from "../../preload/model/errors.ts";
import { attributeIds } from "../../preload/model/guide.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import { StripApp } from "../../renderer/transfer/strip-app.tsx";
import { shownFor } from "../../renderer/transfer/secret-value.tsx";
import { inputsOf, openSetup } from "./checklist-support.tsx";
import type { SetupInMemory } from "./setup-in-memory.ts";
import { applicationId, fresh, halfway, ready, setupId } from "./setup-in-memory.ts";

afterEach(() => void vi.useRealTimers());

/** Opens the strip's page, as its window does. */
async function openStrip(setup: SetupInMemory, user = userEvent.setup()) {
  Element.prototype.scrollIntoView = () => undefined;
  window.rollout = setup.main.api;
  setup.main.state.inStrip = setupId;
  const { container } = render(<StripApp />);
  await screen.findByRole("heading", { level: 1, name: "Contoso AG" });
  await waitFor(() => expect(inputsOf(setup, "transfer.pfxFile")).not.toEqual([]));
  setup.main.calls.length = 0;
  return { user, container };
}

const inTurn = () => {
  const row = screen.getAllByRole("listitem").find((one) => one.getAttribute("aria-current") === "step");
  if (row === undefined) throw new Error("no row is in turn");
  return within(row);
};
const nameInTurn = () => inTurn().getByRole("heading", { level: 3 }).textContent;
const announced = (text: string) =>
  waitFor(() =>
    expect(screen.getAllByRole("status").map((one) => one.textContent)).toContainEqual(
      expect.stringContaining(text),
    ),
  );

describe("the transfer strip", () => {
  test("shows both forms in the portal's order, each with its Save", async () => {
    await openStrip(ready());
    const forms = screen.getAllByRole("region");
    expect(forms.map((form) => within(form).getAllByRole("listitem").length)).toEqual([4, 9]);
    const names = screen.getAllByRole("listitem").map((row) => row.textContent);
    const order = [...attributeIds.slice(0, 3), "Save", ...attributeIds.slice(3), "Save"];
    // The documentation writes the first and the third attribute in words.
    const words: Record<string, string> = {
      TargetSystemInstance: "Target system instance",
      ExecutionServer: "Execution server",
    };
    expect(
      names.map((text, index) => text.includes(words[order[index] ?? ""] ?? order[index] ?? "")),
    ).toEqual(order.map(() => true));
  });

  test("copies with Enter, ticks the row, goes on and says so", async () => {
    const setup = ready();
    const { user } = await openStrip(setup);
    expect(inTurn().getByRole("button", { name: "Copy Target system instance" })).toHaveFocus();
    await user.keyboard("{Enter}");
    expect(inputsOf(setup, "setups.copyAttribute")).toEqual([{ setupId, attribute: "TargetSystemInstance" }]);
    await waitFor(() => expect(nameInTurn()).toBe("Description"));
    await announced("Target system instance copied, next: Description");
    expect(screen.getByText("1 of 13 handed over")).toBeVisible();
    expect(inTurn().getByRole("button", { name: "Next: Description stays as it is" })).toHaveFocus();
  });

  test("hands everything over by Enter alone, and leads to the record of the result", async () => {
    const setup = ready();
    const { user } = await openStrip(setup);
    for (let row = 1; row <= 13; row += 1) {
      await user.keyboard("{Enter}");
      await screen.findByText(`${row} of 13 handed over`);
    }
    const copied = inputsOf(setup, "setups.copyAttribute").map((input) => input["attribute"]);
    expect(copied).toEqual(
      attributeIds.filter((id) => !["Description", "ExecutionServer", "ConnectPFX"].includes(id)),
    );
    expect(inputsOf(setup, "transfer.copyPfxPath")).toEqual([{ setupId }]);
    const record = screen.getByRole("button", { name: "Record the result…" });
    expect(record).toHaveFocus();
    await user.keyboard("{Enter}");
    expect(inputsOf(setup, "transfer.showStep")).toEqual([{ setupId, step: "rollout" }]);
  });

  test("chooses with the arrows, goes back with Backspace, closes with Escape", async () => {
    const setup = ready();
    const { user } = await openStrip(setup);
    await user.keyboard("{Enter}");
    await screen.findByText("1 of 13 handed over");
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowUp}");
    expect(nameInTurn()).toBe("Execution server");
    await user.keyboard("{End}");
    expect(nameInTurn()).toBe("Save");
    await user.keyboard("{Home}{ArrowDown}{Backspace}");
    expect(nameInTurn()).toBe("Target system instance");
    expect(screen.getByText("0 of 13 handed over")).toBeVisible();
    await announced("Back at Target system instance, unticked");
    await user.keyboard("{Escape}");
    expect(inputsOf(setup, "transfer.close")).toHaveLength(1);
  });

  test("unticks a row, and starts over", async () => {
    const { user } = await openStrip(ready());
    await user.keyboard("{Enter}");
    await screen.findByText("1 of 13 handed over");
    await user.click(screen.getByRole("button", { name: /^Target system instance .*, handed over/ }));
    await user.click(inTurn().getByRole("button", { name: "Untick" }));
    expect(screen.getByText("0 of 13 handed over")).toBeVisible();
    await user.keyboard("{Enter}");
    await screen.findByText("1 of 13 handed over");
    await user.click(screen.getByRole("button", { name: "More" }));
    await user.click(await screen.findByRole("menuitem", { name: "Start over" }));
    expect(await screen.findByText("0 of 13 handed over")).toBeVisible();
  });

  test("leaves the row unticked when the copy did not work", async () => {
    const setup = ready();
    setup.main.fail("setups.copyAttribute", {
      code: "internal",
      messageKey: "errors.internal",
      details: {},
    });
    const { user } = await openStrip(setup);
    await user.keyboard("{Enter}");
    expect(await screen.findByText("Something went wrong inside the app")).toBeVisible();
    expect(screen.getByText("0 of 13 handed over")).toBeVisible();
  });

  test("shows a tick that became old when the value changes in the app", async () => {
    const setup = ready();
    const { user } = await openStrip(setup);
    await user.keyboard("{Enter}");
    await screen.findByText("1 of 13 handed over");
    setup.document.fields.instanceName = "Another name";
    act(() => setup.main.emit("changed", { setupId }));
    expect(await screen.findByText("0 of 13 handed over")).toBeVisible();
    expect(screen.getByRole("button", { name: /^Target system instance .*, changed since/ })).toBeVisible();
  });

  test("shows a value that was mended in the app, ready to be handed over", async () => {
    const setup = fresh();
    const { user } = await openStrip(setup);
    await choose(user, "ConnectAppID");
    expect(inTurn().getByText("There is no value yet.")).toBeVisible();
    setup.document.fields.applicationId = applicationId;
    act(() => setup.main.emit("changed", { setupId }));
    expect(await inTurn().findByText(applicationId)).toBeVisible();
    await user.keyboard("{Enter}");
    expect(inputsOf(setup, "setups.copyAttribute")).toEqual([{ setupId, attribute: "ConnectAppID" }]);
  });

  test("shows the present values when it is opened for the same setup again", async () => {
    const setup = ready();
    await openStrip(setup);
    setup.document.fields.instanceName = "Another name";
    act(() => setup.main.emit("transfer", { setupId }));
    expect(await inTurn().findByText("Another name")).toBeVisible();
  });

  test("never shows an old value because its answer came late", async () => {
    const setup = ready();
    const late = Promise.withResolvers<void>();
    const old: Result<SetupView> = { ok: true, value: structuredClone(setup.view()) };
    setup.main.replies.set("setups.open", () => late.promise.then(() => old));
    window.rollout = setup.main.api;
    setup.main.state.inStrip = setupId;
    render(<StripApp />);
    await waitFor(() => expect(inputsOf(setup, "setups.open")).toEqual([{ setupId }]));
    setup.main.replies.delete("setups.open");
    setup.document.fields.instanceName = "Another name";
    act(() => setup.main.emit("changed", { setupId }));
    await act(async () => late.resolve());
    await screen.findByRole("heading", { level: 1, name: "Contoso AG" });
    expect(await inTurn().findByText("Another name")).toBeVisible();
  });

  test("shows a password again once the keychain gives it", async () => {
    const setup = ready();
    setup.observations = { ...setup.observations, password: "unreadable" };
    await openStrip(setup);
    expect(screen.getByRole("button", { name: "ConnectPFXPassword, not ready" })).toBeVisible();
    setup.observations = { ...setup.observations, password: "vault" };
    act(() => setup.main.emit("changed", { setupId: null }));
    expect(await screen.findByRole("button", { name: "ConnectPFXPassword" })).toBeVisible();
  });

  test("leaves reminders, which lead to other setups, to the main window", async () => {
    const setup = ready();
    const other = "00000000-0000-4000-8000-000000000002";
    const reminders = [{ setupId: other, name: "Fabrikam", days: 7 }];
    setup.main.state.reminders = reminders;
    await openStrip(setup);
    act(() => setup.main.emit("reminder", { reminders }));
    act(() => setup.main.emit("reminder", { reminders: [{ setupId, name: "Contoso AG", days: 7 }] }));
    // Whatever was shown is on the screen by the time that a change is.
    setup.document.name = "Contoso SE";
    act(() => setup.main.emit("changed", { setupId }));
    await screen.findByRole("heading", { level: 1, name: "Contoso SE" });
    expect(screen.queryByText(/certificate/i)).toBeNull();
    expect(screen.queryByRole("button", { name: "Open setup" })).toBeNull();
  });

  test("shows another setup when main says so, and keeps the ticks of the first", async () => {
    const setup = ready();
    const other = await setup.main.api.setups.create({ name: "Fabrikam", cloud: "global" });
    if (!other.ok) throw new Error("not created");
    const { user } = await openStrip(setup);
    await user.keyboard("{Enter}");
    await screen.findByText("1 of 13 handed over");
    act(() => setup.main.emit("transfer", { setupId: other.value.summary.id }));
    expect(await screen.findByRole("heading", { level: 1, name: "Fabrikam" })).toBeVisible();
    expect(screen.getByText("0 of 13 handed over")).toBeVisible();
    act(() => setup.main.emit("transfer", { setupId }));
    await screen.findByRole("heading", { level: 1, name: "Contoso AG" });
    expect(screen.getByText("1 of 13 handed over")).toBeVisible();
  });

  test("says when its setup is gone", async () => {
    const setup = ready();
    window.rollout = setup.main.api;
    setup.main.state.inStrip = "00000000-0000-4000-8000-00000000000f";
    render(<StripApp />);
    expect(await screen.findByText("This setup no longer exists")).toBeVisible();
    expect(screen.getByRole("heading", { level: 1, name: "Transfer strip" })).toBeVisible();
  });

  test("hands nothing over any more once its setup was removed, and goes on when it comes back", async () => {
    const setup = ready();
    const { user } = await openStrip(setup);
    await user.keyboard("{Enter}");
    await screen.findByText("1 of 13 handed over");
    await setup.main.api.setups.remove({ setupId });
    act(() => setup.main.emit("changed", { setupId }));
    expect(await screen.findByText("This setup no longer exists")).toBeVisible();
    expect(screen.queryByRole("listitem")).toBeNull();
    await setup.main.api.setups.restore({ setupId });
    act(() => setup.main.emit("changed", { setupId }));
    expect(await screen.findByText("1 of 13 handed over")).toBeVisible();
  });
});

/** Chooses the row of that name with the mouse. */
async function choose(user: ReturnType<typeof userEvent.setup>, name: string): Promise<void> {
  await user.click(screen.getByRole("button", { name: new RegExp(`^${name}( |,|$)`) }));
  expect(nameInTurn()).toBe(name);
}

describe("the password", () => {
  test("is copied without being shown, and the strip counts how long it stays in the clipboard", async () => {
    const setup = ready();
    const { user, container } = await openStrip(setup);
    await choose(user, "ConnectPFXPassword");
    expect(inTurn().getByText("Concealed")).toBeInTheDocument();
    await user.keyboard("{Enter}");
    await announced("ConnectPFXPassword copied, next: TenantDisplay");
    expect(inputsOf(setup, "certificates.revealPassword")).toEqual([]);
    expect(container).not.toHaveTextContent("hT7k-mQz9");
    expect(await screen.findByText(/^The password leaves the clipboard in \d+ seconds$/)).toBeVisible();
    // The next value takes its place in the clipboard.
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByText(/leaves the clipboard/)).toBeNull());
  });

  test("is shown when asked for, and concealed again after a while", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
    const user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
    await openStrip(ready(), user);
    await choose(user, "ConnectPFXPassword");
    await user.click(inTurn().getByRole("button", { name: "Show" }));
    expect(await inTurn().findByText("hT7k-mQz9.xWv4_bN8cRe:5p")).toBeVisible();
    act(() => void vi.advanceTimersByTime(shownFor));
    expect(inTurn().queryByText("hT7k-mQz9.xWv4_bN8cRe:5p")).toBeNull();
  });

  test("that was not kept is mended in the app, or ticked by hand", async () => {
    const setup = ready();
    setup.observations = { ...setup.observations, password: "none" };
    const { user } = await openStrip(setup);
    await choose(user, "ConnectPFXPassword");
    expect(inTurn().getByText("The password isn’t on this computer")).toBeVisible();
    await user.click(inTurn().getByRole("button", { name: "Done" }));
    expect(screen.getByText("1 of 13 handed over")).toBeVisible();
  });
});

describe("the PFX", () => {
  test("is dragged by main, not by the page, and then ticked", async () => {
    const setup = ready();
    const { user } = await openStrip(setup);
    await choose(user, "ConnectPFX");
    const handle = inTurn().getByText("contoso.pfx").closest("[draggable]");
    if (handle === null) throw new Error("nothing to drag");
    const start = createEvent.dragStart(handle);
    fireEvent(handle, start);
    expect(start.defaultPrevented).toBe(true);
    await announced("ConnectPFX dragged, next: ConnectPFXPassword");
    expect(inputsOf(setup, "transfer.dragPfx")).toEqual([{ setupId }]);
  });

  test("is not ticked when main refuses to drag it", async () => {
    const setup = ready();
    setup.main.fail("transfer.dragPfx", {
      code: "pfx-changed",
      messageKey: "errors.pfx-changed",
      details: { path: "contoso.pfx" },
    });
    const { user } = await openStrip(setup);
    await choose(user, "ConnectPFX");
    const handle = inTurn().getByText("contoso.pfx").closest("[draggable]");
    if (handle !== null) fireEvent.dragStart(handle);
    expect(await screen.findByText("The file isn’t the PFX that was saved")).toBeVisible();
    expect(nameInTurn()).toBe("ConnectPFX");
  });

  test("is shown in its folder, and ticked once it is uploaded", async () => {
    const setup = ready();
    const { user } = await openStrip(setup);
    await choose(user, "ConnectPFX");
    await user.click(inTurn().getByRole("button", { name: "Show in folder" }));
    expect(inputsOf(setup, "transfer.showPfx")).toEqual([{ setupId }]);
    await user.click(inTurn().getByRole("button", { name: "Done" }));
    expect(nameInTurn()).toBe("ConnectPFXPassword");
  });

  test.each([
    ["missing", /isn’t where it was saved/],
    ["changed", /is not the PFX that was saved/],
  ] as const)("that is %s can't be handed over, and leads to step 9", async (state, words) => {
    const setup = ready();
    setup.main.state.pfxFile = { state, name: "contoso.pfx" };
    const { user } = await openStrip(setup);
    await user.click(await screen.findByRole("button", { name: /^ConnectPFX, not ready/ }));
    expect(inTurn().getByText(words)).toBeVisible();
    await user.keyboard("{Enter}");
    expect(inputsOf(setup, "transfer.showStep")).toEqual([{ setupId, step: "certificate" }]);
  });
});

test("a value that is missing or wrong says why, and leads to its field in the app", async () => {
  const setup = fresh();
  const { user } = await openStrip(setup);
  await choose(user, "ConnectAppID");
  expect(inTurn().getByText("There is no value yet.")).toBeVisible();
  await user.keyboard("{Enter}");
  expect(inputsOf(setup, "transfer.showStep")).toEqual([
    { setupId, step: "application-ids", field: "applicationId" },
  ]);
});

test("the portal's address opens from the strip, by button and by command", async () => {
  const setup = halfway();
  const { user } = await openStrip(setup);
  await user.click(screen.getByRole("button", { name: "Open the IAM.cloud portal" }));
  act(() => setup.main.emit("command", { name: "open-portal" }));
  await waitFor(() =>
    expect(inputsOf(setup, "setups.openLink")).toEqual([
      { setupId, link: "iam-cloud-portal" },
      { setupId, link: "iam-cloud-portal" },
    ]),
  );
});

test.each(["target-system-instance", "technical-attributes", "rollout"] as const)(
  "opens from step %s",
  async (position) => {
    const setup = ready();
    setup.document.position = position;
    const user = await openSetup(setup);
    await user.click(screen.getByRole("button", { name: "Open transfer strip" }));
    expect(inputsOf(setup, "transfer.open")).toEqual([{ setupId }]);
  },
);

test("is accessible in every kind of row", async () => {
  const { user, container } = await openStrip(ready());
  expect(document.documentElement.lang).toBe("en-GB");
  const found: string[] = [];
  for (let row = 0; row < 13; row += 1) {
    const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
    found.push(...violations.map(({ id, nodes }) => `${nameInTurn()}: ${id}: ${nodes[0]?.html}`));
    await user.keyboard("{ArrowDown}");
  }
  expect(found).toEqual([]);
});
