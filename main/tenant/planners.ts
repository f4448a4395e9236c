import type { WorkResultView } from "../../preload/model/tenant.ts";
import type { Clock } from "../ports.ts";
import { removalOf } from "../rollout/rotation.ts";
import type { SetupDocument } from "../setups/document.ts";
import type { ActualTenant } from "./actual.ts";
import type { Change } from "./change.ts";
import type { ChangeLine } from "./change-log.ts";
import type { DesiredTenant } from "./desired.ts";
import { plan } from "./plan.ts";
import { planRemoval, safeRemoval } from "./removal.ts";
import { ownChanges, planUndo } from "./undo.ts";
import { wantedOf, withinRequest } from "./wanted.ts";

export interface PlannersPorts {
  document: () => SetupDocument;
  /** Every change that was sent, oldest first. */
  log: () => readonly ChangeLine[];
  clock: Clock;
}

/** What follows from a reading for one setup, as it is now. */
export interface Planners {
  /** What may be shown and confirmed of a kind of work. */
  shown(kind: WorkResultView["kind"], actual: ActualTenant): Change[];
  /** The same while it is carried out: what was confirmed for one application stays meant for that one. */
  during(
    kind: WorkResultView["kind"],
    application: DesiredTenant["application"],
  ): (actual: ActualTenant) => Change[];
}

export function createPlanners({ document, log, clock }: PlannersPorts): Planners {
  /** Only what this setup may change, in an order in which it can be changed. */
  function changes(actual: ActualTenant, desired = wantedOf(document())): Change[] {
    return withinRequest(plan(desired, actual), document().tenant.request);
  }

  /** Which of two keys may go; null outside of an exchange and while both are needed. */
  const removal = () => removalOf(document(), clock.now());

  function shown(kind: WorkResultView["kind"], actual: ActualTenant): Change[] {
    if (kind === "apply") return changes(actual);
    if (kind === "undo") return planUndo(ownChanges(log()), actual);
    const possible = removal();
    return possible === null ? [] : safeRemoval(possible, actual);
  }

  return {
    shown,
    during(kind, application) {
      if (kind === "apply") return (actual) => changes(actual, { ...wantedOf(document()), application });
      const possible = removal();
      return kind === "removal" && possible !== null
        ? (actual) => planRemoval(possible, actual)
        : (actual) => shown(kind, actual);
    },
  };
}
