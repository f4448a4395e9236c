import { cleanup, screen, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { wrong } from "./certificate-samples.ts";
import { appInfo, CertificatesInMemory } from "./certificates-in-memory.ts";
import { button, openStep, violations } from "./certificates-screen.tsx";
import { recordRollout } from "../../main/setups/intents.ts";
import { currentRoute } from "../../renderer/store/route.ts";
import { anna, beforeCertificate, halfway, ready, setupId } from "./setup-in-memory.ts";
import type { SetupInMemory } from "./setup-in-memory.ts";

const none = (): CertificatesInMemory => new CertificatesInMemory(beforeCertificate());

/** A request waits for its authority while the setup has got another certificate. */
function withOldRequest(setup: SetupInMemory): CertificatesInMemory {
  setup.document.request = {
    subject: "CN=contoso.org",
    commonName: "contoso.org",
    dnsNames: [],
    keyBits: 3072,
    createdAt: setup.document.createdAt,
    der: "",
  };
  return new CertificatesInMemory(setup);
}

describe("a certificate authority", () => {
  test("request, save, send, take back", async () => {
    const main = none();
    const user = await openStep(main);
    await user.click(screen.getByRole("tab", { name: "Use a certificate authority" }));
    await user.click(button("Create request"));
    expect(
      await screen.findByRole("heading", { name: "Waiting for the certificate authority" }),
    ).toBeVisible();
    expect(main.inputOf("certificates.createRequest")).toMatchObject({
      commonName: "contoso.onmicrosoft.com",
      keySize: 3072,
    });
    await user.click(button("Save request…"));
    expect(await screen.findByText(/Request saved: .*contoso\.csr/, { selector: "p" })).toBeVisible();

    main.reply("certificates.chooseIssued", () => ({
      ok: false,
      error: wrong("certificate-request-mismatch"),
    }));
    await user.click(button("Choose issued certificate…"));
    expect(await screen.findByText("This certificate doesn’t answer the waiting request")).toBeVisible();
    expect(screen.getByRole("heading", { name: "Waiting for the certificate authority" })).toBeVisible();

    main.answerAgain("certificates.chooseIssued");
    await user.click(button("Choose issued certificate…"));
    expect(await screen.findByText(/Issued by a certificate authority, taken over/)).toBeVisible();
  });

  test("an answer that comes when another certificate is there asks before it replaces that one", async () => {
    const main = withOldRequest(halfway());
    const user = await openStep(main);
    await user.click(screen.getByRole("tab", { name: "Use a certificate authority" }));
    await user.click(button("Choose issued certificate…"));
    const dialog = await screen.findByRole("alertdialog", { name: "Replace this certificate?" });
    await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
    expect(main.setup.calls.map(({ name }) => name)).not.toContain("certificates.chooseIssued");
    await user.click(button("Choose issued certificate…"));
    await user.click(await screen.findByRole("button", { name: "Replace…" }));
    expect(await screen.findByText(/Issued by a certificate authority, taken over/)).toBeVisible();
  });

  test("an answer that comes when the other certificate is in use leads to the exchange", async () => {
    const setup = ready();
    const record = { result: "connected", text: "", by: anna } as const;
    setup.document = recordRollout(setup.document, record, setup.observations);
    const main = withOldRequest(setup);
    const user = await openStep(main);
    await user.click(screen.getByRole("tab", { name: "Use a certificate authority" }));
    expect(screen.getByText("The present certificate is in use")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Choose issued certificate…" })).toBeNull();
    await user.click(button("Exchange certificate…"));
    expect(currentRoute()).toEqual({ screen: "rotation", setupId });
  });

  test("a request whose key is gone says so, and can only be discarded", async () => {
    const setup = beforeCertificate();
    setup.observations = { ...setup.observations, requestKey: "none" };
    const main = withOldRequest(setup);
    const user = await openStep(main);
    expect(screen.getByText("The request’s private key is gone")).toBeVisible();
    expect(screen.queryByText("Waiting for the certificate authority")).toBeNull();
    for (const name of ["Save request…", "Choose issued certificate…"]) {
      expect(button(name)).toHaveAttribute("aria-disabled", "true");
      expect(button(name)).toHaveAccessibleDescription(/^Its private key is gone: discard the request/);
      await user.click(button(name));
    }
    expect(main.setup.calls.map(({ name }) => name)).not.toContain("certificates.saveRequest");
    expect(main.setup.calls.map(({ name }) => name)).not.toContain("certificates.chooseIssued");
    expect(await violations()).toEqual([]);
    await user.click(button("Discard request"));
    const dialog = await screen.findByRole("alertdialog", { name: "Discard the request?" });
    await user.click(within(dialog).getByRole("button", { name: "Discard request" }));
    expect(await screen.findByRole("button", { name: "Create request" })).toBeVisible();
  });

  test("a request whose sealed key was changed leads to the backup or to a new request", async () => {
    const setup = beforeCertificate();
    setup.observations = { ...setup.observations, requestKey: "unreadable" };
    await openStep(withOldRequest(setup));
    expect(screen.getByText("A sealed file was changed")).toBeVisible();
    expect(
      screen.getByText(/Restore the file from your backup; otherwise discard the request/),
    ).toBeVisible();
    expect(button("Choose issued certificate…")).not.toHaveAttribute("aria-disabled");
  });

  test("without a keychain a request warns that its key lasts only until the app closes", async () => {
    const main = none();
    const user = await openStep(main);
    await user.click(screen.getByRole("tab", { name: "Use a certificate authority" }));
    const warning = "The request’s private key lasts only until the app closes";
    expect(screen.queryByText(warning)).toBeNull();
    cleanup();

    main.info = appInfo({ vault: { kind: "session-only", detail: "" } });
    main.setup.observations = { ...main.setup.observations, requestKey: "session" };
    const again = await openStep(main);
    await again.click(screen.getByRole("tab", { name: "Use a certificate authority" }));
    expect(screen.getByText(warning)).toBeVisible();
    await again.click(button("Create request"));
    await screen.findByRole("heading", { name: "Waiting for the certificate authority" });
    expect(screen.getByText(warning)).toBeVisible();
  });

  test("discarding a request asks first and names the loss", async () => {
    const main = none();
    const user = await openStep(main);
    await user.click(screen.getByRole("tab", { name: "Use a certificate authority" }));
    await user.click(button("Create request"));
    await user.click(await screen.findByRole("button", { name: "Discard request" }));
    const dialog = await screen.findByRole("alertdialog", { name: "Discard the request?" });
    expect(dialog).toHaveTextContent("Its private key is deleted");
    await user.click(within(dialog).getByRole("button", { name: "Discard request" }));
    expect(await screen.findByRole("button", { name: "Create request" })).toBeVisible();
  });
});
