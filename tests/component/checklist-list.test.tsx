import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { runCommand } from "../../renderer/store/commands.ts";
import * as intents from "../../main/setups/intents.ts";
import { inputsOf, openSetup } from "./checklist-support.tsx";
import { beforeCertificate, fresh, halfway, now, setupId } from "./setup-in-memory.ts";

function stepList() {
  return screen.getByRole("navigation", { name: "Setup steps" });
}

describe("the list of steps", () => {
  test("shows the documentation's three sections with its fifteen steps", async () => {
    await openSetup(fresh());
    const list = within(stepList());
    expect(list.getAllByRole("list")).toHaveLength(3);
    expect(list.getAllByRole("listitem")).toHaveLength(15);
    expect(list.getByRole("list", { name: "Integrating IAM.cloud as enterprise application" })).toBeVisible();
  });

  test("says each step's state in words, inside the name", async () => {
    await openSetup(halfway());
    const list = within(stepList());
    expect(
      list.getByRole("button", { name: /^Azure Active Directory connected,\s?Confirmed 09:50$/ }),
    ).toBeVisible();
    expect(
      list.getByRole("button", { name: /^Administrative consent.*Can’t start yet: 1 thing missing$/ }),
    ).toBeVisible();
    expect(list.getByRole("button", { name: /^Technical attributes.*8 of 8 values ready$/ })).toBeVisible();
  });

  test("says who is waited for", async () => {
    const setup = halfway();
    setup.document = intents.startWaiting(setup.document, "exchange-role", "Bert Braun", "", now);
    await openSetup(setup);
    expect(within(stepList()).getByRole("button", { name: /Waiting for Bert Braun since/ })).toBeVisible();
  });

  test("says when the private key of the request that waits is gone", async () => {
    const setup = beforeCertificate();
    setup.document.request = {
      subject: "CN=contoso.org",
      commonName: "contoso.org",
      dnsNames: [],
      keyBits: 3072,
      createdAt: now.toISOString(),
      der: "",
    };
    setup.observations = { ...setup.observations, requestKey: "none" };
    await openSetup(setup);
    const step = within(stepList()).getByRole("button", { name: /Private key of the request is gone/ });
    expect(step).not.toHaveAccessibleName(/Waiting for the certificate authority/);
  });

  test("marks exactly the open step as current", async () => {
    await openSetup(halfway());
    const current = within(stepList())
      .getAllByRole("button")
      .filter((button) => button.getAttribute("aria-current") === "step");
    expect(current).toHaveLength(1);
    expect(current[0]).toHaveAccessibleName(/^API permissions/);
  });

  test("opens a locked step too, which says what is missing and leads there", async () => {
    const setup = fresh();
    const user = await openSetup(setup);
    await user.click(within(stepList()).getByRole("button", { name: /^Exchange administrator role/ }));
    const heading = await screen.findByRole("heading", { level: 1, name: "Exchange administrator role" });
    expect(heading).toHaveFocus();
    expect(screen.getByText("Can’t start yet. This is missing:")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Needs “Application ID (client ID)” from step 6" }));
    expect(await screen.findByRole("textbox", { name: /^Application ID/ })).toHaveFocus();
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Application ID and tenant ID");
  });

  test("remembers the step in main and names it in the window's title", async () => {
    const setup = halfway();
    const user = await openSetup(setup);
    expect(document.title).toBe("API permissions (step 7 of 15) - Contoso AG");
    await user.click(within(stepList()).getByRole("button", { name: /^Single tenant/ }));
    await waitFor(() =>
      expect(inputsOf(setup, "setups.setPosition")).toEqual([{ setupId, step: "single-tenant" }]),
    );
    expect(document.title).toBe("Single tenant (step 5 of 15) - Contoso AG");
  });

  test("goes on and back with the menu's commands, and stops at the ends", async () => {
    const setup = fresh();
    await openSetup(setup);
    act(() => void runCommand("previous-step"));
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Azure Active Directory connected");
    act(() => void runCommand("next-step"));
    const heading = screen.getByRole("heading", { level: 1 });
    expect(heading).toHaveTextContent("Azure Admin Portal");
    expect(heading).toHaveFocus();
  });

  test("counts what is done and names what comes next", async () => {
    await openSetup(halfway());
    expect(within(stepList()).getByText("6 of 15 done · next: API permissions")).toBeVisible();
    expect(within(stepList()).getByRole("progressbar")).toHaveAttribute("aria-valuenow", "40");
  });

  test("speaks German", async () => {
    const setup = halfway();
    setup.language = "de";
    await openSetup(setup);
    const list = screen.getByRole("navigation", { name: "Schritte der Einrichtung" });
    expect(within(list).getByText("6 von 15 erledigt · als Nächstes: API-Berechtigungen")).toBeVisible();
    expect(screen.getByRole("button", { name: "Als erledigt markieren" })).toBeVisible();
    expect(screen.getByRole("tab", { name: "Nachweise" })).toBeVisible();
  });
});
