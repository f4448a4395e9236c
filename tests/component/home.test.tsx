import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { newDocument } from "../../main/setups/document.ts";
import type { SetupDocument } from "../../main/setups/document.ts";
import { recordRollout } from "../../main/setups/intents.ts";
import { App } from "../../renderer/app.tsx";
import { StateIcon } from "../../renderer/ui/index.ts";
import type { FakeApi } from "./fake-api.ts";
import { createFakeApi, errorView } from "./fake-api.ts";
import type { FakeOptions } from "./fake-state.ts";
import { readyVault } from "./fake-state.ts";
import { anna, ready } from "./setup-in-memory.ts";

const now = (): Date => new Date(2026, 10, 24, 10, 12);

function named(name: string, number: number): SetupDocument {
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
  return newDocument(id, name, "global", new Date(2026, 10, 23, 9, number));
}

async function start(options: FakeOptions = {}): Promise<FakeApi> {
  const fake = createFakeApi({
    documents: [named("Contoso AG", 1), named("Fabrikam", 2), named("Adventure Works", 3)],
    now,
    ...options,
  });
  window.rollout = fake.api;
  render(<App />);
  await screen.findByRole("heading", { level: 1 });
  return fake;
}

function list(): HTMLElement {
  return screen.getByRole("grid", { name: "Setups" });
}

async function chooseAction(name: string, action: string): Promise<void> {
  await userEvent.click(screen.getByRole("button", { name: `Actions for ${name}` }));
  await userEvent.click(await screen.findByRole("menuitem", { name: action }));
}

describe("the list of setups", () => {
  it("shows each setup with its next step, and finds one by name", async () => {
    await start();
    const row = await screen.findByRole("row", { name: "Fabrikam" });
    expect(row).toHaveTextContent("Next: Azure Active Directory connected");
    expect(row).toHaveTextContent("0 of 15 done");
    await userEvent.type(screen.getByRole("textbox", { name: "Search setups" }), "advent");
    await waitFor(() => expect(within(list()).getAllByRole("row")).toHaveLength(1));
    expect(screen.getByRole("row", { name: "Adventure Works" })).toBeVisible();
    expect(screen.getByText("1 setup")).toBeVisible();
  });

  it.each([
    ["while nothing is to be done", now, "done"],
    ["no longer once its certificate has expired", () => new Date(2029, 0, 1), "needs-attention"],
  ] as const)("ticks a setup that was rolled out %s", async (_when, at, state) => {
    const setup = ready();
    const record = { result: "connected", text: "", by: anna } as const;
    const document = recordRollout(setup.document, record, setup.observations);
    await start({ documents: [document], now: at });
    const [row] = (await screen.findAllByRole("row")).filter((one) => list().contains(one));
    const shown = row?.querySelector("svg")?.outerHTML;
    expect(shown).toBe(render(<StateIcon state={state} />).container.innerHTML);
  });

  it("says so when nothing matches and shows everything again on request", async () => {
    await start();
    await userEvent.type(await screen.findByRole("textbox", { name: "Search setups" }), "nothing like it");
    await userEvent.click(await screen.findByRole("button", { name: "Show all setups" }));
    await waitFor(() => expect(within(list()).getAllByRole("row")).toHaveLength(3));
  });

  it("opens a setup with the keyboard alone and puts the focus on the step's heading", async () => {
    const fake = await start();
    await screen.findByRole("row", { name: "Contoso AG" });
    screen.getByRole("textbox", { name: "Search setups" }).focus();
    while (document.activeElement?.getAttribute("role") !== "row") await userEvent.tab();
    await userEvent.keyboard("{ArrowDown}{Enter}");
    await waitFor(() => expect(fake.calls.some((call) => call.name === "setups.open")).toBe(true));
    const heading = await screen.findByRole("heading", {
      level: 1,
      name: "Azure Active Directory connected",
    });
    await waitFor(() => expect(heading).toHaveFocus());
    expect(document.title).toContain("step 1 of 15");
  });

  it("names a document that cannot be read, with its file and what to do", async () => {
    const broken = createFakeApi({ documents: [named("x", 9)], now }).state.view(named("x", 9).id).summary;
    await start({
      unreadable: [
        {
          ...broken,
          id: "broken",
          name: "",
          problem: { code: "setup-unreadable", file: "setups/b/setup.json" },
        },
      ],
    });
    expect(await screen.findByText("This setup’s file can’t be read")).toBeVisible();
    expect(screen.getByText("setups/b/setup.json")).toBeVisible();
  });
});

describe("a new setup", () => {
  it("is created with its name and opened", async () => {
    const fake = await start();
    await userEvent.click(await screen.findByRole("button", { name: "New setup" }));
    await userEvent.type(await screen.findByRole("textbox", { name: /Name/ }), "Northwind{Enter}");
    await waitFor(() =>
      expect(fake.calls).toContainEqual({
        name: "setups.create",
        input: { name: "Northwind", cloud: "global" },
      }),
    );
    expect(await screen.findByText("Northwind")).toBeVisible();
  });

  it("needs a name, and says so at the field", async () => {
    const fake = await start();
    await userEvent.click(await screen.findByRole("button", { name: "New setup" }));
    await userEvent.click(await screen.findByRole("button", { name: "Create setup" }));
    const field = screen.getByRole("textbox", { name: /Name/ });
    expect(field).toBeInvalid();
    expect(field).toHaveAccessibleDescription(/The setup needs a name/);
    expect(fake.calls.some((call) => call.name === "setups.create")).toBe(false);
  });

  it("keeps the dialog and what was typed when the disk is full", async () => {
    const fake = await start();
    fake.fail("setups.create", errorView("disk-full"));
    await userEvent.click(await screen.findByRole("button", { name: "New setup" }));
    await userEvent.type(await screen.findByRole("textbox", { name: /Name/ }), "Northwind{Enter}");
    expect(await screen.findByText("The disk is full")).toBeVisible();
    expect(screen.getByRole("textbox", { name: /Name/ })).toHaveValue("Northwind");
  });
});

describe("what can be done with a setup", () => {
  it("deletes it and brings it back with undo", async () => {
    await start();
    await screen.findByRole("row", { name: "Fabrikam" });
    await chooseAction("Fabrikam", "Delete");
    await waitFor(() => expect(screen.queryByRole("row", { name: "Fabrikam" })).toBeNull());
    await userEvent.click(screen.getByRole("button", { name: "Undo" }));
    expect(await screen.findByRole("row", { name: "Fabrikam" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
  });

  it("renames it, starting from its present name", async () => {
    await start();
    await screen.findByRole("row", { name: "Fabrikam" });
    await chooseAction("Fabrikam", "Rename…");
    const field = await screen.findByRole("textbox", { name: /Name/ });
    expect(field).toHaveValue("Fabrikam");
    await userEvent.clear(field);
    await userEvent.type(field, "Fabrikam Inc{Enter}");
    expect(await screen.findByRole("row", { name: "Fabrikam Inc" })).toBeVisible();
  });

  it("duplicates and archives it", async () => {
    await start();
    await screen.findByRole("row", { name: "Fabrikam" });
    await chooseAction("Fabrikam", "Duplicate");
    expect(await screen.findByRole("row", { name: "Fabrikam (copy)" })).toBeVisible();
    await chooseAction("Fabrikam", "Archive");
    await waitFor(() => expect(screen.queryByRole("row", { name: "Fabrikam" })).toBeNull());
    await userEvent.click(screen.getByRole("button", { name: /Show/ }));
    await userEvent.click(await screen.findByRole("option", { name: "Archived" }));
    expect(await screen.findByRole("row", { name: "Fabrikam" })).toBeVisible();
  });

  it("shows what went wrong in words and leaves the list as it is", async () => {
    const fake = await start();
    fake.fail("setups.remove", errorView("folder-read-only", { path: "/data" }));
    await screen.findByRole("row", { name: "Fabrikam" });
    await chooseAction("Fabrikam", "Delete");
    expect(await screen.findByRole("region", { name: "Messages" })).toHaveTextContent(/read-only|write/i);
    expect(screen.getByRole("row", { name: "Fabrikam" })).toBeVisible();
  });
});

describe("the first start", () => {
  it("explains the app in three lines and offers the two ways to begin", async () => {
    await start({ documents: [] });
    expect(await screen.findAllByRole("listitem")).toHaveLength(3);
    expect(screen.getByRole("button", { name: "New setup" })).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Inspect certificate file…" }));
    expect(await screen.findByRole("button", { name: /Choose/ })).toBeVisible();
  });
});

describe("a vault that does not work", () => {
  it("says that secrets last only for this run and lets the user try again", async () => {
    const fake = await start({ info: { vault: { kind: "session-only", detail: "no service" } } });
    await userEvent.click(await screen.findByRole("button", { name: "Try again" }));
    expect(fake.calls.some((call) => call.name === "app.retryVault")).toBe(true);
    expect(screen.getByText("Secrets last only until the app closes")).toBeVisible();
  });

  it("leaves the focus on the screen when trying again by keyboard helps", async () => {
    const fake = await start({ info: { vault: { kind: "locked", detail: "" } } });
    const again = await screen.findByRole("button", { name: "Try again" });
    act(() => again.focus());
    fake.state.info = { ...fake.state.info, vault: readyVault };
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(again).not.toBeInTheDocument());
    await waitFor(() => expect(screen.getByRole("heading", { level: 1 })).toHaveFocus());
  });

  it("starts with a new key only after the user agreed to what that means", async () => {
    const fake = await start({ info: { vault: { kind: "key-lost", detail: "" } } });
    await userEvent.click(await screen.findByRole("button", { name: "Start with a new key…" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(within(dialog).getByRole("button", { name: "Cancel" })).toHaveFocus();
    expect(fake.calls.some((call) => call.name === "app.renewVault")).toBe(false);
    await userEvent.click(within(dialog).getByRole("button", { name: "Start with a new key…" }));
    await waitFor(() => expect(screen.queryByText("The key to the vault is missing")).toBeNull());
    await waitFor(() => expect(screen.getByRole("heading", { level: 1 })).toHaveFocus());
  });
});

describe("in German", () => {
  it("every word of the start screen is German, and the page says so", async () => {
    await start({ info: { language: "de", locale: "de-DE" } });
    expect(await screen.findByRole("heading", { level: 1, name: "Einrichtungen" })).toBeVisible();
    expect(document.documentElement.lang).toBe("de-DE");
    expect(await screen.findByRole("row", { name: "Fabrikam" })).toHaveTextContent("Geändert gestern 09:02");
    expect(screen.getByRole("button", { name: "Neue Einrichtung" })).toBeVisible();
    expect(screen.getByRole("contentinfo")).toHaveTextContent("Geheimnisse sicher verwahrt");
  });
});
