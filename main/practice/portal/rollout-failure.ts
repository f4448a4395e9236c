import type { RolloutReason } from "../data.ts";

/** Why a Rollout ends; `serviceText` and `attribute` as in the record of it. */
export class RolloutFailure extends Error {
  readonly reason: RolloutReason;
  readonly serviceText: string;
  readonly attribute: string;

  constructor(reason: RolloutReason, serviceText = "", attribute = "") {
    super(reason);
    this.name = "RolloutFailure";
    this.reason = reason;
    this.serviceText = serviceText;
    this.attribute = attribute;
  }
}
