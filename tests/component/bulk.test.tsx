import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { App } from "../../renderer/app.tsx";
import { batchFolder, batchId, listPassword } from "./fake-bulk.ts";
import type { FakeApi } from "./fake-api.ts";
import { createFakeApi } from "./fake-api.ts";
import type { FakeOptions } from "./fake-state.ts";
import { settings } from "./fake-state.ts";

const good = "Name;DNS name\nContoso;contoso.org\nFabrikam;fabrikam.example";
const user = userEvent;

async function start(list = good, options: FakeOptions = {}): Promise<FakeApi> {
  const fake = createFakeApi(options);
  fake.state.bulk.list = list;
  window.rollout = fake.api;
  render(<App />);
  await screen.findByRole("heading", { level: 1 });
  fake.emit("command", { name: "prepare-many" });
  await screen.findByRole("heading", { level: 1, name: /Prepare many|Viele Zertifikate/ });
  return fake;
}

const button = (name: string | RegExp) => screen.getByRole("button", { name });
const press = async (name: string | RegExp) => user.click(await screen.findByRole("button", { name }));
const inputOf = (fake: FakeApi, name: string) => fake.calls.findLast((call) => call.name === name)?.input;
const row = (name: string) => screen.findByRole("row", { name });

describe("preparing many certificates", () => {
  it("leads by keyboard alone from the list to the finished pairs and their passwords", async () => {
    const fake = await start();
    const reach = async (name: RegExp) => {
      for (let step = 0; step < 60; step += 1) {
        if (document.activeElement?.matches("button") && name.test(accessibleName(document.activeElement)))
          return;
        await user.tab();
      }
      throw new Error(`${String(name)} is not reached by Tab`);
    };
    await reach(/^Choose list/);
    await user.keyboard("{Enter}");
    expect(await row("Contoso")).toHaveTextContent("contoso.org");
    expect(screen.getByRole("heading", { level: 1 })).toHaveFocus();
    await reach(/^Choose folder/);
    await user.keyboard("{Enter}");
    expect(await screen.findByText(batchFolder)).toBeVisible();
    await reach(/^Make 2 pairs/);
    await user.keyboard("{Enter}");
    expect(await screen.findByText("All 2 pairs are ready")).toBeVisible();
    expect(inputOf(fake, "bulk.start")).toMatchObject({
      batchId,
      choices: { keySize: 3072, profile: "strong", passwords: "vault", setups: true, cloud: "global" },
    });
    expect(await row("Fabrikam")).toHaveTextContent("Made and opened");
    await press("Copy PFX password of Fabrikam");
    expect(inputOf(fake, "bulk.copyPassword")).toEqual({ batchId, row: 3 });
    await press("Show in folder");
    expect(inputOf(fake, "bulk.show")).toEqual({ batchId, what: "folder" });
  });

  it("tells every problem at its row, these first, and makes nothing before they are mended", async () => {
    const fake = await start("Name;DNS name\nContoso;contoso.org\n;b.example\nCONTOSO;no host");
    await press("Choose list…");
    expect(await screen.findByText("2 rows have a problem")).toBeVisible();
    const [first, second] = within(screen.getByRole("grid")).getAllByRole("row");
    expect(first).toHaveTextContent("Row 3");
    expect(first).toHaveTextContent("The name is missing");
    expect(second).toHaveTextContent("Differs from row 2 only in upper and lower case");
    expect(second).toHaveTextContent("This is no DNS name");
    await press("Choose folder…");
    const begin = button("Make 3 pairs");
    expect(begin).toHaveAttribute("aria-disabled", "true");
    expect(begin).toHaveAccessibleDescription("Some rows have a problem.");
    await user.click(begin);
    expect(fake.calls.some(({ name }) => name === "bulk.start")).toBe(false);
  });

  it("names a file that came in the way at the last moment, and tells it at its row", async () => {
    const fake = await start();
    fake.state.bulk.arrived = { number: 3, file: "Fabrikam.pfx" };
    await press("Choose list…");
    await press("Choose folder…");
    await press("Make 2 pairs");
    expect(await screen.findByText("A file with this name exists already")).toBeVisible();
    expect(await screen.findByText("1 row has a problem")).toBeVisible();
    expect(await row("Fabrikam")).toHaveTextContent("Fabrikam.pfx is in the folder already");
    expect(button("Make 2 pairs")).toHaveAttribute("aria-disabled", "true");
  });

  it("says why a file is no list", async () => {
    await start("just;text\n1;2");
    await press("Choose list…");
    expect(await screen.findByText("The columns “Name” and “DNS name” are missing")).toBeVisible();
    expect(button("Choose list…")).toBeEnabled();
  });

  it("with a sealed list begins only after its password was stored; it is shown on request alone", async () => {
    const fake = await start();
    await press("Choose list…");
    await press("Choose folder…");
    await user.click(await screen.findByText("In a sealed list"));
    expect(button("Make 2 pairs")).toHaveAccessibleDescription("Store the password of the list first.");
    expect(document.body.textContent).not.toContain(listPassword);
    await user.click(within(screen.getByRole("group", { name: "Password of the list" })).getByText("Show"));
    expect(await screen.findByText(listPassword)).toBeVisible();
    await user.click(screen.getByText("I have stored this password"));
    await press("Make 2 pairs");
    expect(await screen.findByText("All 2 pairs are ready")).toBeVisible();
    expect(inputOf(fake, "bulk.start")).toMatchObject({ choices: { passwords: "list" } });
    await press("Show password list");
    expect(inputOf(fake, "bulk.show")).toEqual({ batchId, what: "list" });
  });

  it("keeps passwords in the vault only with setups and with a keychain, and says why", async () => {
    await start();
    await press("Choose list…");
    expect(await screen.findByRole("radio", { name: "In the vault" })).toBeChecked();
    await user.click(screen.getByText("Add a setup for each of the 2 rows"));
    expect(screen.getByRole("radio", { name: "In the vault" })).toBeDisabled();
    expect(screen.getByRole("radio", { name: "In a sealed list" })).toBeChecked();
    expect(screen.getByText(/^The vault keeps passwords with a setup/)).toBeVisible();
  });

  it("without a keychain offers only the sealed list", async () => {
    await start(good, { info: { vault: { kind: "session-only", detail: "" } } });
    await press("Choose list…");
    expect(await screen.findByRole("radio", { name: "In the vault" })).toBeDisabled();
    expect(screen.getByText(/^Without a keychain the vault would forget/)).toBeVisible();
  });

  it("begins with the cloud that the settings name for new setups", async () => {
    const fake = await start(good, { info: { settings: { ...settings, cloud: "gcc-high" } } });
    await press("Choose list…");
    await press("Choose folder…");
    await press("Make 2 pairs");
    expect(await screen.findByText("All 2 pairs are ready")).toBeVisible();
    expect(inputOf(fake, "bulk.start")).toMatchObject({ choices: { cloud: "gcc-high" } });
  });

  it("shows progress row by row, can be cancelled, and goes on while another screen is open", async () => {
    const fake = await start();
    let release = (): void => undefined;
    fake.state.bulk.gate = new Promise((resolve) => (release = resolve));
    await press("Choose list…");
    await press("Choose folder…");
    await press("Make 2 pairs");
    expect(await screen.findByRole("progressbar", { name: "1 of 2 finished" })).toHaveAttribute(
      "aria-valuenow",
      "50",
    );
    expect(await row("Contoso")).toHaveTextContent("Made and opened");
    expect(await row("Fabrikam")).toHaveTextContent("Waiting");
    await press("Cancel");
    expect(inputOf(fake, "bulk.cancel")).toEqual({ batchId });
    await press("Setups: back to the list");
    fake.emit("command", { name: "prepare-many" });
    expect(await screen.findByRole("progressbar")).toBeVisible();
    release();
    expect(await screen.findByText("All 2 pairs are ready")).toBeVisible();
  });

  it("canceled before its first pair is finished was stopped, and is no earlier batch", async () => {
    const fake = await start();
    fake.state.bulk.canceled = true;
    await press("Choose list…");
    await press("Choose folder…");
    await press("Make 2 pairs");
    expect(await screen.findByText("Stopped: 0 of 2 pairs are ready")).toBeVisible();
    expect(screen.queryByText("An earlier batch")).toBeNull();
    fake.state.bulk.canceled = false;
    await press("Continue");
    expect(await screen.findByText("All 2 pairs are ready")).toBeVisible();
  });

  it("opened from its folder is an earlier batch until it has run", async () => {
    await start();
    await press("Open earlier batch…");
    expect(await screen.findByText("An earlier batch")).toBeVisible();
    await press("Check and continue");
    expect(await screen.findByText("The pair is ready")).toBeVisible();
  });

  it("names the rows that failed and continues when the reason is mended", async () => {
    const fake = await start();
    fake.state.bulk.failing = [3];
    await press("Choose list…");
    await press("Choose folder…");
    await press("Make 2 pairs");
    expect(await screen.findByText("1 of 2 rows could not be made")).toBeVisible();
    expect(await row("Fabrikam")).toHaveTextContent(/Not made: The disk is full/);
    expect(screen.queryByRole("button", { name: "Copy PFX password of Fabrikam" })).toBeNull();
    fake.state.bulk.failing = [];
    await press("Continue");
    expect(await screen.findByText("All 2 pairs are ready")).toBeVisible();
  });

  it("finds an earlier batch in the chosen folder and asks for the password of its list", async () => {
    const fake = await start();
    Object.assign(fake.state.bulk, { holdsBatch: true, sealed: true });
    await press("Choose list…");
    await press("Choose folder…");
    expect(await screen.findByText("An earlier batch began in this folder")).toBeVisible();
    await press("Continue this batch");
    const field = await screen.findByLabelText("Password of the list");
    await press("Check and continue");
    expect(fake.calls.some(({ name }) => name === "bulk.resume")).toBe(false);
    await user.click(field);
    await user.paste("wrong");
    await user.keyboard("{Enter}");
    expect(await screen.findByText("The password doesn’t open this file")).toBeVisible();
    // What was typed is still there to be corrected, and the focus too.
    expect(field).toHaveFocus();
    expect(field).toHaveValue("wrong");
    await user.clear(field);
    await user.paste(listPassword);
    await user.keyboard("{Enter}");
    expect(await screen.findByText("The pair is ready")).toBeVisible();
    await press("Prepare another list");
    expect(await screen.findByRole("button", { name: "Choose list…" })).toBeVisible();
    await waitFor(() => expect(inputOf(fake, "bulk.close")).toEqual({ batchId }));
  });

  it("is German in German", async () => {
    await start("Einrichtung;DNS-Name\nKontoso;", { info: { language: "de", locale: "de-DE" } });
    await press("Liste wählen …");
    expect(await screen.findByText("1 Zeile hat ein Problem")).toBeVisible();
    expect(await row("Kontoso")).toHaveTextContent("Der DNS-Name fehlt");
  });
});

function accessibleName(element: Element): string {
  return element.getAttribute("aria-label") ?? element.textContent ?? "";
}
