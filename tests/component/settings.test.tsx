import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { DoctorHost } from "../../preload/model/doctor.ts";
import { translate as t } from "../../renderer/i18n.ts";
import { button, contoso, expectAccessible, now, start } from "./after-support.tsx";

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

// In German, the end-to-end tests look at these screens.
describe("settings", () => {
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
