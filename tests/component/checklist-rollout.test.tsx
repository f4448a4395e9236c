import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import * as intents from "../../main/setups/intents.ts";
import { inputsOf, openSetup } from "./checklist-support.tsx";
import type { SetupInMemory } from "./setup-in-memory.ts";
import { anna, fresh, halfway, now, ready, setupId } from "./setup-in-memory.ts";

const bar = () => within(screen.getByRole("region", { name: "Rollout" }));

function recorded(result: "connected" | "failed", text = ""): SetupInMemory {
  const setup = ready();
  setup.document = intents.recordRollout(setup.document, { result, text, by: anna }, setup.observations);
  return setup;
}

describe("the gate before Rollout", () => {
  test("lists what is missing, each line a link to where it is mended", async () => {
    const setup = halfway();
    setup.document.position = "rollout";
    const user = await openSetup(setup);
    const list = within(screen.getByRole("group", { name: "8 things are missing before Rollout" }));
    expect(list.getAllByRole("button").map((link) => link.textContent)).toEqual([
      "Step 7, “API permissions”: Not started",
      "Step 8, “Administrative consent”: Can’t start yet",
      "Step 9, “Certificate (PKCS #12)”: In progress",
      "Step 10, “Upload certificate”: Not started",
      "Step 11, “Exchange administrator role”: Not started",
      "Step 12, “Target systems: Setup”: In progress",
      "Step 13, “Target system instance”: Not started",
      "Step 14, “Technical attributes”: Not started",
    ]);
    await user.click(list.getByRole("button", { name: /^Step 11/ }));
    expect(screen.getByRole("heading", { level: 1, name: "Exchange administrator role" })).toHaveFocus();
  });

  test("leads to the field of a missing value", async () => {
    const setup = fresh();
    setup.document.position = "rollout";
    const user = await openSetup(setup);
    await user.click(screen.getByRole("button", { name: "TenantDisplay has no value yet" }));
    expect(await screen.findByRole("textbox", { name: "TenantDisplay" })).toHaveFocus();
  });

  test("keeps “Rollout” off while something is missing", async () => {
    const setup = halfway();
    setup.document.position = "rollout";
    const user = await openSetup(setup);
    const button = bar().getByRole("button", { name: "Rollout" });
    expect(button).toHaveAttribute("aria-disabled", "true");
    expect(button).toHaveAccessibleDescription("Not ready yet: 8 things are missing.");
    await user.click(button);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  test("opens when everything is in", async () => {
    await openSetup(ready());
    expect(screen.getByText("Everything is in and fits together")).toBeVisible();
    expect(bar().getByRole("button", { name: "Rollout" })).not.toHaveAttribute("aria-disabled");
  });

  test("opens with a reservation when the PFX asks for CNG, and leads to where that is mended", async () => {
    const setup = ready();
    setup.document.certificate!.keyProvider = "cng";
    const user = await openSetup(setup);
    expect(screen.getByText("Everything is in, with reservations")).toBeVisible();
    expect(screen.queryByText("Everything is in and fits together")).toBeNull();
    expect(bar().getByRole("button", { name: "Rollout" })).not.toHaveAttribute("aria-disabled");
    await user.click(screen.getByRole("button", { name: /asks for a CNG key store/ }));
    expect(screen.getByRole("heading", { level: 1, name: "Certificate (PKCS #12)" })).toBeVisible();
  });
});

describe("recording the result", () => {
  test("leads through the portal and records that it connected", async () => {
    const setup = ready();
    const user = await openSetup(setup);
    await user.click(bar().getByRole("button", { name: "Rollout" }));
    const dialog = within(screen.getByRole("dialog", { name: "Rollout in the IAM.cloud portal" }));
    await user.click(dialog.getByRole("button", { name: "Open the IAM.cloud portal" }));
    expect(inputsOf(setup, "setups.openLink")).toEqual([{ setupId, link: "iam-cloud-portal" }]);
    await user.click(dialog.getByRole("button", { name: "Record result" }));
    expect(dialog.getByRole("alert")).toHaveTextContent("Choose what the portal said.");
    await user.click(dialog.getByRole("radio", { name: "Connected" }));
    await user.click(dialog.getByRole("button", { name: "Record result" }));
    await waitFor(() =>
      expect(inputsOf(setup, "rollout.record")).toEqual([
        { setupId, result: "connected", text: "", by: anna },
      ]),
    );
    expect(await screen.findByText("Result recorded: connected. 15 of 15 done.")).toBeInTheDocument();
    expect(await bar().findByRole("button", { name: "Write handover folder…" })).toBeVisible();
  });

  test("asks for the error text when it failed", async () => {
    const setup = ready();
    const user = await openSetup(setup);
    await user.click(bar().getByRole("button", { name: "Rollout" }));
    const dialog = within(screen.getByRole("dialog"));
    await user.click(dialog.getByRole("radio", { name: "Failed" }));
    await user.click(dialog.getByRole("button", { name: "Record result" }));
    expect(inputsOf(setup, "rollout.record")).toEqual([]);
    await user.type(dialog.getByRole("textbox", { name: /^Error text/ }), "UnAuthorized");
    await user.click(dialog.getByRole("button", { name: "Record result" }));
    expect(await screen.findByText("The Rollout failed")).toBeVisible();
    expect(screen.getByText("UnAuthorized")).toBeVisible();
  });

  test("leads from a failure to the likely steps, and can be tried again", async () => {
    const user = await openSetup(recorded("failed", "UnAuthorized"));
    expect(bar().getByRole("button", { name: "Rollout again" })).toBeEnabled();
    const likely = within(screen.getByRole("group", { name: "Where the cause probably is" }));
    expect(likely.getAllByRole("listitem").map((item) => item.textContent)).toEqual([
      expect.stringMatching(/^Step 11: Exchange administrator role/),
      expect.stringMatching(/^Step 8: Administrative consent/),
    ]);
    await user.click(likely.getByRole("button", { name: "Step 8: Administrative consent" }));
    expect(screen.getByRole("heading", { level: 1, name: "Administrative consent" })).toHaveFocus();
  });

  test("leads back to the dry run when the portal's words say nothing", async () => {
    const user = await openSetup(recorded("failed", "Internal error 0x80004005"));
    const likely = within(screen.getByRole("group", { name: "Where the cause probably is" }));
    expect(likely.queryAllByRole("listitem")).toEqual([]);
    await user.click(likely.getByRole("button", { name: "Back to the dry run" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Dry run" })).toBeVisible();
  });

  test("can be withdrawn after asking", async () => {
    const setup = recorded("connected");
    const user = await openSetup(setup);
    await user.click(bar().getByRole("button", { name: "Withdraw this result" }));
    const question = within(screen.getByRole("alertdialog"));
    await user.click(question.getByRole("button", { name: "Withdraw this result" }));
    expect(await bar().findByRole("button", { name: "Rollout" })).toBeVisible();
    expect(inputsOf(setup, "rollout.withdraw")).toEqual([{ setupId }]);
  });
});

describe("the end of a setup", () => {
  test("writes the handover, then offers to close", async () => {
    const setup = recorded("connected");
    const user = await openSetup(setup);
    await user.click(bar().getByRole("button", { name: "Write handover folder…" }));
    await user.click(screen.getByRole("button", { name: "Choose folder…" }));
    expect(inputsOf(setup, "rollout.handover")).toEqual([{ setupId, languages: ["en"] }]);
    expect(await screen.findByText("/home/anna/Documents/Contoso AG handover")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Show in folder" }));
    expect(inputsOf(setup, "rollout.showHandover")).toEqual([{ setupId }]);
    await user.click(bar().getByRole("button", { name: "Close setup" }));
    expect(
      await screen.findByRole("heading", { name: "Microsoft 365 Exchange Online is connected" }),
    ).toBeVisible();
  });

  test("asks for the language of the reports, the app's own first, and tells when there is no PDF", async () => {
    const setup = recorded("connected");
    setup.printer = false;
    const user = await openSetup(setup);
    await user.click(bar().getByRole("button", { name: "Write handover folder…" }));
    const dialog = within(screen.getByRole("dialog", { name: "Handover" }));
    expect(dialog.getByRole("radio", { name: "English" })).toBeChecked();
    await user.click(dialog.getByRole("radio", { name: "Both" }));
    await user.click(dialog.getByRole("button", { name: "Choose folder…" }));
    expect(inputsOf(setup, "rollout.handover")).toEqual([{ setupId, languages: ["en", "de"] }]);
    expect(await screen.findByText("Written without PDF")).toBeVisible();
  });

  test("saves a report before Rollout, which is no handover", async () => {
    const setup = ready();
    const user = await openSetup(setup);
    await user.click(screen.getByRole("button", { name: "Save report…" }));
    await user.click(screen.getByRole("radio", { name: "Deutsch" }));
    await user.click(screen.getByRole("button", { name: "Choose folder…" }));
    expect(inputsOf(setup, "rollout.saveReport")).toEqual([{ setupId, languages: ["de"] }]);
    expect(await screen.findByText("Report written")).toBeVisible();
    expect(setup.document.rollout.handover).toBeNull();
  });

  test("sums up what was connected and can be opened again", async () => {
    const setup = recorded("connected");
    setup.document = intents.close(setup.document, now);
    const user = await openSetup(setup);
    expect(screen.getByText("valid until 23 Nov 2027, 364 days left")).toBeVisible();
    expect(screen.getByText("15 of 15 settled")).toBeVisible();
    await user.click(bar().getByRole("button", { name: "Open the setup again" }));
    expect(await bar().findByRole("button", { name: "Write handover folder…" })).toBeVisible();
  });

  test("speaks German", async () => {
    const setup = recorded("connected");
    setup.language = "de";
    setup.document = intents.close(setup.document, now);
    await openSetup(setup);
    expect(
      screen.getByRole("heading", { name: "Microsoft 365 Exchange Online ist verbunden" }),
    ).toBeVisible();
    expect(screen.getByText("gültig bis 23. Nov. 2027, noch 364 Tage")).toBeVisible();
  });
});
