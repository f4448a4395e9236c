import { describe, expect, test } from "vitest";
import type { JournalLine } from "../../../main/tenant/applied.ts";
import type { Inverse } from "../../../main/tenant/change.ts";
import { plan } from "../../../main/tenant/plan.ts";
import { ownChanges } from "../../../main/tenant/undo.ts";
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
});
