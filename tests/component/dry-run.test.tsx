import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Attempted } from "../../main/exchange/attempt.ts";
import { lightOff, lightOn, meanings } from "../../main/exchange/causes.ts";
import type { Light } from "../../main/exchange/causes.ts";
import { afterAttempt, triedValues } from "../../main/exchange/record.ts";
import type { SetupDocument } from "../../main/setups/document.ts";
import { dryRunCauses } from "../../preload/model/exchange.ts";
import { navigate } from "../../renderer/store/route.ts";
import { inputsOf, openSetup, refresh } from "./checklist-support.tsx";
import type { SetupInMemory } from "./setup-in-memory.ts";
import { fresh, now, ready, setupId } from "./setup-in-memory.ts";

afterEach(() => {
  vi.useRealTimers();
});

type Change = Partial<NonNullable<SetupDocument["dryRun"]>>;

/** What main writes down after an attempt with these lights. */
function record(
  setup: SetupInMemory,
  lights: Light[],
  attempted: Partial<Attempted> = {},
  change: Change = {},
) {
  const tried = triedValues(setup.document)!;
  const outcome: Attempted = { lights, organization: null, details: {}, ...attempted };
  const facts = { tried, startedAt: now, attempts: 1, now };
  return { ...afterAttempt(setup.document, outcome, facts), ...change };
}

const on = () => [lightOn("certificate"), lightOn("rights"), lightOn("exchange")];
const waiting = (setup: SetupInMemory) =>
  record(
    setup,
    [
      lightOn("certificate"),
      { ...lightOff("rights", "not-propagated", { at: now.toISOString() }), pending: "role" },
      lightOff("exchange", "exchange-needs-rights"),
    ],
    {},
    {
      waiting: {
        nextAt: new Date(now.getTime() + 75_000).toISOString(),
        giveUpAt: new Date(now.getTime() + 90 * 60_000).toISOString(),
      },
    },
  );

async function openDryRun(setup: SetupInMemory) {
  const user = await openSetup(setup);
  act(() => navigate({ screen: "dry-run", setupId }));
  await screen.findByRole("heading", { level: 1, name: setup.language === "de" ? "Probelauf" : "Dry run" });
  return user;
}

const light = (name: string) =>
  within(screen.getByRole("heading", { level: 3, name }).closest("li") as HTMLElement);
const questions = [
  "Microsoft Entra accepts this certificate",
  "The token carries the permission and the role",
  "Exchange Online answers",
];

describe("the dry run", () => {
  test("runs with the kept password and shows three lights with words and the organization", async () => {
    const setup = ready();
    const organization = { name: "contoso.onmicrosoft.com", displayName: "Contoso AG" };
    setup.nextDryRun = record(setup, on(), { organization });
    const user = await openDryRun(setup);
    for (const question of questions) expect(light(question).getByText("Not tried yet")).toBeVisible();
    expect(screen.getByText(/tests from this computer, not from the IAM.cloud Gateway/)).toBeVisible();
    expect(screen.queryByLabelText("PFX password")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Start dry run" }));
    for (const question of questions) expect(await light(question).findByText("Yes")).toBeVisible();
    expect(
      screen.getByText("Exchange answered. Organization: Contoso AG (contoso.onmicrosoft.com)"),
    ).toBeVisible();
    expect(inputsOf(setup, "dryRun.run")).toEqual([{ setupId }]);
    expect(screen.getByRole("button", { name: "Run again" })).toBeVisible();
    await waitFor(() =>
      expect(screen.getAllByRole("status").map((one) => one.textContent?.trim())).toContain(
        "Dry run: connected",
      ),
    );
  });

  test("asks for the password where it is not kept, and forgets it on the page", async () => {
    const setup = ready();
    setup.observations = { ...setup.observations, password: "none" };
    setup.nextDryRun = record(setup, [
      lightOff("certificate", "password-wrong", { path: "/x/contoso.pfx" }),
      lightOff("rights", "not-reached"),
      lightOff("exchange", "not-reached"),
    ]);
    const user = await openDryRun(setup);
    await user.click(screen.getByRole("button", { name: "Start dry run" }));
    expect(screen.getByText("Type the password of the PFX file.")).toBeVisible();
    expect(inputsOf(setup, "dryRun.run")).toEqual([]);
    await user.type(screen.getByLabelText(/^PFX password/), "hunter-two{Enter}");
    expect(inputsOf(setup, "dryRun.run")).toEqual([{ setupId, password: "hunter-two" }]);
    expect(await light(questions[0]!).findByText("The password doesn’t open the PFX file")).toBeVisible();
    expect(light(questions[0]!).getByText("No")).toBeVisible();
    expect(light(questions[1]!).getByText("Not tried")).toBeVisible();
    expect(screen.getByLabelText(/^PFX password/)).toHaveValue("");
  });

  test("leads from a cause to the step that mends it", async () => {
    const setup = ready();
    setup.document.dryRun = record(setup, [
      lightOn("certificate"),
      lightOff("rights", "role-missing"),
      lightOff("exchange", "exchange-needs-rights"),
    ]);
    const user = await openDryRun(setup);
    await user.click(
      light(questions[1]!).getByRole("button", { name: "Step 11: Exchange administrator role" }),
    );
    expect(
      await screen.findByRole("heading", { level: 1, name: "Exchange administrator role" }),
    ).toBeVisible();
  });

  test("says when it tries again and when it gives up; the countdown is for the eye only", async () => {
    const setup = ready();
    setup.document.dryRun = waiting(setup);
    const user = await openDryRun(setup);
    expect(screen.getByText("Waiting for Microsoft")).toBeVisible();
    expect(screen.getByText(/^Next attempt: 10:13/)).toBeVisible();
    expect(screen.getByText("Gives up at 11:42; then it needs your attention.")).toBeVisible();
    const countdown = screen.getByText("(in 1:15)");
    expect(countdown).toHaveAttribute("aria-hidden", "true");
    expect(countdown.closest("[role=status], [role=alert], [aria-live]")).toBeNull();
    expect(light(questions[1]!).getByText("Not yet")).toBeVisible();
    expect(light(questions[1]!).getByText(/^The role was seen as assigned today 10:12/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Stop" }));
    expect(inputsOf(setup, "dryRun.stop")).toEqual([{ setupId }]);
    await waitFor(() => expect(screen.queryByText("Waiting for Microsoft")).toBeNull());
  });

  test("says that it has waited long enough", async () => {
    const setup = ready();
    setup.document.dryRun = { ...waiting(setup), waiting: null, gaveUp: true };
    await openDryRun(setup);
    expect(screen.getByText(/^The app has waited 90 minutes/)).toBeVisible();
    expect(screen.getByText("Needs attention")).toBeVisible();
  });

  test("keeps what support needs under Details, to copy", async () => {
    const setup = ready();
    const details = {
      code: "AADSTS700027",
      correlationId: "7b1c",
      text: "The certificate is not registered.",
    };
    const refused = [lightOff("certificate", "certificate-not-registered"), ...on().slice(1)];
    setup.document.dryRun = record(setup, refused, { details });
    const user = await openDryRun(setup);
    await user.click(screen.getByText("Details for support"));
    expect(screen.getByText("The certificate is not registered.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Copy Details for support" }));
    expect(inputsOf(setup, "app.copyText")).toEqual([
      {
        text: "Error code: AADSTS700027\nMicrosoft’s words: The certificate is not registered.\nCorrelation ID: 7b1c",
      },
    ]);
  });

  test("copies the lines for Microsoft's module, and says that the other way is not documented", async () => {
    const setup = ready();
    const user = await openDryRun(setup);
    expect(screen.getByText(/Microsoft doesn’t document these requests/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Copy Connect with Microsoft’s PowerShell module" }));
    const [copied] = inputsOf(setup, "app.copyText");
    expect(copied?.["text"]).toContain("Connect-ExchangeOnline @parameters");
  });

  test("does not start without values; each missing one is a link", async () => {
    const setup = fresh();
    const user = await openDryRun(setup);
    const start = screen.getByRole("button", { name: "Start dry run" });
    expect(start).toHaveAttribute("aria-disabled", "true");
    await user.click(start);
    expect(inputsOf(setup, "dryRun.run")).toEqual([]);
    await user.click(screen.getByRole("button", { name: /no certificate yet/ }));
    expect(await screen.findByRole("heading", { level: 1, name: "Certificate (PKCS #12)" })).toBeVisible();
  });

  test("says that a result is about earlier values", async () => {
    const setup = ready();
    setup.document.dryRun = record(setup, on());
    setup.document.fields.applicationId = "0a8b5f0e-4a53-4a59-8f57-c1c4b2a7d301";
    await openDryRun(setup);
    expect(screen.getByText(/^This result is about earlier values/)).toBeVisible();
  });

  test("a wait that goes on is not announced each time", async () => {
    const setup = ready();
    setup.document.dryRun = waiting(setup);
    await openDryRun(setup);
    setup.document = { ...setup.document, dryRun: { ...waiting(setup), attempts: 2 } };
    await refresh();
    expect(screen.getByText(/^2 attempts since/)).toBeVisible();
    expect(screen.getAllByRole("status").every((one) => one.textContent?.trim() === "")).toBe(true);
  });

  test.each(["en", "de"] as const)("has words for every cause (%s)", async (language) => {
    const setup = ready();
    setup.language = language;
    for (const cause of dryRunCauses) {
      const params = { path: "/x", host: "evil.example", at: now.toISOString() };
      setup.document = {
        ...setup.document,
        dryRun: record(setup, [lightOff("certificate", cause, params), ...on().slice(1)]),
      };
      const before = screen.queryByRole("heading", { level: 1 });
      if (before === null) await openDryRun(setup);
      else await refresh();
      expect(document.body.textContent).not.toContain("dryRun.");
      expect(document.body.textContent).not.toContain("{{");
      if (cause === "not-reached") continue;
      const { result } = meanings[cause];
      const words = {
        en: { unsatisfied: "No", unknown: "Not known" },
        de: { unsatisfied: "Nein", unknown: "Nicht bekannt" },
      };
      expect(screen.getAllByText(words[language][result]).length).toBeGreaterThan(0);
    }
  });
});

describe("the Rollout step", () => {
  test("advises a dry run, and is not locked by it", async () => {
    const setup = ready();
    const user = await openSetup(setup);
    expect(screen.getByText(/^Recommended, not required/)).toBeVisible();
    const bar = within(screen.getByRole("region", { name: "Rollout" }));
    expect(bar.getByRole("button", { name: "Rollout" })).not.toHaveAttribute("aria-disabled");
    await user.click(screen.getByRole("button", { name: "Open dry run" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Dry run" })).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Back to step 15, Rollout" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Rollout" })).toBeVisible();
  });

  test("names what the last one found", async () => {
    const setup = ready();
    setup.document.dryRun = record(setup, [lightOff("certificate", "tenant-not-found"), ...on().slice(1)]);
    await openSetup(setup);
    expect(screen.getByText("Needs attention: There is no such tenant")).toBeVisible();
  });
});
