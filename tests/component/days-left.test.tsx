import { act, render, screen } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import * as intents from "../../main/setups/intents.ts";
import { CertificateCard, CertificateNotices } from "../../renderer/certificates/certificate-card.tsx";
import { loadInfo } from "../../renderer/store/app.ts";
import { listen } from "../../renderer/store/events.ts";
import { showReminders } from "../../renderer/store/reminders.ts";
import { ToastRegion } from "../../renderer/ui/index.ts";
import { openSetup } from "./checklist-support.tsx";
import { fakeIntervals } from "./fake-intervals.ts";
import type { SetupInMemory } from "./setup-in-memory.ts";
import { anna, now, ready, setupId } from "./setup-in-memory.ts";

const hour = 3_600_000;

/** A setup whose certificate ends so many hours from now; before now for a negative number. */
function endingIn(hours: number, setup: SetupInMemory = ready()): SetupInMemory {
  const { certificate } = setup.document;
  if (certificate === null) throw new Error("the sample has a certificate");
  const notAfter = new Date(now.getTime() + hours * hour).toISOString();
  setup.document = {
    ...setup.document,
    certificate: { ...certificate, facts: { ...certificate.facts, notAfter } },
  };
  return setup;
}

/** The same after Rollout, closed. */
function closedEndingIn(hours: number): SetupInMemory {
  const setup = ready();
  const record = { result: "connected" as const, text: "", by: anna };
  setup.document = intents.recordRollout(setup.document, record, setup.observations);
  setup.document = intents.close(setup.document, now);
  return endingIn(hours, setup);
}

describe("a closed setup", () => {
  const renew = /^Renew the certificate before it expires/;

  test.each([
    [36, "valid until 25 Nov 2026, 1 day left", "The certificate expires in 1 day, on 25 Nov 2026"],
    [
      20,
      "valid until 25 Nov 2026, less than 24 hours left",
      "The certificate expires within 24 hours, on 25 Nov 2026",
    ],
  ])("%i hours before the end says how long it still lasts", async (hours, value, notice) => {
    await openSetup(closedEndingIn(hours));
    expect(screen.getByText(value)).toBeVisible();
    expect(screen.getByText(notice)).toBeVisible();
    expect(screen.getByText(renew)).toBeVisible();
  });

  test("says when its certificate expired, and no longer to renew it before", async () => {
    await openSetup(closedEndingIn(-12 * 24));
    expect(screen.getByText("expired on 12 Nov 2026")).toBeVisible();
    expect(screen.getByText("The certificate expired on 12 Nov 2026")).toBeVisible();
    expect(
      screen.getByRole("heading", { name: "Microsoft 365 Exchange Online was connected" }),
    ).toBeVisible();
    expect(screen.queryByText(renew)).toBeNull();
    expect(document.body).not.toHaveTextContent(/-\d+ days/);
  });

  test("says it in German too", async () => {
    const setup = closedEndingIn(-1);
    setup.language = "de";
    await openSetup(setup);
    expect(screen.getByText("am 24. Nov. 2026 abgelaufen")).toBeVisible();
  });
});

test("within its last 24 hours a certificate says so everywhere, and nowhere that it is today", async () => {
  await openSetup(endingIn(20));
  expect(screen.getByText("Ready · expires within 24 hours")).toBeInTheDocument();
  const { certificate } = endingIn(20).view();
  if (certificate === null) throw new Error("the sample has a certificate");
  await loadInfo();
  render(
    <>
      <CertificateCard certificate={certificate} />
      <CertificateNotices certificate={certificate} onReplace={() => {}} onImport={() => {}} />
    </>,
  );
  expect(screen.getByText("Expires within 24 hours")).toBeVisible();
  expect(screen.getByText(/\(ends within 24 hours\)$/)).toBeVisible();
  expect(screen.getByText("The certificate expires within 24 hours")).toBeVisible();
  expect(document.body).not.toHaveTextContent(/\b0 days/);
});

test("a reminder says “within 24 hours” in the last ones, and nothing of days once it is over", () => {
  render(<ToastRegion />);
  const remind = (days: number) => act(() => showReminders([{ setupId, name: "Contoso AG", days }]));
  remind(0);
  expect(screen.getByText("“Contoso AG”: the certificate expires within 24 hours")).toBeVisible();
  remind(-1);
  expect(screen.getByText("“Contoso AG”: the certificate has expired")).toBeVisible();
});

describe("a reminder that stays on the screen", () => {
  /** Shown with seven days; afterwards, each time, an hour goes by and the certificate ends so many hours from then. */
  async function reminded() {
    fakeIntervals();
    const setup = endingIn(7.5 * 24);
    setup.main.state.reminders = [{ setupId, name: "Contoso AG", days: 7 }];
    window.rollout = setup.main.api;
    render(<ToastRegion />);
    let stop = (): void => undefined;
    await act(async () => {
      stop = listen();
    });
    const later = (hours: number) =>
      act(async () => {
        endingIn(hours, setup);
        vi.advanceTimersByTime(hour);
      });
    return { later, stop };
  }
  const message = () => screen.queryByText(/^“Contoso AG”/)?.textContent;

  test("tells the present number of days", async () => {
    const { later, stop } = await reminded();
    expect(message()).toBe("“Contoso AG”: the certificate expires in 7 days");
    await later(5.5 * 24);
    expect(message()).toBe("“Contoso AG”: the certificate expires in 5 days");
    await later(-2);
    expect(message()).toBe("“Contoso AG”: the certificate has expired");
    stop();
  });

  test("goes once the certificate was exchanged, and does not come back once it was dismissed", async () => {
    const { later, stop } = await reminded();
    await later(700 * 24);
    expect(message()).toBeUndefined();
    await later(5 * 24);
    expect(message()).toBeUndefined();
    stop();
  });
});
