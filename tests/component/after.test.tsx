import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { AllActivityEntry } from "../../preload/model/setup.ts";
import type { WatchResultView, WatchView } from "../../preload/model/watch.ts";
import { translate as t } from "../../renderer/i18n.ts";
import { groupResults } from "../../renderer/watch/group-results.ts";
import { button, contoso, expectAccessible, idOf, now, start } from "./after-support.tsx";
import { errorView } from "./fake-api.ts";

const result = (change: Partial<WatchResultView>): WatchResultView => ({
  setupId: contoso,
  name: "Contoso AG",
  practice: false,
  outcome: "as-before",
  drift: [],
  at: now().toISOString(),
  ...change,
});
const verified: WatchView = {
  running: false,
  at: now().toISOString(),
  done: 3,
  total: 3,
  canceled: false,
  results: [
    result({ setupId: idOf(2), name: "Fabrikam", practice: true }),
    result({
      outcome: "changed",
      drift: [
        {
          fact: "certificate-uploaded",
          step: "upload-certificate",
          since: "2026-11-20T09:00:00.000Z",
          isNew: true,
        },
        { fact: "role-assigned", step: "exchange-role", since: "2026-11-02T09:00:00.000Z", isNew: false },
      ],
    }),
    result({ setupId: idOf(3), name: "Woodgrove", outcome: "not-signed-in" }),
  ],
};

const entryOf = (number: number, change: Partial<AllActivityEntry> = {}): AllActivityEntry => ({
  at: new Date(now().getTime() + number * 1_000).toISOString(),
  kind: "value-changed",
  step: "application-ids",
  details: { field: "tenantId" },
  hash: String(number).padStart(64, "0"),
  setupId: contoso,
  setupName: "Contoso AG",
  practice: false,
  ...change,
});

const isNotSignedIn = ({ outcome }: WatchView["results"][number]) => outcome === "not-signed-in";

// In German, the end-to-end tests look at these screens.
describe("after Rollout", () => {
  it("verifying all setups shows what changed first, since when, and leads to the step", async () => {
    const { fake, container } = await start(() => undefined, { screen: "watch" });
    await expectAccessible(container);
    await userEvent.click(await button("watch.run"));
    await screen.findByRole("progressbar");
    await userEvent.click(await button("common.cancel"));
    expect(fake.calls.map(({ name }) => name)).toEqual(expect.arrayContaining(["watch.run", "watch.cancel"]));
    fake.state.watch = { ...verified, results: verified.results.filter(isNotSignedIn) };
    act(() => fake.emit("changed", { setupId: null }));
    await screen.findByText(t("watch.noneTold", { count: 1 }));
    fake.state.watch = verified;
    act(() => fake.emit("changed", { setupId: null }));
    await screen.findByText(`${t("watch.changed", { count: 1 })} ${t("watch.notTold", { count: 1 })}`);
    expect(screen.getAllByRole("heading", { level: 2 }).map(({ textContent }) => textContent)).toEqual(
      ["changed", "not-signed-in", "as-before"].map((outcome) => t(`watch.outcomes.${outcome}.title`)),
    );
    expect(screen.getByText(t("watch.facts.role-assigned"), { exact: false })).toBeVisible();
    expect(screen.getByText(t("watch.new"))).toBeVisible();
    const fabrikam = screen.getByText("Fabrikam").closest("li");
    expect(fabrikam).toHaveTextContent(t("frame.practice"));
    expect(screen.getAllByText(t("frame.practice"))).toHaveLength(1);
    expect(screen.getByText(t("watch.known"))).toBeVisible();
    await expectAccessible(container);
    const step = t("steps.upload-certificate.title");
    await userEvent.click(await button("watch.openStepOf", { step, name: "Contoso AG" }));
    await screen.findByRole("heading", { level: 1, name: step });
  });

  it("the activity of all setups names the logs that can't be read, and claims nothing of these", async () => {
    const { container } = await start(
      ({ state }) => {
        state.journals.set(contoso, [entryOf(1)]);
        state.unreadableLogs = [idOf(2)];
      },
      { screen: "activity" },
    );
    expect(await screen.findByText(t("activity.unreadableAll", { count: 1 }))).toBeVisible();
    expect(screen.queryByText(t("activity.intactAll"))).toBeNull();
    expect(screen.getAllByRole("row")).toHaveLength(2);
    await expectAccessible(container);
    await userEvent.click(screen.getByRole("button", { name: "Fabrikam" }));
    await screen.findByRole("heading", { level: 1, name: t("activity.title") });
  });

  it("an activity that could not be fetched is fetched again when asked", async () => {
    const { fake, container } = await start(
      (made) => {
        made.state.journals.set(contoso, [entryOf(1)]);
        made.fail("setups.allActivity", errorView("disk-full"));
      },
      { screen: "activity" },
    );
    expect(await screen.findByText(t("errors.disk-full.title"))).toBeVisible();
    await expectAccessible(container);
    fake.fail("setups.allActivity", null);
    await userEvent.click(await button("common.tryAgain"));
    await waitFor(() => expect(screen.getAllByRole("row")).toHaveLength(2));
    expect(screen.queryByText(t("errors.disk-full.title"))).toBeNull();
  });

  it("the activity of all setups is filtered, paged, and says whose log was damaged", async () => {
    const { container } = await start(
      ({ state }) => {
        state.journals.set(
          contoso,
          Array.from({ length: 250 }, (_, number) => entryOf(number)),
        );
        const details = { phase: "refused", changeKind: "grant-role", requestId: "6a1d-77" };
        state.journals.set(idOf(2), [
          entryOf(300, { kind: "tenant-change", step: "admin-consent", details }),
        ]);
        state.brokenLogs = [{ setupId: idOf(2), brokenAt: 7 }];
        const fabrikam = state.documents.get(idOf(2));
        if (fabrikam !== undefined) state.documents.set(idOf(2), { ...fabrikam, practice: true });
      },
      { screen: "activity" },
    );
    const rows = async () => (await screen.findAllByRole("row")).length - 1;
    await screen.findByRole("heading", { level: 1, name: t("activity.titleAll") });
    expect(await rows()).toBe(100);
    expect(screen.getByText(t("activity.brokenSetup", { name: "Fabrikam", line: "7" }))).toBeVisible();
    expect(
      screen.getByRole("button", {
        name: t("common.copyWhat", { what: t("activity.requestOf", { id: "6a1d-77" }) }),
      }),
    ).toBeVisible();
    const requests = () => screen.queryByRole("columnheader", { name: t("activity.request") });
    expect(requests()).toBeVisible();
    await expectAccessible(container);
    await userEvent.click(await button("activity.older"));
    await userEvent.click(await button("activity.older"));
    expect(await rows()).toBe(51);
    // A column without anything in it takes room from the others.
    expect(requests()).toBeNull();
    await userEvent.type(screen.getByRole("textbox", { name: t("activity.search") }), "6A1D");
    await waitFor(async () => expect(await rows()).toBe(1));
    const table = within(screen.getByRole("table"));
    expect(table.getByText(t("activity.results.failed"))).toBeVisible();
    expect(table.getByText(t("frame.practiceMark"))).toBeVisible();
    expect(screen.getByText(t("frame.practiceAmong"))).toBeVisible();
  });

  it("a reminder stays until it is dismissed and opens the setup; many become one", async () => {
    const { fake } = await start(({ state }) => {
      state.reminders = [{ setupId: contoso, name: "Contoso AG", days: 7 }];
    });
    await screen.findByText(t("reminders.toast.expires", { name: "Contoso AG", count: 7 }));
    // The same one again changes nothing.
    act(() => fake.emit("reminder", { reminders: fake.state.reminders }));
    expect(screen.getAllByRole("button", { name: t("reminders.toast.open") })).toHaveLength(1);
    await userEvent.click(await button("reminders.toast.open"));
    await screen.findByRole("navigation", { name: t("checklist.navigation") });
    act(() =>
      fake.emit("reminder", {
        reminders: [1, 2, 3].map((number) => ({ setupId: idOf(number), name: `S${number}`, days: -number })),
      }),
    );
    await screen.findByText(t("reminders.toast.many", { count: 3 }));
    await userEvent.click(await button("reminders.toast.show"));
    await screen.findByRole("heading", { level: 1, name: t("home.title") });
    expect(await screen.findByRole("button", { name: new RegExp(t("home.show.expiring")) })).toBeVisible();
  });
});

describe("results of verifying", () => {
  it("put what needs a person first, and new changes before known ones", () => {
    const drift = (isNew: boolean) => [
      { fact: "role-assigned", step: "exchange-role" as const, since: now().toISOString(), isNew },
    ];
    const groups = groupResults(
      [
        result({ name: "A" }),
        result({ name: "B", outcome: "changed", drift: drift(false) }),
        result({ name: "Z", outcome: "changed", drift: drift(true) }),
        result({ name: "C", outcome: "not-read" }),
      ],
      "en",
    );
    expect(groups.map(({ outcome, results }) => [outcome, results.map(({ name }) => name)])).toEqual([
      ["changed", ["Z", "B"]],
      ["not-read", ["C"]],
      ["as-before", ["A"]],
    ]);
  });
});
