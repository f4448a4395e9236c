import { act, screen, waitFor } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { acceptView } from "../../renderer/store/setups.ts";
import { savedCertificate, wrong } from "./certificate-samples.ts";
import { CertificatesInMemory } from "./certificates-in-memory.ts";
import { button, enter, openStep, violations } from "./certificates-screen.tsx";
import { beforeCertificate, halfway } from "./setup-in-memory.ts";

/** The PFX is saved, but its password was kept only until the app was closed. */
function withoutPassword(): CertificatesInMemory {
  const main = new CertificatesInMemory(halfway());
  main.setup.observations = { ...main.setup.observations, password: "none" };
  return main;
}

const typed = "seven-Purple_tractors.99";

describe("a saved PFX whose password isn't here", () => {
  test("keeps everything when the export is closed without a choice, the typed text too", async () => {
    const main = withoutPassword();
    main.cancelSaving = true;
    const user = await openStep(main);
    const before = main.setup.document;
    await user.click(screen.getByRole("radio", { name: "My own" }));
    await enter(user, screen.getByLabelText("Your PFX password"), typed);
    await user.click(button("Export PFX…"));
    expect(await screen.findByText(/Nothing was saved/)).toBeInTheDocument();
    expect(main.asked()).toEqual(["certificates.exportPfx"]);
    expect(main.setup.document).toEqual(before);
    expect(main.setup.view().password.state).toBe("none");
    expect(screen.getByLabelText("Your PFX password")).toHaveValue(typed);
  });

  test("is exported with the chosen one, which is then the setup's; the typed text is forgotten", async () => {
    const main = withoutPassword();
    const user = await openStep(main);
    await user.click(screen.getByRole("radio", { name: "My own" }));
    await enter(user, screen.getByLabelText("Your PFX password"), typed);
    await user.click(button("Export PFX…"));
    expect(await screen.findByText("PFX (with private key) saved", { selector: "li *" })).toBeVisible();
    expect(main.inputOf("certificates.exportPfx")).toMatchObject({
      password: { kind: "typed", password: typed, keep: true },
    });
    expect(button("Copy PFX password")).toBeVisible();
    await user.click(button("More for the password"));
    await user.click(await screen.findByRole("menuitem", { name: "Forget password" }));
    await user.click(await screen.findByRole("button", { name: "Forget password" }));
    await waitFor(() => expect(screen.getByLabelText("Your PFX password")).toHaveValue(""));
  });

  test("is exported anew after a failure, with the password that is still in its field", async () => {
    const main = withoutPassword();
    const error = wrong("folder-read-only", { path: "/mnt/share" });
    main.reply("certificates.exportPfx", () => ({ ok: false, error }));
    const user = await openStep(main);
    await user.click(screen.getByRole("radio", { name: "My own" }));
    await enter(user, screen.getByLabelText("Your PFX password"), typed);
    await user.click(button("Export PFX…"));
    expect(await screen.findByText("Nothing can be saved in this folder")).toBeVisible();
    main.answerAgain("certificates.exportPfx");
    await user.click(button("Export PFX…"));
    await screen.findByText("PFX (with private key) saved", { selector: "li *" });
    expect(main.inputOf("certificates.exportPfx")).toMatchObject({ password: { password: typed } });
  });

  test("gets no PEM with another password beside it, and the reason is said", async () => {
    const main = withoutPassword();
    const user = await openStep(main);
    await user.click(button("More for this certificate"));
    const entry = await screen.findByRole("menuitem", { name: /Encrypted PEM/ });
    expect(await violations()).toEqual([]);
    expect(entry).toHaveTextContent(/A PEM gets the password of the saved PFX, and that isn’t on this/);
    await user.click(entry);
    expect(main.asked()).toEqual([]);
  });

  test("stays recorded when the creation of another certificate is cancelled", async () => {
    const main = withoutPassword();
    main.hold("certificates.create");
    const user = await openStep(main);
    const before = main.setup.document;
    await user.click(button("Replace certificate"));
    await user.click(await screen.findByRole("button", { name: "Replace…" }));
    await user.click(await screen.findByRole("button", { name: "Create and replace" }));
    await user.click(await screen.findByRole("button", { name: "Cancel" }));
    await waitFor(() => expect(screen.queryByRole("progressbar")).not.toBeInTheDocument());
    expect(main.asked()).toEqual(["certificates.create", "certificates.cancel"]);
    expect(main.inputOf("certificates.create")).toMatchObject({ password: { kind: "generated" } });
    expect(main.setup.document).toEqual(before);
  });
});

test("a certificate without a PFX gets its first password with the encrypted PEM", async () => {
  const main = withoutPassword();
  const { certificate } = main.setup.document;
  if (certificate) certificate.pfx = null;
  const user = await openStep(main);
  await user.click(button("More for this certificate"));
  await user.click(await screen.findByRole("menuitem", { name: /Encrypted PEM/ }));
  await screen.findByText("Encrypted PEM saved", { selector: "li *" });
  expect(main.asked()).toEqual(["certificates.exportPem"]);
  expect(main.inputOf("certificates.exportPem")).toMatchObject({
    password: { kind: "generated", keep: true },
  });
});

test("a certificate whose password could not be kept is on the screen with the reason", async () => {
  const main = new CertificatesInMemory(beforeCertificate());
  main.reply("certificates.create", () => {
    main.setup.document.certificate = { ...savedCertificate(), pfx: null };
    act(() => acceptView(main.setup.view()));
    return { ok: false, error: wrong("disk-full") };
  });
  const user = await openStep(main);
  await user.click(button("Create certificate"));
  expect(await screen.findByRole("tab", { name: "This certificate", selected: true })).toBeVisible();
  expect(await screen.findByText("The disk is full")).toBeVisible();
});
