import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import * as intents from "../../main/setups/intents.ts";
import { inputsOf, openSetup } from "./checklist-support.tsx";
import { anna, halfway, now, setupId } from "./setup-in-memory.ts";

const bar = () => within(screen.getByRole("region", { name: "Mark this step as done" }));

describe("confirming a step", () => {
  test("needs the sentence ticked, then records who and the note", async () => {
    const setup = halfway();
    const user = await openSetup(setup);
    await user.click(bar().getByRole("checkbox"));
    expect(bar().getByRole("textbox", { name: /^Your name/ })).toHaveValue(anna);
    await user.type(
      bar().getByRole("textbox", { name: "Note (optional)" }),
      "People.ReadWrite was not offered",
    );
    await user.click(bar().getByRole("button", { name: "Mark as done" }));
    await waitFor(() =>
      expect(inputsOf(setup, "setups.confirm")).toEqual([
        { setupId, step: "api-permissions", by: anna, note: "People.ReadWrite was not offered" },
      ]),
    );
    expect(await screen.findByText("Step marked as done. 7 of 15 done.")).toBeInTheDocument();
  });

  test("stays on the step and puts the focus on “Next step”", async () => {
    const user = await openSetup(halfway());
    await user.click(bar().getByRole("checkbox"));
    await user.click(bar().getByRole("button", { name: "Mark as done" }));
    const next = await bar().findByRole("button", { name: "Next step: Administrative consent" });
    await waitFor(() => expect(next).toHaveFocus());
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("API permissions");
    await user.click(next);
    expect(screen.getByRole("heading", { level: 1, name: "Administrative consent" })).toHaveFocus();
  });

  test("does nothing but explain itself while the sentence is not ticked", async () => {
    const setup = halfway();
    const user = await openSetup(setup);
    await user.click(bar().getByRole("button", { name: "Mark as done" }));
    expect(bar().getByRole("alert")).toHaveTextContent("Tick the sentence first");
    expect(inputsOf(setup, "setups.confirm")).toEqual([]);
  });

  test("asks for a name when none is known, and offers it from then on", async () => {
    const setup = halfway();
    setup.person = "";
    const user = await openSetup(setup);
    await user.click(bar().getByRole("checkbox"));
    await user.click(bar().getByRole("button", { name: "Mark as done" }));
    expect(bar().getByRole("alert")).toHaveTextContent("Enter your name");
    await user.type(bar().getByRole("textbox", { name: /^Your name/ }), "Carla{Enter}");
    await waitFor(() => expect(inputsOf(setup, "app.saveSettings")).toEqual([{ person: "Carla" }]));
    expect(inputsOf(setup, "setups.confirm")).toMatchObject([{ by: "Carla" }]);
    await user.click(bar().getByRole("button", { name: /^Next step/ }));
    await user.click(bar().getByRole("checkbox"));
    expect(bar().getByRole("textbox", { name: /^Your name/ })).toHaveValue("Carla");
  });

  test("is refused with the reasons while something is missing, and the button says so", async () => {
    const setup = halfway();
    setup.document.position = "upload-certificate";
    const user = await openSetup(setup);
    const button = bar().getByRole("button", { name: "Mark as done" });
    expect(button).toHaveAttribute("aria-disabled", "true");
    expect(button).toHaveAccessibleDescription("Can’t be marked as done yet: 1 point is open.");
    expect(bar().queryByRole("checkbox")).toBeNull();
    await user.click(bar().getByRole("button", { name: "“Thumbprint shown in the portal” is still empty" }));
    expect(screen.getByRole("textbox", { name: /^Thumbprint shown in the portal/ })).toHaveFocus();
    await user.click(button);
    expect(inputsOf(setup, "setups.confirm")).toEqual([]);
  });

  test("can be undone and confirmed again", async () => {
    const setup = halfway();
    setup.document.position = "single-tenant";
    const user = await openSetup(setup);
    expect(bar().getByText(`Confirmed by ${anna}, 09:54`)).toBeVisible();
    await user.click(bar().getByRole("button", { name: "More for this step" }));
    await user.click(screen.getByRole("menuitem", { name: "Confirm again" }));
    await user.click(bar().getByRole("checkbox"));
    await user.click(bar().getByRole("button", { name: "Confirm again" }));
    expect(await bar().findByText(`Confirmed by ${anna}, 10:12`)).toBeVisible();
    await user.click(bar().getByRole("button", { name: "Undo" }));
    await waitFor(() =>
      expect(inputsOf(setup, "setups.withdraw")).toEqual([{ setupId, step: "single-tenant" }]),
    );
    await waitFor(() => expect(screen.getByRole("heading", { level: 1 })).toHaveFocus());
    expect(await bar().findByRole("button", { name: "Mark as done" })).toBeVisible();
  });
});

describe("a confirmation that no longer fits", () => {
  test("says what has changed, and can be taken back or confirmed again", async () => {
    const setup = halfway();
    setup.document.position = "create-application";
    setup.document.fields.applicationName = "Another name";
    const user = await openSetup(setup);
    expect(screen.getByRole("main")).toHaveTextContent(
      "“Name of the application” has changed since this was confirmed: it was “IAM.cloud Exchange Online”",
    );
    expect(bar().getByRole("button", { name: "Confirm again" })).toBeVisible();
    await user.click(screen.getByRole("button", { name: "More for this step" }));
    await user.click(screen.getByRole("menuitem", { name: "Undo" }));
    expect(await bar().findByRole("button", { name: "Mark as done" })).toBeVisible();
  });
});

describe("saying something else about a step", () => {
  test("waits for a named person and stops again", async () => {
    const setup = halfway();
    const user = await openSetup(setup);
    await user.click(screen.getByRole("button", { name: "More for this step" }));
    await user.click(screen.getByRole("menuitem", { name: "Waiting for someone…" }));
    const dialog = within(screen.getByRole("dialog", { name: "Who are you waiting for?" }));
    await user.click(dialog.getByRole("button", { name: "Mark as waiting" }));
    expect(inputsOf(setup, "setups.startWaiting")).toEqual([]);
    await user.type(dialog.getByRole("textbox", { name: /^Person or role/ }), "Bert Braun");
    await user.click(dialog.getByRole("button", { name: "Mark as waiting" }));
    const page = within(screen.getByRole("main"));
    expect(await page.findByText("Waiting for Bert Braun since 10:12")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Stop waiting" }));
    await waitFor(() => expect(page.queryByText(/^Waiting for Bert Braun since/)).toBeNull());
  });

  test("nobody is waited for while the step is locked", async () => {
    const setup = halfway();
    setup.document.position = "admin-consent";
    const user = await openSetup(setup);
    expect(screen.getByRole("main")).toHaveTextContent("Can’t start yet. This is missing:");
    await user.click(screen.getByRole("button", { name: "More for this step" }));
    expect(screen.getByRole("menuitem", { name: "Not applicable, because…" })).toBeVisible();
    expect(screen.queryByRole("menuitem", { name: "Waiting for someone…" })).toBeNull();
  });

  test("is not applicable only with a reason, and applies again on request", async () => {
    const setup = halfway();
    const user = await openSetup(setup);
    await user.click(screen.getByRole("button", { name: "More for this step" }));
    await user.click(screen.getByRole("menuitem", { name: "Not applicable, because…" }));
    const dialog = within(screen.getByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "Mark as not applicable" }));
    expect(dialog.getByText("Enter the reason.")).toBeVisible();
    await user.type(dialog.getByRole("textbox", { name: /^Reason/ }), "IPG does it");
    await user.click(dialog.getByRole("button", { name: "Mark as not applicable" }));
    expect(
      await screen.findByRole("button", { name: /^API permissions,\s?Not applicable: IPG does it$/ }),
    ).toBeVisible();
    expect(inputsOf(setup, "setups.markNotApplicable")).toEqual([
      { setupId, step: "api-permissions", by: anna, reason: "IPG does it" },
    ]);
    await user.click(screen.getByRole("button", { name: "It does apply" }));
    expect(await screen.findByRole("button", { name: /^API permissions,\s?Not started$/ })).toBeVisible();
  });
});

describe("the evidence of a step", () => {
  test("keeps what was withdrawn, struck through, beside what counts", async () => {
    const setup = halfway();
    setup.document.position = "application-ids";
    setup.document = intents.withdraw(setup.document, "application-ids", now);
    setup.document = intents.confirm(
      setup.document,
      "application-ids",
      "Bert Braun",
      "with Carla",
      setup.observations,
    );
    const user = await openSetup(setup);
    await user.click(screen.getByRole("tab", { name: "Evidence" }));
    const items = within(screen.getByRole("list", { name: "Evidence of this step" })).getAllByRole(
      "listitem",
    );
    expect(items).toHaveLength(2);
    expect(items[0]).toHaveTextContent(/Bert Braun, 24 Nov 2026, 10:12.*with Carla/);
    expect(within(items[1]!).getByRole("deletion")).toHaveTextContent(anna);
    expect(items[1]).toHaveTextContent("Withdrawn 24 Nov 2026, 10:12");
  });

  test("says what comes there when there is none", async () => {
    const user = await openSetup(halfway());
    await user.click(screen.getByRole("tab", { name: "Evidence" }));
    expect(screen.getByRole("heading", { name: "No evidence yet" })).toBeVisible();
  });
});
