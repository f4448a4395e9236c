import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import {
  folder,
  lockedPfx,
  pkcs7,
  publicCer,
  requestFile,
  unfitPfx,
  windowsPfx,
  wrong,
} from "./certificate-samples.ts";
import { appInfo, CertificatesInMemory } from "./certificates-in-memory.ts";
import { button, openInspect, openStep, violations } from "./certificates-screen.tsx";
import { beforeCertificate, halfway } from "./setup-in-memory.ts";

const none = (): CertificatesInMemory => new CertificatesInMemory(beforeCertificate());

async function onImport(main: CertificatesInMemory) {
  const user = await openStep(main);
  await user.click(screen.getByRole("tab", { name: "Import a PFX" }));
  return user;
}

describe("importing", () => {
  test("a wrong password is said at its field and keeps the file; the right one shows what it is", async () => {
    const main = none();
    main.nextFile = { inspection: lockedPfx, unlocked: windowsPfx, password: "Old-Password-1!" };
    const user = await onImport(main);
    await user.click(button("Choose file…"));
    const field = await screen.findByLabelText("Password of this file");
    await user.type(field, "Old-Password{Enter}");
    expect(
      await screen.findByText(/The password doesn’t open this file/, { selector: "strong" }),
    ).toBeVisible();
    expect(field).toHaveValue("Old-Password");
    expect(screen.getByRole("heading", { name: "exchange-2026.pfx" })).toBeVisible();

    await user.type(field, "-1!{Enter}");
    expect(await screen.findByText("Fits, with reservations")).toBeVisible();
    await user.click(button("Use this certificate"));
    expect(await screen.findByRole("tab", { name: "This certificate", selected: true })).toBeVisible();
    // Never asked for twice: the password that opened the file is handed on.
    expect(main.inputOf("certificates.acceptImport")).toMatchObject({
      password: "Old-Password-1!",
      keepPassword: true,
    });
  });

  test("a PFX that asks for CNG keeps its reservation until the app has written the PFX itself", async () => {
    const main = none();
    main.nextFile = { inspection: lockedPfx, unlocked: windowsPfx, password: "Old-Password-1!" };
    const user = await onImport(main);
    await user.click(button("Choose file…"));
    await user.type(await screen.findByLabelText("Password of this file"), "Old-Password-1!{Enter}");
    await user.click(await screen.findByRole("button", { name: "Use this certificate" }));
    expect(await screen.findByText("The PFX asks for a CNG key store")).toBeVisible();
    expect(screen.getByText("Fits, with reservations")).toBeVisible();
    expect(screen.getByText(/“Export PFX…” saves the same certificate and key/)).toBeVisible();
    expect(screen.queryByText("Fits this job")).toBeNull();
    await user.click(button("Export PFX…"));
    expect(await screen.findByText("Fits this job")).toBeVisible();
    expect(screen.queryByText("The PFX asks for a CNG key store")).toBeNull();
  });

  test("an imported PFX is named with its place, and can be checked there", async () => {
    const main = none();
    main.nextFile = { inspection: windowsPfx };
    const user = await onImport(main);
    await user.click(button("Choose file…"));
    await user.click(await screen.findByRole("button", { name: "Use this certificate" }));
    expect(await screen.findByText(`Imported from ${folder}/contoso.pfx`)).toBeVisible();
    expect(screen.queryByText(/^Nothing saved yet/)).toBeNull();
    await user.click(button("Show in folder: PFX (with private key)"));
    expect(main.inputOf("certificates.showExport")).toMatchObject({ kind: "pfx" });
    await user.click(button("Check the saved PFX"));
    expect(
      await screen.findByText("The PFX opens and holds this certificate.", { selector: "li *" }),
    ).toBeVisible();
    expect(main.asked()).toContain("certificates.checkPfx");
  });

  test("of a dropped PFX it is said that its place is unknown, not that nothing was saved", async () => {
    const setup = halfway();
    const { certificate } = setup.document;
    certificate!.exports = [];
    certificate!.pfx!.path = null;
    await openStep(new CertificatesInMemory(setup));
    expect(screen.getByText(/^The app doesn’t know where the PFX lies/)).toBeVisible();
    expect(screen.queryByText(/^Nothing saved yet/)).toBeNull();
  });

  test("a PFX saved before another one was imported stays in the list, without the way to its folder", async () => {
    const setup = halfway();
    setup.document.certificate!.pfx!.path = "/mnt/share/windows.pfx";
    await openStep(new CertificatesInMemory(setup));
    expect(screen.getByText(`${folder}/contoso.pfx`)).toBeVisible();
    expect(screen.getByText("Imported from /mnt/share/windows.pfx")).toBeVisible();
    expect(screen.getAllByRole("button", { name: "Show in folder: PFX (with private key)" })).toHaveLength(1);
  });

  test("a protection that the app doesn't know asks for no password and cannot be used", async () => {
    const main = none();
    const findings = [
      { id: "unsupported-encryption", level: "problem" as const, details: { algorithm: "1.2.3" } },
    ];
    main.nextFile = { inspection: { ...lockedPfx, fits: "no", findings } };
    const user = await onImport(main);
    await user.click(button("Choose file…"));
    expect(await screen.findByText("Doesn’t fit this job")).toBeVisible();
    expect(screen.queryByLabelText("Password of this file")).not.toBeInTheDocument();
    expect(button("Use this certificate")).toHaveAttribute("aria-disabled", "true");
  });

  test("main may answer a wrong password with a file that is still locked", async () => {
    const main = none();
    main.nextFile = { inspection: lockedPfx, unlocked: lockedPfx, password: "whatever" };
    const user = await onImport(main);
    await user.click(button("Choose file…"));
    await user.type(await screen.findByLabelText("Password of this file"), "whatever{Enter}");
    expect(
      await screen.findByText(/The password doesn’t open this file/, { selector: "strong" }),
    ).toBeVisible();
  });

  test("a CER where a PFX is needed gets the sentence, and cannot be used", async () => {
    const main = none();
    main.nextFile = { inspection: publicCer };
    const user = await onImport(main);
    await user.click(button("Choose file…"));
    expect(await screen.findByText("This file has no private key")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Use this certificate" })).not.toBeInTheDocument();
    await user.click(button("Another file"));
    expect(button("Choose file…")).toBeVisible();
  });

  test("while a request waits, a CER leads there", async () => {
    const main = none();
    main.setup.document.request = {
      commonName: "contoso.org",
      subject: "CN=contoso.org",
      dnsNames: [],
      keyBits: 3072,
      createdAt: "2026-11-23T09:00:00.000Z",
      der: "",
    };
    main.nextFile = { inspection: publicCer };
    const user = await onImport(main);
    await user.click(button("Choose file…"));
    await user.click(await screen.findByRole("button", { name: "To the waiting request" }));
    expect(screen.getByRole("heading", { name: "Waiting for the certificate authority" })).toBeVisible();
  });

  test("a file that doesn't fit says why first and cannot be used", async () => {
    const main = none();
    main.nextFile = { inspection: unfitPfx };
    const user = await onImport(main);
    await user.click(button("Choose file…"));
    expect(await screen.findByText("Doesn’t fit this job")).toBeVisible();
    const use = button("Use this certificate");
    expect(use).toHaveAttribute("aria-disabled", "true");
    await user.click(use);
    expect(main.asked()).not.toContain("certificates.acceptImport");
  });

  test("closing the dialog changes nothing; an unreadable file is explained and can be replaced", async () => {
    const main = none();
    const user = await onImport(main);
    await user.click(button("Choose file…"));
    await waitFor(() => expect(main.asked()).toEqual(["certificates.chooseImport"]));
    expect(screen.queryByRole("alert", { name: /./ })).not.toBeInTheDocument();
    main.reply("certificates.chooseImport", () => ({
      ok: false,
      error: wrong("certificate-truncated"),
    }));
    await user.click(button("Choose file…"));
    expect(await screen.findByText("The file is incomplete")).toBeVisible();
    main.answerAgain("certificates.chooseImport");
    main.nextFile = { inspection: windowsPfx };
    await user.click(button("Choose file…"));
    expect(await screen.findByRole("heading", { name: "exchange-2026.pfx" })).toBeVisible();
    expect(screen.queryByText("The file is incomplete")).not.toBeInTheDocument();
  });
});

describe("inspecting a file", () => {
  test("says whether it fits, the worst finding first, and everything about it", async () => {
    const main = none();
    main.nextFile = { inspection: windowsPfx };
    const user = await openInspect(main);
    await user.click(button("Choose file…"));
    const findings = within(await screen.findByRole("list", { name: "Findings" })).getAllByRole("listitem");
    expect(findings).toHaveLength(windowsPfx.findings.length);
    expect(findings[0]).toHaveTextContent(/^Reservation: .*CNG/);
    expect(findings.at(-1)).toHaveTextContent(/^Good: .*1 Jun 2028/);
    for (const text of [
      "CN=exchange.contoso.org, O=Contoso AG",
      "exchange.contoso.org, contoso.org",
      "RSA 2048",
      "CN=Contoso Issuing CA 2, O=Contoso AG",
      "Key and certificate are a pair",
      "IAM.cloud Exchange",
      "Older Windows (3DES with SHA-1)",
      "HMAC-SHA1 · 2,000 rounds",
    ]) {
      expect(screen.getAllByText(text)[0]).toBeVisible();
    }
    const readers = screen.getByRole("table", { name: "Who can open it" });
    expect(within(readers).getAllByText("Opens it")).toHaveLength(5);
    expect(within(readers).getByText("Refuses it")).toBeVisible();
    expect(document.body).not.toHaveTextContent(/inspect\.(readers|findings)\./);
    expect(await violations()).toEqual([]);
  });

  test("a protected PFX shows what is known and opens with its password", async () => {
    const main = none();
    main.nextFile = { inspection: lockedPfx, unlocked: windowsPfx, password: "right password" };
    const user = await openInspect(main);
    await user.click(button("Choose file…"));
    expect(await screen.findByText("Not known yet")).toBeVisible();
    expect(screen.getByRole("table", { name: "Who can open it" })).toBeVisible();
    await user.type(screen.getByLabelText("Password of this file"), "right password");
    await user.click(button("Open"));
    expect(await screen.findByText("Fits, with reservations")).toBeVisible();
    expect(screen.queryByLabelText("Password of this file")).not.toBeInTheDocument();
  });

  test.each([
    ["a certificate", publicCer, "Fits the upload in Entra"],
    ["a request", requestFile, "Valid: the request is intact"],
  ])("recognises %s", async (_, inspection, text) => {
    const main = none();
    main.nextFile = { inspection };
    const user = await openInspect(main);
    await user.click(button("Choose file…"));
    expect(await screen.findByText(text)).toBeVisible();
  });

  test("doesn't call a P7B fit for the upload, and says what Entra takes", async () => {
    const main = none();
    main.nextFile = { inspection: pkcs7 };
    const user = await openInspect(main);
    await user.click(button("Choose file…"));
    expect(await screen.findByText(/^PKCS #7 container \(P7B\)/)).toBeVisible();
    expect(screen.getByText(/Entra takes only \.cer, \.pem and \.crt/)).toBeVisible();
    expect(screen.getByText("Fits, with reservations")).toBeVisible();
    expect(screen.queryByText("Fits the upload in Entra")).toBeNull();
  });

  test("takes a dropped file and hands its bytes to main", async () => {
    const main = none();
    main.nextFile = { inspection: publicCer };
    await openInspect(main);
    const target = screen.getByText("Any certificate file").closest("div");
    if (target === null) throw new Error("there is no place to drop a file");
    const file = new File([new Uint8Array([0x30, 0x82])], "exchange-2026.cer");
    const item = {
      kind: "file",
      type: "",
      getAsFile: () => file,
      webkitGetAsEntry: () => ({ isFile: true, isDirectory: false }),
    };
    const dataTransfer = {
      types: ["Files"],
      items: [item],
      files: [file],
      dropEffect: "none",
      effectAllowed: "all",
    };
    fireEvent.dragEnter(target, { dataTransfer });
    fireEvent.dragOver(target, { dataTransfer });
    fireEvent.drop(target, { dataTransfer });
    expect(await screen.findByRole("heading", { name: "exchange-2026.cer" })).toBeVisible();
    expect(main.inputOf("certificates.offerInspect")["file"]).toMatchObject({ name: "exchange-2026.cer" });
  });

  test("in German every word is German", async () => {
    const main = none();
    main.info = appInfo({ language: "de", locale: "de-DE" });
    main.nextFile = { inspection: windowsPfx };
    const user = await openInspect(main);
    await user.click(button("Datei wählen …"));
    expect(await screen.findByText("Mit Vorbehalt geeignet")).toBeVisible();
    expect(document.body).not.toHaveTextContent(/inspect\.|certificate\./);
    expect(await violations()).toEqual([]);
  });
});
