import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { App } from "../../renderer/app.tsx";
import { call, succeeded } from "../../renderer/store/api.ts";
import { formatDate, formatNumber, formatWhen, setFormatLocale } from "../../renderer/store/format.ts";
import { navigate } from "../../renderer/store/route.ts";
import { ToastRegion } from "../../renderer/ui/index.ts";
import type { FakeApi } from "./fake-api.ts";
import { createFakeApi, errorView } from "./fake-api.ts";
import type { FakeOptions } from "./fake-state.ts";
import { appInfo } from "./fake-state.ts";
import { fresh, halfway, setupId } from "./setup-in-memory.ts";

async function start(options: FakeOptions = {}): Promise<FakeApi> {
  const fake = createFakeApi({ documents: [fresh().document], ...options });
  window.rollout = fake.api;
  render(<App />);
  await screen.findByRole("heading", { level: 1 });
  return fake;
}

async function settings(): Promise<void> {
  const [button] = screen.getAllByRole("button", { name: "Settings" });
  if (button) await userEvent.click(button);
}

describe("a call that fails", () => {
  it("gives null and shows the error in the words of the locale files", async () => {
    render(<ToastRegion />);
    const error = errorView("file-too-large", { path: "a.pfx" });
    let value: unknown;
    await act(async () => {
      value = await call(Promise.resolve({ ok: false, error } as const));
    });
    expect(value).toBeNull();
    expect(screen.getByRole("region", { name: "Messages" })).toHaveTextContent(/too large|larger/i);
    await userEvent.click(screen.getByRole("button", { name: "Dismiss" }));
    expect(screen.queryByRole("region", { name: "Messages" })).toBeNull();
  });

  it("never throws, even when the call itself breaks down", async () => {
    render(<ToastRegion />);
    let worked: unknown;
    await act(async () => {
      worked = await succeeded(Promise.reject(new Error("channel closed")));
    });
    expect(worked).toBe(false);
    expect(screen.getByRole("region", { name: "Messages" })).not.toHaveTextContent("channel closed");
  });

  it("stays silent when the user canceled", async () => {
    render(<ToastRegion />);
    await act(async () => {
      await call(Promise.resolve({ ok: false, error: errorView("canceled") } as const));
    });
    expect(screen.queryByRole("region", { name: "Messages" })).toBeNull();
  });
});

describe("a start without an answer", () => {
  it("says that nothing is lost, saves the diagnostics, and opens once there is an answer", async () => {
    const fake = createFakeApi({ documents: [fresh().document] });
    fake.fail("app.info", errorView("internal"));
    window.rollout = fake.api;
    render(<App />);
    await screen.findByRole("heading", { name: "Exchange Rollout can’t show its setups" });
    await userEvent.click(screen.getByRole("button", { name: "Save diagnostics file…" }));
    expect(await screen.findByRole("region", { name: "Messages" })).toHaveTextContent("diagnostics.json");
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(screen.queryByRole("link", { name: "Setups" })).toBeNull();
    fake.fail("app.info", null);
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Setups" })).toBeVisible();
  });

  it("speaks the system's language, as the chosen one is not known", async () => {
    vi.spyOn(navigator, "language", "get").mockReturnValue("de-AT");
    const fake = createFakeApi();
    fake.fail("app.info", errorView("internal"));
    window.rollout = fake.api;
    render(<App />);
    expect(await screen.findByRole("button", { name: "Diagnosedatei speichern …" })).toBeVisible();
    expect(document.documentElement.lang).toBe("de-AT");
  });
});

describe("the window", () => {
  it("goes round its regions with F6 and back with Shift+F6", async () => {
    await start();
    act(() => navigate({ screen: "setup", setupId }));
    await screen.findByRole("navigation");
    const regions = [...document.querySelectorAll("[data-region]")];
    expect(regions.length).toBeGreaterThanOrEqual(4);
    const visited: (Element | null | undefined)[] = [];
    for (let count = 0; count < regions.length; count += 1) {
      await userEvent.keyboard("{F6}");
      visited.push(document.activeElement?.closest("[data-region]"));
    }
    expect(new Set(visited)).toEqual(new Set(regions));
    const last = visited.at(-2);
    await userEvent.keyboard("{Shift>}{F6}{/Shift}");
    expect(document.activeElement?.closest("[data-region]")).toBe(last);
  });

  it("puts the focus on the heading after a move of the user, never after a change in the background", async () => {
    const fake = await start();
    await settings();
    const heading = await screen.findByRole("heading", { level: 1, name: "Settings" });
    expect(heading).toHaveFocus();
    expect(document.title).toBe("Settings - Exchange Rollout");
    const name = screen.getByRole("textbox", { name: "Your name" });
    name.focus();
    act(() => fake.emit("changed", { setupId: null }));
    await waitFor(() =>
      expect(fake.calls.filter((one) => one.name === "app.info").length).toBeGreaterThan(1),
    );
    expect(name).toHaveFocus();
  });

  it("carries out the menu's commands", async () => {
    const fake = await start();
    act(() => fake.emit("command", { name: "settings" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
    act(() => fake.emit("command", { name: "home" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Setups" })).toBeVisible();
    act(() => fake.emit("command", { name: "new-setup" }));
    expect(await screen.findByRole("dialog", { name: "New setup" })).toBeVisible();
  });

  it("asks for a new setup from every screen, and leaves the focus where one can go on", async () => {
    const fake = await start();
    act(() => navigate({ screen: "setup", setupId }));
    await screen.findByRole("navigation");
    act(() => fake.emit("command", { name: "new-setup" }));
    const dialog = await screen.findByRole("dialog", { name: "New setup" });
    expect(within(dialog).getByRole("textbox", { name: /Name/ })).toHaveFocus();
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    const heading = await screen.findByRole("heading", { level: 1, name: "Setups" });
    await waitFor(() => expect(heading).toHaveFocus());
  });

  it("forgets the question for a new setup when another screen is opened", async () => {
    const fake = await start();
    act(() => fake.emit("command", { name: "new-setup" }));
    await screen.findByRole("dialog", { name: "New setup" });
    act(() => fake.emit("command", { name: "settings" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
    act(() => fake.emit("command", { name: "home" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Setups" })).toBeVisible();
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("opens an imported setup from every screen", async () => {
    const fake = await start();
    fake.replies.set("setups.importFile", () => ({ ok: true, value: { canceled: false, setupId } }));
    await settings();
    await screen.findByRole("heading", { level: 1, name: "Settings" });
    act(() => fake.emit("command", { name: "import-setup" }));
    expect(await screen.findByRole("navigation")).toBeVisible();
  });

  it("says why there is nothing to export where no setup is open", async () => {
    const fake = await start();
    act(() => fake.emit("command", { name: "export-setup" }));
    expect(await screen.findByText("No setup is open")).toBeVisible();
    expect(fake.calls.map(({ name }) => name)).not.toContain("setups.exportFile");
  });

  it("leads back from the settings to the setup they were opened from", async () => {
    await start();
    act(() => navigate({ screen: "setup", setupId }));
    await screen.findByRole("navigation");
    await settings();
    await userEvent.click(await screen.findByRole("button", { name: "Contoso AG: back to the checklist" }));
    expect(await screen.findByRole("navigation")).toBeVisible();
  });

  it("explains why a setup cannot be opened and lets the user try again", async () => {
    const fake = await start();
    fake.fail("setups.open", errorView("setup-unreadable", { file: "setup.json" }));
    act(() => navigate({ screen: "setup", setupId }));
    expect(await screen.findByText("This setup’s file can’t be read")).toBeVisible();
    fake.fail("setups.open", null);
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("navigation")).toBeVisible();
  });

  it("fetches the view again when main says that it changed", async () => {
    const fake = await start();
    act(() => navigate({ screen: "setup", setupId }));
    await screen.findByRole("navigation");
    fake.state.change(setupId, "setup-renamed", (document) => ({ ...document, name: "Contoso Ltd" }));
    act(() => fake.emit("changed", { setupId }));
    expect(await screen.findByText("Contoso Ltd")).toBeVisible();
  });

  it("shows the open setup's password again once the keychain gives it", async () => {
    const setup = halfway();
    setup.observations = { ...setup.observations, key: "unreadable", password: "unreadable" };
    const fake = await start({
      documents: [setup.document],
      info: { vault: { kind: "locked", detail: "" } },
    });
    fake.state.observed = setup.observations;
    act(() => navigate({ screen: "setup", setupId, step: "certificate" }));
    expect(await screen.findByText("The stored password can’t be read")).toBeVisible();
    fake.replies.set("app.retryVault", () => {
      fake.state.info = appInfo();
      fake.state.observed = { ...setup.observations, key: "vault", password: "vault" };
      fake.emit("changed", { setupId: null });
      return { ok: true, value: fake.state.info };
    });
    const [again] = screen.getAllByRole("button", { name: "Try again" });
    if (again) await userEvent.click(again);
    expect(await screen.findByRole("group", { name: "PFX password" })).toBeVisible();
    expect(screen.queryByText("The stored password can’t be read")).toBeNull();
  });
});

describe("settings", () => {
  it("that could not be read are told, with the name of the file that was kept", async () => {
    const keptAs = "settings.json.unreadable-2026-11-24T10-11-12.000Z";
    await start({ info: { settingsLoss: { keptAs } } });
    expect(screen.getByText("Not all settings could be read")).toBeVisible();
    await settings();
    await screen.findByRole("heading", { level: 1, name: "Settings" });
    expect(screen.getByText(/can include the proxy/)).toHaveTextContent(keptAs);
  });

  it("switch the language at once", async () => {
    await start();
    await settings();
    await userEvent.click(await screen.findByRole("button", { name: /Language/ }));
    await userEvent.click(await screen.findByRole("option", { name: "Deutsch" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Einstellungen" })).toBeVisible();
    expect(document.documentElement.lang).toBe("de-DE");
  });

  it("save the name while it is typed", async () => {
    const fake = await start();
    await settings();
    const field = await screen.findByRole("textbox", { name: "Your name" });
    await userEvent.clear(field);
    await userEvent.type(field, "Berta");
    await waitFor(() => expect(fake.state.info.settings.person).toBe("Berta"));
  });

  it("list every shortcut with the keys of the platform", async () => {
    const fake = await start({ info: { platform: "macos" } });
    act(() => fake.emit("command", { name: "shortcuts" }));
    const dialog = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
    expect(dialog).toHaveTextContent("New setup⌘N");
  });
});

describe("the activity log", () => {
  const entries = [
    ["setup-created", null, { name: "Contoso AG" }],
    ["value-changed", "application-ids", { field: "tenantId" }],
    ["step-confirmed", "application-ids", { by: "Anna Adler" }],
  ] as const;

  it("tells in words what happened, newest first, and finds an entry", async () => {
    const fake = await start();
    fake.state.journals.set(
      setupId,
      entries.map(([kind, step, details], index) => ({
        at: new Date(2026, 10, 24, 9, index).toISOString(),
        kind,
        step,
        details,
        hash: String(index).repeat(64),
      })),
    );
    act(() => navigate({ screen: "activity", setupId }));
    const cells = await screen.findAllByRole("rowheader");
    expect(cells[0]).toHaveTextContent("24 Nov 2026, 09:02");
    expect(screen.getByText("“Tenant ID” changed")).toBeVisible();
    expect(screen.getByText("The log is unbroken")).toBeVisible();
    await userEvent.type(screen.getByRole("textbox", { name: "Search" }), "anna");
    expect(screen.getAllByRole("rowheader")).toHaveLength(1);
    expect(screen.getByText("Confirmed by Anna Adler")).toBeVisible();
  });
});

describe("dates and numbers", () => {
  const now = new Date(2026, 10, 24, 10, 12);

  it("are written as the user's language does", () => {
    expect(formatDate("2027-11-23")).toBe("23 Nov 2027");
    expect(formatNumber(100_000)).toBe("100,000");
    setFormatLocale("de-DE");
    expect(formatDate("2027-11-23")).toBe("23. Nov. 2027");
    expect(formatNumber(100_000)).toBe("100.000");
  });

  it("say today and yesterday", () => {
    expect(formatWhen(new Date(2026, 10, 24, 9, 5), now)).toBe("today 09:05");
    expect(formatWhen(new Date(2026, 10, 23, 23, 59), now)).toBe("yesterday 23:59");
    expect(formatWhen(new Date(2026, 10, 20, 9, 5), now)).toBe("20 Nov 2026, 09:05");
    expect(formatWhen("not a date", now)).toBe("not a date");
  });
});
