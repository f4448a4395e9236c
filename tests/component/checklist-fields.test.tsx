import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { inputsOf, openSetup, refresh } from "./checklist-support.tsx";
import { sha1 } from "./certificate-samples.ts";
import { errorView } from "./fake-api.ts";
import { fakeIntervals } from "./fake-intervals.ts";
import type { SetupInMemory } from "./setup-in-memory.ts";
import { beforeCertificate, fresh, halfway, setupId } from "./setup-in-memory.ts";
import { runCommand } from "../../renderer/store/commands.ts";

const clientId = () => screen.getByRole("textbox", { name: /^Application ID/ });
const saved = "setups.setField";

describe("a value of the setup", () => {
  test("is saved as it is typed, once after a pause", async () => {
    const setup = fresh();
    setup.document.position = "create-application";
    const user = await openSetup(setup);
    await user.type(screen.getByRole("textbox", { name: /^Name of the application/ }), "Contoso Exchange");
    await waitFor(() =>
      expect(inputsOf(setup, saved).at(-1)).toEqual({
        setupId,
        field: "applicationName",
        value: "Contoso Exchange",
      }),
    );
    expect(setup.document.fields.applicationName).toBe("Contoso Exchange");
    expect(inputsOf(setup, saved).length).toBeLessThan(4);
  });

  test("is saved at once when the field is left", async () => {
    const setup = fresh();
    setup.document.position = "create-application";
    const user = await openSetup(setup);
    const field = screen.getByRole("textbox", { name: /^Name of the application/ });
    fireEvent.change(field, { target: { value: "A" } });
    await user.click(field);
    await user.tab();
    expect(inputsOf(setup, saved)).toEqual([{ setupId, field: "applicationName", value: "A" }]);
  });

  test("is saved when the step is left before the pause is over", async () => {
    const setup = fresh();
    setup.document.position = "create-application";
    const user = await openSetup(setup);
    fireEvent.change(screen.getByRole("textbox", { name: /^Name of the application/ }), {
      target: { value: "B" },
    });
    await user.click(screen.getByRole("button", { name: /^Single tenant/ }));
    expect(setup.document.fields.applicationName).toBe("B");
  });

  test("keeps every keystroke while a refreshed view arrives", async () => {
    const setup = halfway();
    setup.document.position = "application-ids";
    const user = await openSetup(setup);
    await user.clear(clientId());
    await user.type(clientId(), "abc");
    setup.document.fields.applicationId = "from elsewhere";
    await refresh();
    expect(clientId()).toHaveValue("abc");
    await user.type(clientId(), "def");
    expect(clientId()).toHaveValue("abcdef");
    await waitFor(() => expect(setup.document.fields.applicationId).toBe("abcdef"));
    await refresh();
    expect(clientId()).toHaveValue("abcdef");
  });

  test("takes over what arrives while nobody types", async () => {
    const setup = halfway();
    setup.document.position = "application-ids";
    await openSetup(setup);
    setup.document.fields.applicationId = "11111111-2222-4333-8444-555555555555";
    await refresh();
    expect(clientId()).toHaveValue("11111111-2222-4333-8444-555555555555");
  });

  test("fills both IDs from one pasted overview", async () => {
    const setup = fresh();
    setup.document.position = "application-ids";
    const user = await openSetup(setup);
    await user.click(clientId());
    await user.paste(
      "Application (client) ID : 1b4e28ba-2fa1-41d2-883f-0016d3cca427 Directory (tenant) ID : 7d444840-9dc0-41d1-b245-5ffdce74fad2",
    );
    await waitFor(() => expect(clientId()).toHaveValue("1b4e28ba-2fa1-41d2-883f-0016d3cca427"));
    expect(screen.getByRole("textbox", { name: /^Tenant ID/ })).toHaveValue(
      "7d444840-9dc0-41d1-b245-5ffdce74fad2",
    );
  });

  test("says at the field what is wrong with it", async () => {
    const setup = halfway();
    setup.document.position = "application-ids";
    setup.document.fields.applicationId = "contoso";
    await openSetup(setup);
    expect(clientId()).toBeInvalid();
    expect(clientId()).toHaveAccessibleDescription(/An ID has 36 characters.*This one has 7\./);
  });

  test.each([
    ["colons alone", ": :", false],
    ["the certificate's thumbprint", sha1, true],
  ])("is called the same thumbprint only when one was compared: %s", async (_what, typed, same) => {
    const setup = halfway();
    setup.document.position = "upload-certificate";
    setup.document.fields.uploadedThumbprint = typed;
    await openSetup(setup);
    expect(screen.getByRole("textbox", { name: /^Thumbprint/ })).toHaveValue(typed);
    expect(screen.queryAllByText("Same as the certificate of step 9.")).toHaveLength(same ? 1 : 0);
  });

  test("stays in the field when it could not be saved, says why, and can be saved again", async () => {
    const setup = fresh();
    setup.document.position = "create-application";
    setup.main.fail(saved, errorView("disk-full"));
    const user = await openSetup(setup);
    const field = screen.getByRole("textbox", { name: /^Name of the application/ });
    await user.type(field, "Kept");
    await user.tab();
    const again = await screen.findByRole("button", { name: "Save again" });
    expect(field).toHaveValue("Kept");
    expect(field).toHaveAccessibleDescription(/Not saved yet:.*Your text is still here\./);
    setup.main.fail(saved, null);
    await user.click(again);
    await waitFor(() => expect(setup.document.fields.applicationName).toBe("Kept"));
    expect(screen.queryByRole("button", { name: "Save again" })).toBeNull();
  });
});

describe("“Copy value”", () => {
  const copied = (setup: SetupInMemory) => inputsOf(setup, "app.copyText");

  test("copies what is typed, or the suggestion that is used instead", async () => {
    const setup = fresh();
    setup.document.position = "create-application";
    const user = await openSetup(setup);
    const field = screen.getByRole("textbox", { name: /^Name of the application/ });
    await user.click(field);
    act(() => void runCommand("copy-value"));
    expect(copied(setup)).toEqual([{ text: "IAM.cloud Exchange Online" }]);
    await user.type(field, "Contoso Exchange");
    act(() => void runCommand("copy-value"));
    expect(copied(setup)).toHaveLength(2);
    expect(copied(setup)[1]).toEqual({ text: "Contoso Exchange" });
  });

  test("copies nothing from a field that only shows an example", async () => {
    const setup = fresh();
    setup.document.position = "application-ids";
    const user = await openSetup(setup);
    await user.click(clientId());
    expect(clientId()).not.toHaveAttribute("placeholder", "");
    act(() => void runCommand("copy-value"));
    expect(copied(setup)).toEqual([]);
  });
});

describe("the technical attributes", () => {
  test("stand in the documentation's order under its names", async () => {
    const setup = halfway();
    setup.document.position = "technical-attributes";
    await openSetup(setup);
    const form = screen.getByRole("group", {
      name: "The eight technical attributes, in the order of the form",
    });
    const names = within(form)
      .getAllByRole("listitem")
      .map((item) => item.querySelector("code")?.textContent);
    expect(names).toEqual([
      "ShellDisplay",
      "ShellDescription",
      "ConnectAppID",
      "ConnectPFX",
      "ConnectPFXPassword",
      "TenantDisplay",
      "TenantID",
      "OrganizationDisplayName",
    ]);
  });

  test("copies the password without showing it and says when the clipboard is cleared", async () => {
    const setup = halfway();
    setup.document.position = "technical-attributes";
    const user = await openSetup(setup);
    expect(screen.getByText("24 characters, concealed")).toBeVisible();
    const row = screen.getByText("ConnectPFXPassword").closest("li") ?? document.body;
    fakeIntervals();
    await user.click(screen.getByRole("button", { name: "Copy ConnectPFXPassword" }));
    expect(await screen.findByText("Clipboard is cleared in 30 seconds")).toBeVisible();
    expect(inputsOf(setup, "setups.copyAttribute")).toEqual([{ setupId, attribute: "ConnectPFXPassword" }]);
    act(() => void vi.advanceTimersByTime(29_000));
    expect(screen.getByText("Clipboard is cleared in 1 second")).toBeVisible();
    act(() => void vi.advanceTimersByTime(1_000));
    expect(row).not.toHaveTextContent("Clipboard is cleared");
  });

  test.each([
    ["none", true, "Missing", "The password isn’t on this computer"],
    ["none", false, "Missing", "No password yet"],
    ["unreadable", true, "Problem", "The password can’t be read from the vault now"],
  ] as const)(
    "offer no password to copy that isn't at hand, and say so: %s, PFX saved: %s",
    async (password, exported, badge, text) => {
      const setup = halfway();
      setup.document.position = "technical-attributes";
      if (!exported && setup.document.certificate) setup.document.certificate.pfx = null;
      setup.observations = { ...setup.observations, password };
      await openSetup(setup);
      const row = screen.getByText("ConnectPFXPassword").closest("li") ?? document.body;
      expect(within(row).getByText(text)).toBeVisible();
      expect(within(row).getByText(badge)).toBeVisible();
      expect(within(row).queryByRole("button", { name: "Copy ConnectPFXPassword" })).toBeNull();
      expect(screen.getByText(exported ? "7 of 8 ready" : "6 of 8 ready")).toBeVisible();
    },
  );

  test("say of a dropped PFX that its place is unknown, not that it isn't saved", async () => {
    const setup = halfway();
    setup.document.position = "technical-attributes";
    setup.document.certificate!.exports = [];
    setup.document.certificate!.pfx!.path = null;
    await openSetup(setup);
    const row = screen.getByText("ConnectPFX").closest("li") ?? document.body;
    expect(within(row).getByText("The app doesn’t know where the PFX lies")).toBeVisible();
    expect(within(row).queryByText("PFX not saved yet")).toBeNull();
    expect(within(row).queryByRole("button", { name: "Show in folder" })).toBeNull();
  });

  test("say of a PFX that asks for CNG what may go wrong, though it is ready", async () => {
    const setup = halfway();
    setup.document.position = "technical-attributes";
    setup.document.certificate!.keyProvider = "cng";
    await openSetup(setup);
    const row = screen.getByText("ConnectPFX").closest("li") ?? document.body;
    expect(within(row).getByText("With reservations")).toBeVisible();
    expect(within(row).getByText(/asks for a CNG key store.*“Export PFX…” in step 9/)).toBeVisible();
    expect(screen.getByText("8 of 8 ready")).toBeVisible();
  });

  test("saves the PFX in the profile in which it was saved last", async () => {
    const setup = halfway();
    setup.document.position = "technical-attributes";
    setup.document.certificate!.pfx!.profile = "older-windows";
    const user = await openSetup(setup);
    await user.click(screen.getByRole("button", { name: "Save PFX…" }));
    expect(inputsOf(setup, "certificates.exportPfx")).toMatchObject([{ setupId, profile: "older-windows" }]);
  });

  test("saves the first PFX with the protection that was chosen when the certificate was created", async () => {
    const setup = beforeCertificate();
    setup.document.position = "certificate";
    const user = await openSetup(setup);
    await user.click(screen.getByRole("radio", { name: "Older Windows" }));
    await user.click(screen.getByRole("button", { name: "Create certificate" }));
    await screen.findByText("Fits this job");
    await user.click(screen.getByRole("button", { name: /^Technical attributes/ }));
    await user.click(await screen.findByRole("button", { name: "Save PFX…" }));
    expect(inputsOf(setup, "certificates.exportPfx")).toMatchObject([{ setupId, profile: "older-windows" }]);
  });

  test("offer nothing to copy while a value is missing, and lead to its step", async () => {
    const setup = fresh();
    setup.document.position = "technical-attributes";
    const user = await openSetup(setup);
    expect(screen.queryByRole("button", { name: "Copy ConnectAppID" })).toBeNull();
    await user.click(
      screen.getAllByRole("button", { name: "From step 6: Application ID and tenant ID" })[0]!,
    );
    expect(await screen.findByRole("textbox", { name: /^Application ID/ })).toHaveFocus();
  });
});

describe("the API permissions", () => {
  test("are the documentation's ten rows in four groups, each with what is copied", async () => {
    await openSetup(halfway());
    const table = screen.getByRole("table", { name: "The ten permissions of the documentation" });
    expect(
      within(table)
        .getAllByRole("rowheader")
        .filter((cell) => cell.getAttribute("scope") === "row"),
    ).toHaveLength(10);
    expect(within(table).getByText("Office 365 Exchange Online · application")).toBeVisible();
    expect(within(table).getByText("dc50a0fb-09a3-484d-be87-e023b12c6440")).toBeVisible();
    expect(within(table).getByRole("button", { name: "Copy Exchange.ManageAsApp" })).toBeVisible();
    expect(within(table).getByRole("button", { name: "Copy GUID of Exchange.ManageAsApp" })).toBeVisible();
  });

  test("can be ticked off as a reading aid, which outlives the page and confirms nothing", async () => {
    const setup = halfway();
    const user = await openSetup(setup);
    await user.click(screen.getByRole("checkbox", { name: /^openid \(Microsoft Graph · delegated\)/ }));
    expect(screen.getByText("1 of 10 entered")).toBeVisible();
    await user.click(screen.getByRole("button", { name: /^Single tenant/ }));
    await user.click(screen.getByRole("button", { name: /^API permissions,\s?Not started/ }));
    expect(screen.getByText("1 of 10 entered")).toBeVisible();
    expect(inputsOf(setup, "setups.confirm")).toEqual([]);
  });
});
