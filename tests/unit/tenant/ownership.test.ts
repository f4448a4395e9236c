import { describe, expect, test } from "vitest";
import type { JournalLine } from "../../../main/tenant/applied.ts";
import type { Inverse } from "../../../main/tenant/change.ts";
import { plan } from "../../../main/tenant/plan.ts";
import { ownChanges, planUndo } from "../../../main/tenant/undo.ts";
import { session, wish } from "./bench.ts";
import { emptyTenant, GraphModel } from "./graph-model.ts";

const inverse: Inverse = { kind: "unassign-role", roleDefinitionId: "role" };

function lines(...phases: JournalLine["phase"][]) {
  return phases.map((phase) => ({ phase, change: "assign-role", inverse }));
}

describe("what counts as this app's own", () => {
  test.each<[JournalLine["phase"][], boolean]>([
    [["sending", "done"], true],
    [["sending"], true],
    [["sending", "refused"], false],
    [["sending", "refused", "found"], false],
    [["sending", "sending", "refused", "found"], true],
    [["sending", "sending", "refused", "sending", "refused"], true],
    [["sending", "refused", "sending", "done"], true],
    [["sending", "done", "sending", "refused"], true],
    [["found"], false],
  ])("%j: %s", (phases, own) => {
    expect(ownChanges(lines(...phases)).length > 0).toBe(own);
  });

  test("a change that a crash cut off and replication hides is found as already there, and stays own", async () => {
    const model = new GraphModel(emptyTenant());
    const desired = wish();
    const first = session(model, desired);
    const changes = plan(desired, await first.read());
    const crash = new Error("killed");
    const died = first.apply(changes, {
      journal: async (line) => {
        if (line.change === "grant-role:exchange-manage-as-app") {
          model.lag = 4;
          if (line.phase === "done") throw crash;
        }
        first.journal.push(line);
      },
    });
    await expect(died).rejects.toBe(crash);
    const second = session(model, desired);
    const applied = await second.apply(plan(desired, await second.read()));
    expect(applied.remaining).toEqual([]);
    const phases = second.journal.filter(({ change }) => change === "grant-role:exchange-manage-as-app");
    expect(phases.slice(0, 2).map(({ phase }) => phase)).toEqual(["sending", "refused"]);
    expect(phases.at(-1)?.phase).toBe("found");
    expect(ownChanges([...first.journal, ...second.journal])).toContainEqual(
      expect.objectContaining({ kind: "revoke-role", value: "Exchange.ManageAsApp" }),
    );
  });
  test("an application that the setup took over later is not undone in place of the one that was made", async () => {
    const model = new GraphModel(emptyTenant());
    const first = session(model, wish());
    await first.apply(plan(wish(), await first.read()));
    const [made] = model.state.applications;
    const theirs = { ...made!, id: "their-object", appId: "their-app", uniqueName: null };
    model.state.applications.push(theirs);
    model.state.servicePrincipals.push({
      id: "their-sp",
      appId: "their-app",
      accountEnabled: true,
      tags: [],
    });
    const desired = wish({ applicationId: "their-app" });
    const adopted = session(model, desired);
    const actual = await adopted.read();
    expect(planUndo(ownChanges(first.journal), actual)).toEqual([]);
    await adopted.apply(plan(desired, actual));
    const both = ownChanges([...first.journal, ...adopted.journal]);
    const kinds = planUndo(both, await adopted.read()).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(
      ["hide-service-principal", "revoke-role", "revoke-role", "revoke-role"].concat([
        "revoke-scopes",
        "revoke-scopes",
        "unassign-role",
      ]),
    );
    expect(planUndo(both, await first.read()).map(({ kind }) => kind)).toContain("delete-application");
  });

  test("an audience that somebody else chose meanwhile stays", async () => {
    const model = new GraphModel(emptyTenant());
    const desired = wish();
    const { read, apply } = session(model, desired);
    await apply(plan(desired, await read()));
    const inverses: Inverse[] = [{ kind: "set-audience", value: "AzureADMultipleOrgs" }];
    expect(planUndo(inverses, await read())).toHaveLength(1);
    model.state.applications[0]!.signInAudience = "AzureADandPersonalMicrosoftAccount";
    expect(planUndo(inverses, await read())).toEqual([]);
  });
});
