import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { wrong } from "./certificate-samples.ts";
import { appInfo, CertificatesInMemory } from "./certificates-in-memory.ts";
import { button, enter, openStep, report, violations, words } from "./certificates-screen.tsx";
import { beforeCertificate, halfway } from "./setup-in-memory.ts";

const none = (): CertificatesInMemory => new CertificatesInMemory(beforeCertificate());
const one = (): CertificatesInMemory => new CertificatesInMemory(halfway());

describe("creating a certificate", () => {
  test("takes one press: domain, a year, 3072 bits and a generated password are proposed", async () => {
    const main = none();
    const user = await openStep(main);
    await user.click(button("Create certificate"));
    expect(await screen.findByRole("heading", { name: "CN=contoso.onmicrosoft.com" })).toBeVisible();
    expect(main.asked()).toEqual(["certificates.create"]);
    const { notBefore, notAfter, ...details } = main.inputOf("certificates.create");
    expect(details).toMatchObject({
      commonName: "contoso.onmicrosoft.com",
      dnsNames: ["contoso.onmicrosoft.com"],
      organization: "",
      keySize: 3072,
      password: { kind: "generated", keep: true },
    });
    expect(Date.parse(String(notAfter)) - Date.parse(String(notBefore))).toBe(365 * 86_400_000);
    expect(screen.getByText("Fits this job")).toBeVisible();
    expect(screen.getByText(/Certificate created/, { selector: "li *" })).toBeVisible();
  });

  test("what was chosen reaches main: names, size, days, typed password", async () => {
    const main = none();
    const user = await openStep(main);
    const name = screen.getByRole("textbox", { name: "Name (CN and DNS name)" });
    await user.clear(name);
    await enter(user, name, "IAM.cloud Contoso");
    expect(screen.getByText(/Not in the form of a DNS name/)).toBeVisible();
    await user.click(screen.getByRole("radio", { name: "6 months" }));
    await user.click(screen.getByRole("radio", { name: "RSA 4096" }));
    await user.click(screen.getByText("More"));
    await enter(user, screen.getByRole("textbox", { name: "Organization (O)" }), "Contoso AG");
    await enter(
      user,
      screen.getByRole("textbox", { name: "More DNS names" }),
      "contoso.org, mail.contoso.org",
    );
    await user.click(screen.getByRole("radio", { name: "My own" }));
    await enter(user, screen.getByLabelText("Your PFX password"), "seven-Purple_tractors.99");
    await user.click(screen.getByRole("checkbox", { name: /Keep in the vault/ }));
    await user.click(button("Create certificate"));
    await screen.findByText("Fits this job");
    expect(main.inputOf("certificates.create")).toMatchObject({
      commonName: "IAM.cloud Contoso",
      organization: "Contoso AG",
      dnsNames: ["contoso.org", "mail.contoso.org"],
      keySize: 4096,
      password: { kind: "typed", password: "seven-Purple_tractors.99", keep: false },
    });
    const { notBefore, notAfter } = main.inputOf("certificates.create");
    expect(Date.parse(String(notAfter)) - Date.parse(String(notBefore))).toBe(180 * 86_400_000);
  });

  test("without a name nothing is asked of main, and the focus goes to the name", async () => {
    const main = none();
    main.setup.document.fields.tenantDomain = "";
    const user = await openStep(main);
    await user.click(button("Create certificate"));
    expect(await screen.findByText(/^Enter a name/)).toBeVisible();
    await waitFor(() =>
      expect(screen.getByRole("textbox", { name: "Name (CN and DNS name)" })).toHaveFocus(),
    );
    expect(main.asked()).toEqual([]);
  });

  test("a day in the past is refused at its field", async () => {
    const main = none();
    const user = await openStep(main);
    await user.click(screen.getByRole("radio", { name: "Date…" }));
    const day = screen.getByLabelText("Last day");
    await user.clear(day);
    await user.type(day, "2020-01-31");
    expect(screen.getByText("The last day must lie in the future.")).toBeVisible();
    await user.click(button("Create certificate"));
    expect(main.asked()).toEqual([]);
    expect(day).toHaveFocus();
  });

  test("shows the phase while it works, and cancel leaves everything as it was", async () => {
    const main = none();
    main.hold("certificates.create");
    const user = await openStep(main);
    await user.click(button("Create certificate"));
    expect(await screen.findByRole("progressbar", { name: /Creating the certificate/ })).toBeVisible();
    report(main, "generating-key");
    expect(screen.getByRole("progressbar", { name: /Generating the key/ })).toBeVisible();
    await user.click(button("Cancel"));
    await waitFor(() => expect(screen.queryByRole("progressbar")).not.toBeInTheDocument());
    expect(main.inputOf("certificates.cancel")).toEqual({
      task: main.inputOf("certificates.create")["task"],
    });
    expect(screen.queryByRole("alert", { name: /./ })).not.toBeInTheDocument();
    expect(button("Create certificate")).toBeEnabled();
    expect(screen.getByRole("textbox", { name: "Name (CN and DNS name)" })).toHaveValue(
      "contoso.onmicrosoft.com",
    );
  });

  test("a failure is said beside the button and the entries stay", async () => {
    const main = none();
    main.reply("certificates.create", () => ({ ok: false, error: wrong("certificate-worker-failed") }));
    const user = await openStep(main);
    await user.click(button("Create certificate"));
    expect(await screen.findByText("The certificate work stopped unexpectedly")).toBeVisible();
    main.answerAgain("certificates.create");
    await user.click(button("Create certificate"));
    expect(await screen.findByText("Fits this job")).toBeVisible();
  });
});

describe("a typed PFX password", () => {
  test("with umlauts is refused with the reason, before it reaches main", async () => {
    const main = none();
    const user = await openStep(main);
    await user.click(screen.getByRole("radio", { name: "My own" }));
    await enter(user, screen.getByLabelText("Your PFX password"), "Pässwörd-2026-ok");
    expect(screen.getByText(/Not possible: ä ö – programs read such characters differently/)).toBeVisible();
    await user.click(button("Create certificate"));
    expect(main.asked()).toEqual([]);
  });

  test("is called weak with the reason, and may be used all the same", async () => {
    const main = none();
    const user = await openStep(main);
    await user.click(screen.getByRole("radio", { name: "My own" }));
    await user.type(screen.getByLabelText("Your PFX password"), "Password1234");
    const meter = await screen.findByRole("meter", { name: "Strength" });
    await waitFor(() => expect(meter).toHaveAttribute("aria-valuetext", "Weak: guessed within hours"));
    expect(screen.getByText(/It contains a word that is tried first/)).toBeVisible();
    await user.click(button("Create certificate"));
    await screen.findByText("Fits this job");
    expect(main.inputOf("certificates.create")).toMatchObject({
      password: { kind: "typed", password: "Password1234" },
    });
  });

  test("that is too short is said when the user tries to go on, with the focus on it", async () => {
    const main = none();
    const user = await openStep(main);
    await user.click(screen.getByRole("radio", { name: "My own" }));
    const field = screen.getByLabelText("Your PFX password");
    await user.type(field, "kurz");
    expect(field).not.toHaveAttribute("aria-invalid", "true");
    await user.click(button("Create certificate"));
    await waitFor(() => expect(field).toHaveFocus());
    expect(screen.getByText("At least 12 characters.")).toBeVisible();
    expect(main.asked()).toEqual([]);
  });
});

describe("the stored PFX password", () => {
  test("is concealed until the user asks, and again with the second press", async () => {
    const user = await openStep(one());
    expect(screen.queryByText("hT7k-mQz9.xWv4_bN8cRe:5p")).not.toBeInTheDocument();
    await user.click(button("Show"));
    expect(await screen.findByText("hT7k-mQz9.xWv4_bN8cRe:5p")).toBeVisible();
    await user.click(button("Show"));
    expect(screen.queryByText("hT7k-mQz9.xWv4_bN8cRe:5p")).not.toBeInTheDocument();
  });

  test("is copied by main and says when the clipboard is cleared", async () => {
    const main = one();
    const user = await openStep(main);
    await user.click(button("Copy PFX password"));
    expect(await screen.findByText(/The clipboard is cleared in 30 seconds/)).toBeVisible();
    expect(main.asked()).toEqual(["certificates.copyPassword"]);
  });

  test("is changed only after the warning that the saved PFX keeps the old one", async () => {
    const main = one();
    const user = await openStep(main);
    await user.click(button("New…"));
    const dialog = await screen.findByRole("dialog", { name: "New PFX password" });
    expect(within(dialog).getByText(/The saved PFX opens only with the old password/)).toBeVisible();
    await user.click(within(dialog).getByRole("button", { name: "Generate password" }));
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(main.asked()).toEqual(["certificates.newPassword"]);
  });

  test("that cannot be read offers to try again and to choose another", async () => {
    const main = one();
    main.setup.observations = { ...main.setup.observations, key: "unreadable", password: "unreadable" };
    main.info = appInfo({ vault: { kind: "locked", detail: "" } });
    const user = await openStep(main);
    expect(screen.getByText("The stored password can’t be read")).toBeVisible();
    expect(screen.getByText("The keychain is locked", { selector: "div" })).toBeVisible();
    const [again] = screen.getAllByRole("button", { name: "Try again" });
    if (again) await user.click(again);
    expect(main.setup.calls.map(({ name }) => name)).toContain("app.retryVault");
  });

  test("without a keychain cannot be kept, and that is said", async () => {
    const main = none();
    main.info = appInfo({ vault: { kind: "session-only", detail: "" } });
    const user = await openStep(main);
    expect(screen.getByText("Secrets last only until the app closes")).toBeVisible();
    expect(screen.getByRole("checkbox", { name: /Keep in the vault/ })).toBeDisabled();
    await user.click(button("Create certificate"));
    await screen.findByText("Fits this job");
    expect(main.inputOf("certificates.create")).toMatchObject({
      password: { kind: "generated", keep: false },
    });
  });
});

describe("exporting", () => {
  test("a PFX for older Windows", async () => {
    const main = one();
    const user = await openStep(main);
    await user.click(screen.getByRole("radio", { name: "Older Windows" }));
    expect(screen.getByText(/3DES with SHA-1: readable by Server 2016/)).toBeVisible();
    await user.click(button("Export PFX…"));
    expect(await screen.findByText("PFX (with private key) saved", { selector: "li *" })).toBeVisible();
    expect(screen.getByText(/^Saved as .*contoso\.pfx$/, { selector: "li *" })).toBeVisible();
    expect(main.inputOf("certificates.exportPfx")).toMatchObject({ profile: "older-windows" });
  });

  test("closed without a choice says that nothing was saved and changes nothing", async () => {
    const main = one();
    main.cancelSaving = true;
    const user = await openStep(main);
    await user.click(button("Export PFX…"));
    expect(await screen.findByText(/Nothing was saved/)).toBeInTheDocument();
    expect(screen.queryByText(/^Saved:/)).not.toBeInTheDocument();
    expect(button("Export PFX…")).toBeEnabled();
  });

  test("the CER as DER for Entra, and an encrypted PEM for servers in FIPS mode", async () => {
    const main = one();
    const user = await openStep(main);
    await user.click(button("Export CER…"));
    await user.click(await screen.findByRole("menuitem", { name: /DER/ }));
    await waitFor(() =>
      expect(main.inputOf("certificates.exportPublic")).toMatchObject({ format: "cer-der" }),
    );
    await user.click(button("More for this certificate"));
    await user.click(await screen.findByRole("menuitem", { name: /Encrypted PEM/ }));
    await waitFor(() => expect(main.asked()).toContain("certificates.exportPem"));
  });

  test("a read-only folder is explained where it was tried", async () => {
    const main = one();
    main.reply("certificates.exportPfx", () => ({
      ok: false,
      error: wrong("folder-read-only", { path: "/mnt/share" }),
    }));
    const user = await openStep(main);
    await user.click(button("Export PFX…"));
    expect(await screen.findByText("Nothing can be saved in this folder")).toBeVisible();
    expect(screen.getByText(/\/mnt\/share/)).toBeVisible();
  });

  test("needs the private key; without it the reason and the way back are shown", async () => {
    const main = one();
    main.setup.observations = { ...main.setup.observations, key: "none", password: "none" };
    const user = await openStep(main);
    expect(screen.getByText("The private key isn’t on this computer")).toBeVisible();
    expect(button("Export PFX…")).toHaveAttribute("aria-disabled", "true");
    await user.click(button("Import the PFX…"));
    expect(screen.getByRole("tab", { name: "Import a PFX", selected: true })).toBeVisible();
  });

  test("the saved PFX is checked with a typed password when none is kept", async () => {
    const main = one();
    main.setup.observations = { ...main.setup.observations, password: "none" };
    main.reply("certificates.checkPfx", ({ password }) =>
      password === "right password"
        ? { ok: true, value: main.setup.view() }
        : { ok: false, error: wrong("password-wrong") },
    );
    const user = await openStep(main);
    expect(screen.getByText("The password of the saved PFX isn’t on this computer")).toBeVisible();
    await user.click(button("Enter it…"));
    const dialog = await screen.findByRole("dialog", { name: "Check the saved PFX" });
    const field = within(dialog).getByLabelText("Password of this file");
    await user.type(field, "wrong{Enter}");
    expect(await within(dialog).findByText(/The password doesn’t open this file/)).toBeVisible();
    expect(field).toHaveValue("wrong");
    await user.clear(field);
    await user.type(field, "right password{Enter}");
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
  });
});

describe("replacing a certificate", () => {
  test("names what is lost and that Entra keeps the old one; nothing happens until the new one is there", async () => {
    const main = one();
    const user = await openStep(main);
    await user.click(button("Replace certificate"));
    const dialog = await screen.findByRole("alertdialog", { name: "Replace this certificate?" });
    expect(dialog).toHaveTextContent(
      "the private key of CN=contoso.onmicrosoft.com (SHA-1 5F98 EBBF E735 CDDA)",
    );
    expect(dialog).toHaveTextContent("Entra keeps the old certificate until you remove it there");
    await waitFor(() => expect(within(dialog).getByRole("button", { name: "Cancel" })).toHaveFocus());
    await user.click(within(dialog).getByRole("button", { name: "Replace…" }));
    expect(await screen.findByText("The new certificate replaces CN=contoso.onmicrosoft.com")).toBeVisible();
    expect(main.asked()).toEqual([]);
    await user.click(button("Create and replace"));
    expect(await screen.findByRole("tab", { name: "This certificate", selected: true })).toBeVisible();
    expect(main.asked()).toEqual(["certificates.create"]);
  });

  test("can be given up", async () => {
    const main = one();
    const user = await openStep(main);
    await user.click(button("Replace certificate"));
    await user.click(await screen.findByRole("button", { name: "Replace…" }));
    await user.click(await screen.findByRole("button", { name: "Keep the present one" }));
    expect(screen.getByRole("heading", { name: "CN=contoso.onmicrosoft.com" })).toBeVisible();
    expect(main.asked()).toEqual([]);
  });
});

describe("states of a certificate", () => {
  test.each([
    ["2026-11-20T00:00:00.000Z", "Expired", "The certificate has expired"],
    ["2026-12-10T00:00:00.000Z", "Expires in 15 days", "The certificate expires in 15 days"],
  ])("that ends %s is marked and says what to do", async (notAfter, badge, notice) => {
    const main = one();
    const { certificate } = main.setup.document;
    if (certificate) certificate.facts.notAfter = notAfter;
    await openStep(main);
    expect(screen.getByText(badge)).toBeVisible();
    expect(screen.getByText(notice)).toBeVisible();
  });

  test("both thumbprints are copied whole", async () => {
    const main = one();
    const user = await openStep(main);
    await user.click(button("Copy SHA-1 thumbprint"));
    expect(main.inputOf("app.copyText")).toEqual({ text: "5F98EBBFE735CDDAE00E33E0FD69050EF9220254" });
  });
});

describe("in German", () => {
  test.each([
    ["before there is a certificate", none, "Zertifikat erstellen"],
    ["with a certificate", one, "PFX exportieren …"],
  ])("every word is German and no rule of accessibility is broken %s", async (_, make, action) => {
    const main = make();
    main.info = appInfo({ language: "de", locale: "de-DE" });
    await openStep(main);
    expect(button(action)).toBeVisible();
    expect(document.body).not.toHaveTextContent(/certificate\.|password\.|inspect\./);
    expect(words()).not.toMatch(/\b(Create|Password|Export|Valid|Key|Show)\b/);
    expect(await violations()).toEqual([]);
  });
});
