import type { Evidence, SetupDocument } from "./document.ts";
import { stepsDoneAnew } from "./status.ts";

/**
 * The setup as it was before an exchange of its certificate began; only what happened meanwhile stays in the record,
 * as withdrawn. The same document without an exchange. Pure.
 */
export function beforeExchange(document: SetupDocument, now: Date): SetupDocument {
  const { rotation, rollout } = document;
  if (rotation === null) return document;
  const withdrawnAt = now.toISOString();
  const restored = new Set(rotation.evidence);
  const evidence = document.evidence.map((one) => {
    if (restored.has(one.id)) return { ...one, withdrawnAt: null };
    const meanwhile = stepsDoneAnew.includes(one.step) && one.at >= rotation.startedAt;
    return meanwhile && one.withdrawnAt === null ? { ...one, withdrawnAt } : one;
  });
  const connected = evidence.find(({ id, step }) => step === "rollout" && restored.has(id));
  const { uploadedThumbprint: _new, ...fields } = document.fields;
  const typed = rotation.uploadedThumbprint;
  return {
    ...document,
    certificate: rotation.old,
    password: rotation.password,
    fields: typed === "" ? fields : { ...fields, uploadedThumbprint: typed },
    evidence,
    rollout: connected === undefined ? rollout : { ...rollout, record: recordOf(connected) },
    rotation: null,
  };
}

/** The record of a Rollout that connected, from the fact that was written with it. */
function recordOf({ at, by, note }: Evidence): NonNullable<SetupDocument["rollout"]["record"]> {
  return { result: "connected", text: note, by, at };
}
