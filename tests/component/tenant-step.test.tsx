import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { checkQuietly } from "../../renderer/tenant/use-quiet-check.ts";
import { noteView, partlyAllowed, planView, read, roles, unread, tenantId } from "./tenant-samples.ts";
import { expectAccessible, now, panel, setupId, startWith } from "./tenant-screen.tsx";

describe("what the app can do of a step", () => {
  it("comes first for whom is signed in, and begins with reading the tenant", async () => {
    const { user, state, inputs } = await startWith(unread());
    state.tenantScript = { check: () => read(planView()) };
    expect(screen.getByRole("tab", { name: "Do it for me" })).toHaveAttribute("aria-selected", "true");
    await user.click(panel().getByRole("button", { name: "Check tenant" }));
    expect(inputs("tenant.check")).toEqual([{ setupId, quiet: false }]);
    expect(await panel().findByText("3 changes bring the tenant to the documented state.")).toBeVisible();
    expect(panel().getByText("Your roles allow all of it: Global Administrator.")).toBeVisible();
    await expectAccessible();
  });

  it("says how far the rights go and prepares a request for the rest", async () => {
    const { user, inputs } = await startWith(read(partlyAllowed(), { roles: [roles.cloudApplication] }));
    expect(
      panel().getByText("2 of them need a role you don’t have active: Privileged Role Administrator."),
    ).toBeVisible();
    await user.click(panel().getByRole("button", { name: "Prepare request for a colleague" }));
    expect(inputs("tenant.prepareRequest")).toEqual([{ setupId }]);
    expect(await screen.findByText("Request prepared")).toBeVisible();
  });

  it("never claims to know rights that could not be read", async () => {
    const plan = planView();
    const changes = plan.changes.map((change) => ({ ...change, mayDo: "unknown" as const }));
    await startWith(read({ ...plan, changes }, { roles: null, rolesUnknown: "no-right" }));
    expect(panel().getByText(/could not be read \(this sign-in may not read it\)/)).toBeVisible();
  });

  it("stops at another tenant with both names and leads to the tenant ID", async () => {
    const { user } = await startWith(
      unread({ otherTenant: { expected: tenantId, found: "0000", foundName: "Fabrikam" } }),
      { document: { fields: { tenantName: "Contoso" } } },
    );
    expect(panel().getByText(/belongs to “Contoso”.*signed in to “Fabrikam”/)).toBeVisible();
    await user.click(panel().getByRole("button", { name: "Correct the tenant ID (step 6)" }));
    expect(await screen.findByRole("textbox", { name: /^Tenant ID/ })).toHaveFocus();
  });

  it("is calm when nothing is left", async () => {
    await startWith(read(planView({ changes: [] })));
    expect(panel().getByText(/^The tenant is as documented \(checked /)).toBeVisible();
    expect(panel().getByRole("button", { name: "Check again" })).toBeVisible();
    expect(panel().queryByRole("button", { name: "Show plan" })).toBeNull();
  });

  it("does not call a tenant documented while something stays open", async () => {
    const notes = [noteView("certificate-missing")];
    await startWith(read(planView({ changes: [], notes })));
    expect(panel().queryByText(/as documented/)).toBeNull();
    expect(panel().getByText("There is no certificate yet")).toBeVisible();
  });

  describe("of a colleague's request", () => {
    const request = { id: "r", from: "Chris", at: now().toISOString(), kinds: ["role"] };
    const needs = (level: "stop" | "attention") =>
      noteView("request-needs", {
        level,
        reason: {
          key: "tenant.notes.request-needs",
          params: { change: "create-application" },
          target: { step: "create-application" },
        },
      });

    it("says that it is fulfilled only when nothing stays open", async () => {
      await startWith(read(planView({ changes: [] }), { request }));
      expect(panel().getByText(/^The request is fulfilled/)).toBeVisible();
    });

    it("says what has to come first", async () => {
      const { user } = await startWith(read(planView({ changes: [], notes: [needs("stop")] }), { request }));
      expect(panel().queryByText(/is fulfilled/)).toBeNull();
      const first = "“Create the application” has to come first and isn’t part of the request";
      expect(panel().getByText(first)).toBeVisible();
      await user.click(panel().getByRole("button", { name: "Show what has to be settled" }));
      const dialog = within(await screen.findByRole("dialog"));
      expect(dialog.getByText(/^Whoever sent the request has to do that first/)).toBeVisible();
      await expectAccessible();
    });

    it("claims no more than it can do now", async () => {
      await startWith(read(planView({ notes: [needs("attention")] }), { request }));
      expect(
        panel().getByText(
          "3 changes of your colleague’s request are planned; not all of it is possible yet.",
        ),
      ).toBeVisible();
    });
  });

  it("shows each permission as granted, open, gone or not known, and what is more than documented", async () => {
    await startWith(
      read(planView(), {
        permissions: {
          rows: read(planView()).permissions?.rows ?? [],
          extras: [
            {
              api: "Microsoft Graph",
              type: "Delegated",
              id: "x",
              value: "Mail.Send",
              requested: false,
              granted: true,
            },
          ],
        },
      }),
    );
    const table = within(panel().getByRole("table", { name: "The permissions in the tenant" }));
    const state = (name: RegExp) => table.getByRole("row", { name }).lastElementChild?.textContent ?? "";
    expect(state(/^openid/)).toBe("Granted");
    expect(state(/^People.ReadWrite/)).toBe("No longer offered");
    expect(state(/^User.ReadWrite/)).toBe("Missing");
    expect(state(/^Exchange.Manage Manage/)).toContain("Could not check");
    expect(state(/^Exchange.Manage Manage/)).toContain("Whether it is granted: this sign-in may not read it");
    expect(state(/Read and write all user mailbox settings Requested/)).toBe("Requested, not granted");
    expect(panel().getByText("Mail.Send (Microsoft Graph, delegated): granted")).toBeVisible();
    await expectAccessible();
  });

  it("shows the same states beside the rows to enter by hand", async () => {
    const { user } = await startWith(read(planView()));
    await user.click(screen.getByRole("tab", { name: "Do it by hand" }));
    expect(panel().getByRole("columnheader", { name: "State in the tenant" })).toBeVisible();
    expect(panel().getByText("No longer offered")).toBeVisible();
  });

  it("tells what drifted, since when", async () => {
    const since = new Date(2026, 10, 20, 9, 0).toISOString();
    await startWith(
      read(planView(), {
        drift: [
          {
            fact: "permissions-requested",
            step: "api-permissions",
            was: "satisfied",
            now: "unsatisfied",
            since,
            noticedAt: now().toISOString(),
            found: "",
          },
        ],
      }),
    );
    expect(
      panel().getByText(/Permissions requested: in place until 20 Nov 2026, 09:00, not any more/),
    ).toBeVisible();
  });

  it("reads again by itself when looked at, not more often than once a minute", async () => {
    const { inputs } = await startWith(read(planView()));
    const at = now().getTime();
    await checkQuietly(at + 30_000);
    expect(inputs("tenant.check")).toEqual([]);
    await checkQuietly(at + 61_000);
    await checkQuietly(at + 90_000);
    expect(inputs("tenant.check")).toEqual([{ setupId, quiet: true }]);
  });
});

describe("“Check my access”", () => {
  it("names tenant, account, roles and what each step needs, and never says that a role is not eligible", async () => {
    const tenant = read(planView(), {
      roles: [roles.cloudApplication],
      access: [
        { step: "create-application", answer: "done", roles: [] },
        { step: "api-permissions", answer: "yes", roles: [roles.cloudApplication] },
        { step: "exchange-role", answer: "no", roles: [roles.privileged, roles.global] },
      ],
    });
    const { user, inputs } = await startWith(tenant, { step: "admin-portal" });
    await user.click(screen.getByRole("button", { name: /^Check my access,\s?Added by this app$/ }));
    expect(await screen.findByRole("heading", { level: 1, name: "Check my access" })).toHaveFocus();
    expect(screen.getByText("contoso.onmicrosoft.example")).toBeVisible();
    const steps = within(screen.getByRole("table", { name: "What you can do" }));
    expect(steps.getByRole("row", { name: /Exchange administrator role/ })).toHaveTextContent(
      "Another rolePrivileged Role Administrator or Global Administrator",
    );
    expect(document.body).not.toHaveTextContent(/not eligible/i);
    expect(screen.getByText(/are not visible to this app/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "I have activated it: sign in again" }));
    expect(inputs("tenant.signIn")).toHaveLength(1);
    await expectAccessible();
    await user.click(steps.getByRole("button", { name: /Exchange administrator role/ }));
    await waitFor(() =>
      expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Exchange administrator role"),
    );
  });
});
