import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { newDocument } from "../../main/setups/document.ts";
import type { DoctorHost } from "../../preload/model/doctor.ts";
import type { AllActivityEntry } from "../../preload/model/setup.ts";
import type { WatchResultView, WatchView } from "../../preload/model/watch.ts";
import { App } from "../../renderer/app.tsx";
import { translate } from "../../renderer/i18n.ts";
import type { Route } from "../../renderer/store/route.ts";
import { navigate } from "../../renderer/store/route.ts";
import { groupResults } from "../../renderer/watch/group-results.ts";
import type { FakeApi } from "./fake-api.ts";
import { createFakeApi } from "./fake-api.ts";

const now = (): Date => new Date(2026, 10, 24, 10, 12);
const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
const contoso = idOf(1);
const t = translate;

async function start(prepare: (fake: FakeApi) => void, route?: Route) {
  const documents = [1, 2].map((number) =>
    newDocument(idOf(number), number === 1 ? "Contoso AG" : "Fabrikam", "global", now()),
  );
  const fake = createFakeApi({ documents, now });
  prepare(fake);
  window.rollout = fake.api;
  const { container } = render(<App />);
  await screen.findByRole("heading", { level: 1 });
  if (route !== undefined) act(() => navigate(route));
  return { fake, container };
}

/** Colours need a real browser; everything else is judged here. */
async function expectAccessible(container: Element): Promise<void> {
  const { violations } = await axe.run(container, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`)).toEqual([]);
}

const button = (key: string, params = {}) => screen.findByRole("button", { name: t(key, params) });

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

const host = (change: Partial<DoctorHost>): DoctorHost => ({
  target: "login",
  host: "login.microsoftonline.com",
  verdict: "reachable",
  tone: "ok",
  status: 200,
  proxies: [],
  certificate: { subject: "x", issuer: "DigiCert", knownRoot: true, result: "OK" },
  clockAheadSeconds: 600,
  milliseconds: 120,
  code: "",
  ...change,
});

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

  it("the settings examine the connection and say what to do about each host", async () => {
    const { fake, container } = await start(
      ({ state }) => {
        state.doctor = {
          running: false,
          at: null,
          cloud: "global",
          proxyMode: "address",
          hosts: [
            host({}),
            host({
              target: "graph",
              host: "graph.microsoft.com",
              verdict: "proxy-sign-in",
              tone: "bad",
              certificate: null,
              status: 407,
            }),
          ],
          clock: { verdict: "off", aheadSeconds: 600 },
        };
      },
      { screen: "settings" },
    );
    await userEvent.click(await button("settings.connection.run"));
    await screen.findByText(t("doctor.verdicts.proxy-sign-in.help"));
    expect(screen.getByText(t("doctor.clock.off", { count: 10 }))).toBeVisible();
    expect(screen.getByText(t("doctor.proxyFrom.address"))).toBeVisible();
    await userEvent.click(await button("doctor.copy"));
    expect(fake.calls.at(-1)?.name).toBe("doctor.copy");
    await expectAccessible(container);
  });

  it("the settings take a proxy, say what is wrong with it, and keep what was right", async () => {
    const { fake, container } = await start(() => undefined, { screen: "settings" });
    const saved = () => fake.state.info.settings;
    const choose = async (mode: string) =>
      userEvent.click(await screen.findByRole("radio", { name: t(`settings.proxy.modes.${mode}`) }));
    const field = (name: string) => screen.findByRole("textbox", { name: t(`settings.proxy.${name}.label`) });
    const enter = async (name: string, text: string) => {
      await userEvent.tripleClick(await field(name));
      await userEvent.paste(text);
    };
    await choose("address");
    expect(await screen.findByText(t("settings.proxy.none"))).toBeVisible();
    await enter("address", "proxy.contoso.com:8080");
    await waitFor(() => expect(saved().proxyAddress).toBe("proxy.contoso.com:8080"));
    await enter("address", "anna:secret@proxy.contoso.com:8080");
    const still = t("settings.proxy.still", { text: saved().proxyAddress });
    await screen.findByText(`${t("settings.proxy.problems.credentials")} ${still}`);
    expect(await field("address")).toBeInvalid();
    expect(saved().proxyAddress).not.toContain("secret");
    await enter("address", "socks5://proxy.contoso.com");
    await userEvent.tab();
    await screen.findByText(new RegExp(t("settings.proxy.problems.port-missing")));
    await enter("address", "socks5://proxy.contoso.com:1080");
    await waitFor(() => expect(saved().proxyAddress).toBe("socks5://proxy.contoso.com:1080"));
    await enter("exceptions", "*.contoso.com, what?");
    await screen.findByText(t("settings.proxy.problems.exception-invalid", { word: "what?" }));
    await expectAccessible(container);
    await choose("pac");
    await enter("pac", "http://contoso.com/proxy.pac");
    await waitFor(() =>
      expect(saved()).toMatchObject({
        proxyMode: "pac",
        proxyPac: "http://contoso.com/proxy.pac",
        proxyAddress: "socks5://proxy.contoso.com:1080",
        proxyExceptions: "",
      }),
    );
    await choose("address");
    expect(await field("exceptions")).toHaveValue("*.contoso.com, what?");
  });

  it("a stored secret is removed only after it was said what that means", async () => {
    const { fake, container } = await start(
      ({ state }) => {
        const secret = { sha1: "", current: true, at: now().toISOString(), place: "vault" as const };
        const sha1 = "5F98EBBF00112233445566778899AABBCCDDEEFF";
        state.secrets = [
          {
            setupId: contoso,
            name: "Contoso AG",
            deleted: null,
            secrets: [
              { ...secret, id: `key-${sha1}`, kind: "private-key", sha1 },
              { ...secret, id: "pfx-password", kind: "pfx-password" },
            ],
          },
        ];
      },
      { screen: "settings" },
    );
    const what = t("secrets.kinds.private-key", { start: "5F98EBBF" });
    await userEvent.click(await button("secrets.removeOf", { what, name: "Contoso AG" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(dialog).toHaveTextContent(t("secrets.means.private-key"));
    await userEvent.click(within(dialog).getByRole("button", { name: t("common.cancel") }));
    expect(fake.calls.some(({ name }) => name === "secrets.remove")).toBe(false);
    await userEvent.click(await button("secrets.removeOf", { what, name: "Contoso AG" }));
    const again = await screen.findByRole("alertdialog");
    await userEvent.click(within(again).getByRole("button", { name: t("secrets.remove") }));
    await waitFor(() => expect(screen.queryByText(what)).toBeNull());
    expect(fake.calls.find(({ name }) => name === "secrets.remove")?.input).toEqual({
      setupId: contoso,
      id: "key-5F98EBBF00112233445566778899AABBCCDDEEFF",
    });
    await expectAccessible(container);
  });

  it("a secret of a deleted setup is named as such and removed where it lies", async () => {
    const entry = `${contoso}.2`;
    const { fake } = await start(
      ({ state }) => {
        const secret = { sha1: "", current: true, at: now().toISOString(), place: "vault" as const };
        const secrets = [{ ...secret, id: "pfx-password", kind: "pfx-password" as const }];
        const setup = { setupId: contoso, name: "Contoso AG", secrets };
        state.secrets = [
          { ...setup, deleted: null },
          { ...setup, deleted: entry },
        ];
      },
      { screen: "settings" },
    );
    const name = t("secrets.ofDeleted", { name: "Contoso AG" });
    const what = t("secrets.kinds.pfx-password");
    await userEvent.click(await button("secrets.removeOf", { what, name }));
    const dialog = await screen.findByRole("alertdialog");
    await userEvent.click(within(dialog).getByRole("button", { name: t("secrets.remove") }));
    await waitFor(() => expect(screen.queryByRole("heading", { name })).toBeNull());
    expect(screen.getByRole("heading", { name: "Contoso AG" })).toBeVisible();
    expect(fake.calls.find((call) => call.name === "secrets.remove")?.input).toEqual({
      setupId: contoso,
      deleted: entry,
      id: "pfx-password",
    });
  });

  it("removing the secrets of a setup by keyboard leaves the focus on the screen", async () => {
    await start(
      ({ state }) => {
        const secret = { sha1: "", current: true, at: now().toISOString(), place: "vault" as const };
        const secrets = [{ ...secret, id: "pfx-password", kind: "pfx-password" as const }];
        state.secrets = [{ setupId: contoso, name: "Contoso AG", deleted: null, secrets }];
      },
      { screen: "settings" },
    );
    const what = t("secrets.kinds.pfx-password");
    const bin = await button("secrets.removeOf", { what, name: "Contoso AG" });
    act(() => bin.focus());
    await userEvent.keyboard("{Enter}");
    const dialog = await screen.findByRole("alertdialog");
    act(() =>
      within(dialog)
        .getByRole("button", { name: t("secrets.remove") })
        .focus(),
    );
    await userEvent.keyboard("{Enter}");
    await screen.findByText(t("secrets.none"));
    await waitFor(() => expect(screen.getByRole("heading", { level: 1 })).toHaveFocus());
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

  it("the settings keep the cloud of new setups, the way of signing in and reminders", async () => {
    const { fake } = await start(() => undefined, { screen: "settings" });
    await userEvent.click(
      await screen.findByRole("radio", { name: t("settings.signIn.methods.device-code") }),
    );
    await userEvent.click(screen.getByRole("switch", { name: new RegExp(t("settings.reminders.label")) }));
    await waitFor(() =>
      expect(fake.state.info.settings).toMatchObject({ signInMethod: "device-code", reminders: false }),
    );
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
