import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { lightOn } from "../../main/exchange/causes.ts";
import { triedValues } from "../../main/exchange/record.ts";
import { confirmExchanged, startRotation } from "../../main/rollout/rotation-intents.ts";
import type { SetupDocument } from "../../main/setups/document.ts";
import * as intents from "../../main/setups/intents.ts";
import { navigate } from "../../renderer/store/route.ts";
import { savedCertificate } from "./certificate-samples.ts";
import { inputsOf, openSetup } from "./checklist-support.tsx";
import type { SetupInMemory } from "./setup-in-memory.ts";
import { anna, now, ready, setupId } from "./setup-in-memory.ts";
import { planView, read } from "./tenant-samples.ts";
import { expectAccessible } from "./tenant-screen.tsx";

const newSha1 = "AB".repeat(20);
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

/** A setup that was connected and closed. */
function connected(): SetupInMemory {
  const setup = ready();
  const at = later(-90).toISOString();
  setup.document.evidence = setup.document.evidence.map((one) => ({ ...one, at }));
  const rolledOut = intents.recordRollout(
    setup.document,
    { result: "connected", text: "", by: anna },
    { ...setup.observations, now: later(-60) },
  );
  setup.document = intents.close(rolledOut, later(-60));
  setup.person = anna;
  return setup;
}

const start = (setup: SetupInMemory) => {
  setup.document = startRotation(setup.document, anna, later(-30));
};

function withNewPair(setup: SetupInMemory): void {
  const record = savedCertificate();
  const facts = { ...record.facts, sha1: newSha1, sha256: "8".repeat(64) };
  setup.document = intents.addEvidence(
    { ...setup.document, certificate: { ...record, facts } },
    "certificate",
    { basis: "verified", at: later(-25), by: "", note: "", facts: { certificate: newSha1 } },
  );
}

/** The new key stands beside the old one and the dry run is green. */
function proven(setup: SetupInMemory): void {
  setup.document.fields.uploadedThumbprint = newSha1;
  setup.document = intents.confirm(setup.document, "upload-certificate", anna, "", {
    ...setup.observations,
    now: later(-20),
  });
  const at = later(-15).toISOString();
  const dryRun: SetupDocument["dryRun"] = {
    tried: triedValues(setup.document)!,
    startedAt: at,
    at,
    attempts: 1,
    lights: [lightOn("certificate"), lightOn("rights"), lightOn("exchange")],
    organization: null,
    details: {},
    waiting: null,
    gaveUp: false,
  };
  setup.document = { ...setup.document, dryRun };
}

function rolledOutAnew(setup: SetupInMemory): void {
  const observations = { ...setup.observations, now: later(-10) };
  setup.document = confirmExchanged(setup.document, anna, "", observations);
  setup.document = intents.recordRollout(
    setup.document,
    { result: "connected", text: "", by: anna },
    { ...observations, now: later(-5) },
  );
}

async function openRotation(setup: SetupInMemory) {
  const user = await openSetup(setup);
  act(() => navigate({ screen: "rotation", setupId }));
  const name = setup.language === "de" ? "Zertifikat austauschen" : "Exchange the certificate";
  await screen.findByRole("heading", { level: 1, name });
  return user;
}

const current = () => within(document.querySelector<HTMLElement>("li[aria-current='step']")!);

describe("exchanging the certificate", () => {
  test("begins from the closed setup, says what it does, and then asks for the new certificate", async () => {
    const setup = connected();
    const user = await openSetup(setup);
    await user.click(screen.getByRole("button", { name: "Exchange certificate…" }));
    expect(await screen.findByText(/Nothing changes in Entra or in the portal yet/)).toBeVisible();
    expect(screen.getByLabelText(/^Your name/)).toHaveValue(anna);
    await user.click(screen.getByRole("button", { name: "Start the exchange" }));
    expect(inputsOf(setup, "rotation.start")).toEqual([{ setupId, by: anna }]);
    expect(await screen.findByText("0 of 6 done")).toBeVisible();
    expect(current().getByRole("heading")).toHaveTextContent("1. Make the new certificate");
    await expectAccessible();
    await user.click(current().getByRole("button", { name: "Go to step 9" }));
    expect(await screen.findByText("The certificate is being exchanged")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Open the exchange" }));
    expect(await screen.findByText("0 of 6 done")).toBeVisible();
  });

  test("is not begun without a name, nor before Rollout", async () => {
    const setup = connected();
    setup.person = "";
    const user = await openRotation(setup);
    await user.click(screen.getByRole("button", { name: "Start the exchange" }));
    expect(screen.getByText("Enter your name: it goes into the record.")).toBeVisible();
    expect(inputsOf(setup, "rotation.start")).toEqual([]);
  });

  test("before Rollout it says that the certificate is simply replaced", async () => {
    const setup = ready();
    await openRotation(setup);
    expect(screen.getAllByText(/Before Rollout, replace the certificate in step 9/)[0]).toBeVisible();
    expect(screen.getByRole("button", { name: "Start the exchange" })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
  });

  test("shows what comes first, and one main action at a time", async () => {
    const setup = connected();
    start(setup);
    withNewPair(setup);
    const user = await openRotation(setup);
    expect(screen.getByText("1 of 6 done")).toBeVisible();
    expect(screen.getByText("Comes after “Exchange it in the portal”")).toBeVisible();
    expect(current().getByRole("button", { name: "Go to step 10" })).toBeVisible();
    await user.click(current().getByRole("button", { name: "Go to step 10" }));
    expect(await screen.findByText("The certificate is being exchanged")).toBeVisible();
  });

  test("takes the confirmation of the portal with a name, offering file and password", async () => {
    const setup = connected();
    start(setup);
    withNewPair(setup);
    proven(setup);
    const user = await openRotation(setup);
    await user.click(screen.getByRole("button", { name: "Confirm the exchange…" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByText("ConnectPFX")).toBeVisible();
    await expectAccessible();
    await user.click(dialog.getByRole("button", { name: "Saved in the portal" }));
    expect(inputsOf(setup, "rotation.confirmExchanged")).toEqual([{ setupId, by: anna, note: "" }]);
    expect(await screen.findByText("4 of 6 done")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Cancel the exchange…" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Withdraw the exchange…" }));
    await user.click(await screen.findByRole("button", { name: "Withdraw" }));
    expect(await screen.findByText("3 of 6 done")).toBeVisible();
  });

  test("says in the confirmation that the password isn't on this computer, instead of copying it", async () => {
    const setup = connected();
    start(setup);
    withNewPair(setup);
    proven(setup);
    setup.observations = { ...setup.observations, password: "none" };
    const user = await openRotation(setup);
    await user.click(screen.getByRole("button", { name: "Confirm the exchange…" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByText("The password isn’t on this computer")).toBeVisible();
    expect(dialog.queryByRole("button", { name: "Copy ConnectPFXPassword" })).toBeNull();
  });

  test("lets the old key be removed by hand only with both thumbprints compared, and then finishes", async () => {
    const setup = connected();
    start(setup);
    withNewPair(setup);
    proven(setup);
    rolledOutAnew(setup);
    const user = await openRotation(setup);
    await user.click(screen.getByRole("button", { name: "Removed by hand…" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByText("Delete this one")).toBeVisible();
    expect(dialog.getByText("This one must stay")).toBeVisible();
    await user.click(dialog.getByRole("button", { name: "Confirm" }));
    expect(dialog.getByRole("alert")).toHaveTextContent("Tick the sentence first");
    expect(inputsOf(setup, "rotation.confirmRemoved")).toEqual([]);
    await user.click(dialog.getByRole("checkbox"));
    await user.click(dialog.getByRole("button", { name: "Confirm" }));
    expect(await screen.findByText("6 of 6 done")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Finish" }));
    expect(inputsOf(setup, "rotation.finish")).toEqual([{ setupId }]);
    await waitFor(() => expect(screen.getByRole("button", { name: "Start the exchange" })).toBeVisible());
  });

  test("canceling says what it does and gives the old certificate back", async () => {
    const setup = connected();
    start(setup);
    withNewPair(setup);
    const user = await openRotation(setup);
    await user.click(screen.getByRole("button", { name: "Cancel the exchange…" }));
    const dialog = within(await screen.findByRole("alertdialog"));
    expect(dialog.getByText(/If the new key was added in Entra, remove it there/)).toBeVisible();
    await user.click(dialog.getByRole("button", { name: "Cancel the exchange" }));
    expect(inputsOf(setup, "rotation.cancel")).toEqual([{ setupId }]);
    await waitFor(() => expect(setup.document.rotation).toBeNull());
  });

  test("offers the plans of the tenant to whom is signed in", async () => {
    const setup = connected();
    start(setup);
    withNewPair(setup);
    proven(setup);
    rolledOutAnew(setup);
    setup.tenant = read(planView(), { removal: planView() });
    await openRotation(setup);
    expect(current().getByRole("button", { name: "Show the plan" })).toBeVisible();
    expect(current().getByRole("button", { name: "Removed by hand…" })).toBeVisible();
  });

  test.each(["en", "de"] as const)("has words for every state, accessible (%s)", async (language) => {
    for (const prepare of [
      () => undefined,
      start,
      (setup: SetupInMemory) => (start(setup), withNewPair(setup)),
      (setup: SetupInMemory) => (start(setup), withNewPair(setup), proven(setup)),
      (setup: SetupInMemory) => (start(setup), withNewPair(setup), proven(setup), rolledOutAnew(setup)),
    ]) {
      cleanup();
      const setup = connected();
      setup.language = language;
      prepare(setup);
      await openRotation(setup);
      expect(document.body.textContent).not.toMatch(/rotation\.|\{\{|\$t\(/);
      await expectAccessible();
    }
  });
});
