import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { problemView, read, planView, signedOut, signingIn, unread, alex, chris } from "./tenant-samples.ts";
import { expectAccessible, panel, setupId, startWith } from "./tenant-screen.tsx";

describe("signing in", () => {
  it("leaves the manual path in front until somebody signs in", async () => {
    const { user } = await startWith(signedOut());
    expect(screen.getByRole("tab", { name: "Do it by hand" })).toHaveAttribute("aria-selected", "true");
    await user.click(screen.getByRole("tab", { name: "Do it for me" }));
    expect(panel().getByText(/changes nothing before you have seen every change/)).toBeVisible();
    await user.click(panel().getByRole("button", { name: "Work without signing in" }));
    expect(screen.getByRole("tab", { name: "Do it by hand" })).toHaveAttribute("aria-selected", "true");
  });

  it("starts in the browser with the keyboard alone, says how to go on and for how long, and can be canceled", async () => {
    const { user, state, inputs } = await startWith(signedOut());
    state.tenantScript = { signIn: () => signingIn({ until: new Date(Date.now() + 240_000).toISOString() }) };
    await user.click(screen.getByRole("tab", { name: "Do it for me" }));
    panel().getByRole("button", { name: "Sign in with the browser" }).focus();
    await user.keyboard("{Enter}");
    expect(await panel().findByRole("heading", { name: "Go on in your browser" })).toBeVisible();
    expect(inputs("tenant.signIn")).toEqual([
      { setupId, method: "browser", chooseAccount: false, guest: false },
    ]);
    expect(panel().getByText(/Time left: [34]:\d\d/)).toBeVisible();
    expect(panel().getByText("Application.Read.All")).toBeVisible();
    await user.click(panel().getByRole("button", { name: "Cancel sign-in" }));
    expect(await panel().findByRole("button", { name: "Sign in with the browser" })).toBeVisible();
    expect(inputs("tenant.cancelSignIn")).toEqual([{ setupId }]);
  });

  it("offers a device code only with Microsoft's warning, and then shows the code to copy", async () => {
    const { user, state, inputs } = await startWith(signedOut());
    state.tenantScript = {
      signIn: () =>
        signingIn({
          method: "device-code",
          code: { userCode: "H7QK2PXNR", verificationUri: "https://microsoft.com/devicelogin" },
        }),
    };
    await user.click(screen.getByRole("tab", { name: "Do it for me" }));
    await user.click(panel().getByText("The browser on this computer can’t be used"));
    expect(panel().getByText("Only enter codes that you asked for yourself")).toBeVisible();
    await user.click(panel().getByRole("button", { name: "Sign in with a device code" }));
    expect(await panel().findByText("H7QK2PXNR")).toBeVisible();
    await user.click(panel().getByRole("button", { name: "Copy Code" }));
    expect(inputs("app.copyText")).toEqual([{ text: "H7QK2PXNR" }]);
    await user.click(panel().getByRole("button", { name: "Open the page" }));
    expect(inputs("tenant.openDeviceLogin")).toEqual([{ setupId }]);
    await expectAccessible();
  });

  it("says what happened, what to do, and gives support one block to copy", async () => {
    const { user, inputs } = await startWith(
      signedOut({ problem: problemView("identity.reasons.conditional-access") }),
    );
    await user.click(screen.getByRole("tab", { name: "Do it for me" }));
    expect(panel().getByRole("alert")).toHaveTextContent("Blocked by conditional access");
    await user.click(panel().getByText("Details for support", { selector: "summary" }));
    await user.click(panel().getByRole("button", { name: "Copy Details for support" }));
    const [copied] = inputs("app.copyText") as { text: string }[];
    expect(copied?.text).toContain("Code: AADSTS53003");
    expect(copied?.text).toContain("Trace ID: c0ffee00-0000-4000-8000-000000000002");
    await expectAccessible();
  });

  it("takes another client only when its ID has the right form", async () => {
    const { user, inputs } = await startWith(signedOut());
    await user.click(screen.getByRole("tab", { name: "Do it for me" }));
    await user.click(panel().getByText("Signs in through: Microsoft Graph Command Line Tools"));
    const field = panel().getByRole("textbox", { name: "Application ID of your own client" });
    await user.type(field, "not-a-guid{Enter}");
    expect(field).toBeInvalid();
    expect(inputs("tenant.setClientId")).toEqual([]);
    await user.clear(field);
    await user.type(field, "1b4e28ba-2fa1-41d2-883f-0016d3cca427{Enter}");
    expect(
      await panel().findByText("Signs in through: your own client 1b4e28ba-2fa1-41d2-883f-0016d3cca427"),
    ).toBeVisible();
  });
});

describe("the header", () => {
  it("offers to sign in, and names practice setups", async () => {
    const { user, state } = await startWith(signedOut(), { document: { practice: true } });
    state.tenantScript = { signIn: () => unread() };
    const header = within(screen.getByRole("banner", { name: "App" }));
    expect(header.getByText("Practice tenant")).toBeVisible();
    await user.click(header.getByRole("button", { name: "Sign in…" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Sign in" }));
    await user.click(dialog.getByRole("button", { name: "Sign in with the browser" }));
    expect(
      await screen.findByRole("button", { name: `Account: ${alex.username}`, hidden: true }),
    ).toBeInTheDocument();
    expect(screen.getByRole("contentinfo", { hidden: true })).toHaveTextContent(
      `Signed in: ${alex.username}`,
    );
  });

  it("has the account's menu: access, other accounts, sign out", async () => {
    const tenant = unread();
    tenant.signIn.accounts = [alex, chris];
    const { user, inputs } = await startWith(tenant);
    await user.click(screen.getByRole("button", { name: `Account: ${alex.username}` }));
    await user.click(await screen.findByRole("menuitem", { name: `Go on as ${chris.username}` }));
    expect(inputs("tenant.useAccount")).toEqual([{ setupId, accountId: chris.id }]);
    await user.click(await screen.findByRole("button", { name: `Account: ${chris.username}` }));
    const undo = await screen.findByRole("menuitem", { name: /Take back what this app made/ });
    expect(undo).toHaveAccessibleName(/ Nothing to take back: check the tenant first$/);
    await user.click(screen.getByRole("menuitem", { name: "Sign out" }));
    expect(await screen.findByRole("button", { name: "Sign in…" })).toBeVisible();
    expect(screen.getByRole("contentinfo")).toHaveTextContent("Not signed in");
  });

  it("speaks German", async () => {
    await startWith(read(planView()), { language: "de" });
    expect(screen.getByRole("tab", { name: "Von der App erledigen" })).toHaveAttribute(
      "aria-selected",
      "true",
    );
    expect(screen.getByRole("button", { name: `Konto: ${alex.username}` })).toBeVisible();
    expect(
      screen.getByText("3 Änderungen bringen den Mandanten in den dokumentierten Zustand."),
    ).toBeVisible();
    await waitFor(() => expectAccessible());
  });
});
