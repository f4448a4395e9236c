import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { TenantView } from "../../preload/model/tenant.ts";
import { showPlan } from "../../renderer/store/plan-dialog.ts";
import {
  changeView,
  noteView,
  outcome,
  partlyAllowed,
  planView,
  problemView,
  read,
  sameName,
} from "./tenant-samples.ts";
import { expectAccessible, now, panel, setupId, startWith } from "./tenant-screen.tsx";
import type { TenantScreen } from "./tenant-screen.tsx";

async function openPlan(tenant: TenantView, language: "en" | "de" = "en"): Promise<TenantScreen> {
  const app = await startWith(tenant, { language });
  act(() => showPlan(setupId, "apply"));
  await screen.findByRole("dialog");
  return app;
}

function dialog() {
  return within(screen.getByRole("dialog"));
}

const later = new Date(now().getTime() + 60_000).toISOString();

describe("the plan", () => {
  it("shows every change by step with before, after, its inverse and the request", async () => {
    const { user, inputs } = await openPlan(read(planView()));
    expect(screen.getByRole("dialog")).toHaveAccessibleName("Plan: 3 changes");
    const steps = dialog()
      .getAllByRole("heading", { level: 3 })
      .map(({ textContent }) => textContent);
    expect(steps.slice(0, 3)).toEqual([
      "Step 3: Create your own application",
      "Step 8: Administrative consent",
      "Step 11: Exchange administrator role",
    ]);
    expect(dialog().getByText("May sign in: accounts of this organization only")).toBeVisible();
    expect(dialog().getByText("Role Exchange Administrator, for the whole organization")).toBeVisible();
    expect(dialog().getByText("Can be taken back: the assignment is removed")).toBeVisible();
    await user.click(dialog().getByText("Details of “Create the application”"));
    await user.click(dialog().getAllByRole("button", { name: "Copy Content (JSON)" })[0] as HTMLElement);
    expect(inputs("app.copyText")).toEqual([{ text: '{\n  "displayName": "IAM.cloud"\n}' }]);
    expect(dialog().getByText("Application.ReadWrite.All")).toBeVisible();
    await expectAccessible();
  });

  it("offers to check the tenant where the reading does not count any more, with why", async () => {
    const { become, user, inputs } = await openPlan(read(planView()));
    const key = "errors.other-account-signed-in";
    const params = { before: "ada@contoso.org", now: "ben@contoso.org" };
    await become({ ...read(planView()), plan: null, problem: { ...problemView(key), params } });
    expect(dialog().getByText("Another account signed in")).toBeVisible();
    expect(dialog().getByText(/^The work began as ada@contoso.org, then ben@contoso.org/)).toBeVisible();
    expect(dialog().queryByText("Reading the tenant…")).toBeNull();
    await user.click(dialog().getByRole("button", { name: "Check tenant" }));
    expect(inputs("tenant.check")).toContainEqual({ setupId, quiet: false });
    const since = new Date().toISOString();
    const work = {
      kind: "reading",
      since,
      change: null,
      done: 0,
      total: 0,
      wait: null,
      canceling: false,
    } as const;
    await become({ ...read(planView()), plan: null, work });
    expect(dialog().getByRole("button", { name: /Check tenant/ })).toBeVisible();
    await expectAccessible();
  });

  it("says who may do what the account may not, and applies only the rest", async () => {
    const { user, inputs } = await openPlan(read(partlyAllowed()));
    expect(dialog().getByText("Needs Privileged Role Administrator or Global Administrator")).toBeVisible();
    expect(dialog().getByText(/^Waits for “Assign the role/)).toBeVisible();
    expect(dialog().getByText(/^2 of these changes need another role and are left out/)).toBeVisible();
    expect(dialog().getByText(/^Apply the others first, then prepare a request/)).toBeVisible();
    await user.click(dialog().getByRole("button", { name: "Apply 1 change" }));
    expect(inputs("tenant.apply")).toEqual([{ setupId, planId: "plan-1" }]);
  });

  it("shows an application of the same name with its differences, to take over or to leave", async () => {
    const app = await openPlan(read(planView({ changes: [], notes: [sameName()] })));
    app.state.tenantScript = {
      createBeside: () => read(planView({ notes: [{ ...sameName(), level: "info" }] })),
      takeOver: () => read(planView()),
    };
    expect(dialog().queryByText(/^Exactly this is written/)).toBeNull();
    expect(
      dialog().getByText(/^Exchange.ManageAsApp \(Office 365 Exchange Online, application\)/),
    ).toBeVisible();
    expect(dialog().getByRole("button", { name: /^Take over “IAM.cloud Exchange Online”/ })).toBeVisible();
    expect(dialog().queryByRole("button", { name: /^Apply/ })).toBeNull();
    await expectAccessible();
    await app.user.click(dialog().getByRole("button", { name: "Create a new one beside it" }));
    expect(await dialog().findByRole("button", { name: "Apply 3 changes" })).toBeVisible();
    await waitFor(() =>
      expect(screen.getByRole("dialog")).toContainElement(document.activeElement as HTMLElement),
    );
    expect(document.activeElement).not.toBe(document.body);
    expect(dialog().queryByRole("button", { name: "Create a new one beside it" })).toBeNull();
    await app.user.click(dialog().getByText("Take the existing one over instead"));
    await expectAccessible();
    await app.user.click(dialog().getByRole("button", { name: /^Take over/ }));
    await waitFor(() => expect(dialog().queryByText("Take the existing one over instead")).toBeNull());
    expect(app.inputs("tenant.takeOver")).toEqual([{ setupId, appId: sameName().applications[0]?.appId }]);
  });

  it("creates the missing certificate with one click", async () => {
    const notes = [noteView("certificate-missing")];
    const certificateLimits = { maxDays: 180, selfSigned: "allowed" as const };
    const app = await openPlan(read(planView({ notes }), { certificateLimits }));
    expect(dialog().getByText(/valid for 180 days as the tenant allows/)).toBeVisible();
    app.state.tenantScript = {
      check: () =>
        read(planView({ changes: [changeView("add-certificate", "add-certificate", "upload-certificate")] })),
    };
    await app.user.click(dialog().getByRole("button", { name: "Create certificate" }));
    expect(await dialog().findByRole("button", { name: "Apply 1 change" })).toBeVisible();
    const [created] = app.inputs("certificates.create") as { notBefore: string; notAfter: string }[];
    expect(created).toMatchObject({ keySize: 3072, commonName: "contoso.onmicrosoft.example" });
    const days = (Date.parse(created?.notAfter ?? "") - Date.parse(created?.notBefore ?? "")) / 86_400_000;
    expect(days).toBe(180);
  });

  it("explains the profiles and takes a new plan for another one", async () => {
    const { user, inputs } = await openPlan(read(planView()));
    await user.click(dialog().getByRole("radio", { name: "Least privilege" }));
    expect(inputs("tenant.setProfile")).toEqual([{ setupId, profile: "least-privilege" }]);
    expect(await dialog().findByText(/^Only Exchange.ManageAsApp/)).toBeVisible();
  });

  it("speaks German", async () => {
    await openPlan(read(partlyAllowed()), "de");
    expect(screen.getByRole("dialog")).toHaveAccessibleName("Plan: 3 Änderungen");
    expect(dialog().getByText("Schritt 11: Rolle Exchange-Administrator")).toBeVisible();
    expect(dialog().getByRole("button", { name: "1 Änderung ausführen" })).toBeVisible();
    await expectAccessible();
  });
});

describe("carrying the plan out", () => {
  it("shows the change under way and what it waits for, and stops between changes", async () => {
    const app = await openPlan(read(planView()));
    const end = Promise.withResolvers<TenantView>();
    app.state.tenantScript = { apply: () => end.promise };
    await app.user.click(dialog().getByRole("button", { name: "Apply 3 changes" }));
    const work = {
      kind: "applying" as const,
      since: now().toISOString(),
      change: { id: "grant-role:exchange-manage-as-app", kind: "grant-role" },
      done: 1,
      total: 3,
      wait: {
        reason: "replication",
        until: new Date(Date.now() + 4_000).toISOString(),
        giveUpAt: new Date(2026, 10, 24, 10, 15).toISOString(),
      },
      canceling: false,
    };
    await app.become(read(planView(), { work }));
    expect(await dialog().findByText("1 of 3 done")).toBeVisible();
    expect(dialog().getByText("Microsoft is still spreading what was just created.")).toBeVisible();
    expect(dialog().getByText(/Next attempt in 0:0\d · Gives up at 10:15/)).toBeVisible();
    await expectAccessible();
    await app.user.click(dialog().getByRole("button", { name: "Stop after this change" }));
    expect(app.inputs("tenant.cancelWork")).toEqual([{ setupId }]);
    end.resolve(
      read(planView(), {
        result: {
          kind: "apply",
          at: later,
          outcomes: [outcome("create-application", "create-application")],
          stop: { kind: "canceled", problem: null },
          remaining: 2,
        },
      }),
    );
    expect(await dialog().findByText(/You stopped the work/)).toBeVisible();
    expect(screen.getByRole("dialog")).toContainElement(document.activeElement as HTMLElement);
  });

  it("tells what became of each change, once, and offers the rest and the way back", async () => {
    const app = await openPlan(read(planView()));
    app.state.tenantScript = {
      apply: () =>
        read(planView({ id: "plan-2", changes: planView().changes.slice(2) }), {
          undo: planView({ id: "undo-1" }),
          result: {
            kind: "apply",
            at: later,
            outcomes: [
              outcome("create-application", "create-application"),
              outcome("grant-role:exchange-manage-as-app", "grant-role", { kind: "found" }),
              outcome("assign-role", "assign-role", {
                kind: "refused",
                problem: problemView("tenant.errors.forbidden", { code: "Authorization_RequestDenied" }),
              }),
            ],
            stop: null,
            remaining: 1,
          },
        }),
    };
    await app.user.click(dialog().getByRole("button", { name: "Apply 3 changes" }));
    expect(await dialog().findByText("2 of 3 changes are in place")).toBeVisible();
    expect(dialog().getByText("Your account may not do this")).toBeVisible();
    await waitFor(() => expect(document.body).toHaveTextContent("2 of 3 changes are in place."));
    expect(screen.getByRole("dialog")).toContainElement(document.activeElement as HTMLElement);
    await expectAccessible();
    await app.user.click(dialog().getByRole("button", { name: "Apply the rest (1 change)" }));
    expect(app.inputs("tenant.apply").at(-1)).toEqual({ setupId, planId: "plan-2" });
    await app.user.click(dialog().getByRole("button", { name: "Take back what this app made…" }));
    await waitFor(() => expect(screen.getByRole("dialog")).toHaveAccessibleName("Take back: 3 changes"));
    await app.user.click(dialog().getByRole("button", { name: "Take back 3 changes" }));
    expect(app.inputs("tenant.undo")).toEqual([{ setupId, planId: "undo-1" }]);
  });

  it("can be closed while the work goes on, and found again on the step", async () => {
    const work = {
      kind: "applying" as const,
      since: now().toISOString(),
      change: { id: "assign-role", kind: "assign-role" },
      done: 2,
      total: 3,
      wait: null,
      canceling: false,
    };
    const app = await openPlan(read(planView(), { work }));
    await app.user.click(dialog().getByRole("button", { name: "Close; the work goes on" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await app.user.click(panel().getByRole("button", { name: "Show progress" }));
    expect(await screen.findByRole("dialog")).toHaveAccessibleName("Applying the plan");
  });
});
