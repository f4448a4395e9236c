import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lightOff } from "../../../main/exchange/causes.ts";
import {
  cancelRotation,
  confirmExchanged,
  confirmRemoved,
  finishRotation,
  startRotation,
  withdrawExchanged,
} from "../../../main/rollout/rotation-intents.ts";
import { removalOf, rotationFacts, rotationSteps, rotationView } from "../../../main/rollout/rotation.ts";
import { removeCertificate } from "../../../main/setups/certificate-records.ts";
import { servingCertificate } from "../../../main/setups/certificates-in-use.ts";
import type { SetupDocument } from "../../../main/setups/document.ts";
import { parseDocument, serializeDocument } from "../../../main/setups/document.ts";
import { confirm, recordRollout, withdraw, withdrawRollout } from "../../../main/setups/intents.ts";
import { toSetupFile } from "../../../main/setups/setup-file.ts";
import { computeStatus } from "../../../main/setups/status.ts";
import { planRemoval, safeRemoval } from "../../../main/tenant/removal.ts";
import type { ActualTenant } from "../../../main/tenant/actual.ts";
import type { KeyCredential } from "../../../main/tenant/entities.ts";
import { applicationId, now, observed, readySetup, sha1 } from "../setups/sample.ts";
import { after, at, green, newSha1, read, tried, withNewPair } from "./rotation-sample.ts";

function connected(): SetupDocument {
  const rolledOut = recordRollout(readySetup(), { result: "connected", text: "", by: "Ada" }, observed);
  return { ...rolledOut, rollout: { ...rolledOut.rollout, closedAt: now.toISOString() } };
}

const red = [
  lightOff("certificate", "certificate-not-registered"),
  lightOff("rights", "not-reached"),
  lightOff("exchange", "not-reached"),
];
const offline = [
  lightOff("certificate", "offline"),
  lightOff("rights", "not-reached"),
  lightOff("exchange", "not-reached"),
];

const states = (document: SetupDocument, minutes: number) =>
  rotationSteps(document, after(minutes)).map(({ state }) => state);
const both = new Set([sha1, newSha1]);

describe("the exchange of a certificate", () => {
  test("goes through its six steps, each opened by the one before", () => {
    let document = startRotation(connected(), "Ada", after(1));
    expect(states(document, 1)).toEqual(["open", "blocked", "blocked", "blocked", "blocked", "blocked"]);
    document = withNewPair(document, 2);
    expect(states(document, 2)).toEqual(["done", "open", "blocked", "blocked", "blocked", "blocked"]);
    document = read(document, both, 3);
    expect(states(document, 3)).toEqual(["done", "done", "open", "blocked", "blocked", "blocked"]);
    document = tried(document, green, 4);
    expect(states(document, 4)).toEqual(["done", "done", "done", "open", "blocked", "blocked"]);
    document = confirmExchanged(document, "Ada", "", at(5));
    expect(states(document, 5)).toEqual(["done", "done", "done", "done", "open", "blocked"]);
    expect(servingCertificate(document)?.facts.sha1).toBe(sha1);
    document = recordRollout(document, { result: "connected", text: "", by: "Ada" }, at(6));
    expect(states(document, 6)).toEqual(["done", "done", "done", "done", "done", "open"]);
    expect(servingCertificate(document)?.facts.sha1).toBe(newSha1);
    expect(document.rollout.closedAt).toBeNull();
    document = read(document, new Set([newSha1]), 7);
    expect(states(document, 7)).toEqual(["done", "done", "done", "done", "done", "done"]);
    const finished = finishRotation(document, after(8));
    expect(finished.rotation).toBeNull();
    expect([...computeStatus(finished, at(8)).values()].map(({ state }) => state)).not.toContain(
      "needs-attention",
    );
  });

  test("is part of the document and survives a restart", () => {
    const document = read(withNewPair(startRotation(connected(), "Ada", after(1)), 2), both, 3);
    expect(parseDocument(serializeDocument(document))).toEqual(document);
  });

  test("is offered only where something is connected, and once", () => {
    expect(() => startRotation(readySetup(), "Ada", now)).toThrow(
      expect.objectContaining({ code: "not-allowed" }),
    );
    const started = withNewPair(startRotation(connected(), "Ada", after(1)), 2);
    expect(() => startRotation(started, "Ada", after(3))).toThrow(
      expect.objectContaining({ code: "not-allowed" }),
    );
  });

  test("makes no step of the main checklist look broken at its start", () => {
    for (const document of [
      startRotation(connected(), "Ada", after(1)),
      withNewPair(startRotation(connected(), "Ada", after(1)), 2),
    ]) {
      const all = [...computeStatus(document, at(3)).values()];
      expect(all.filter(({ state }) => state === "needs-attention")).toEqual([]);
    }
  });

  test("does not take the old certificate for a new one", () => {
    const document = startRotation(connected(), "Ada", after(1));
    const again = { ...document, certificate: document.rotation!.old };
    expect(rotationSteps(again, after(2))[0]).toMatchObject({
      state: "attention",
      reasons: [{ key: "rotation.reasons.same-certificate" }],
    });
  });

  test("a refused dry run keeps the portal's turn locked and says that the old one is still seen", () => {
    const beside = read(withNewPair(startRotation(connected(), "Ada", after(1)), 2), both, 3);
    const refused = tried(beside, red, 4);
    const view = rotationView(refused, after(4), { confirmReasons: [] });
    expect(view?.warnings.map(({ key }) => key)).toEqual(["rotation.warnings.still-old"]);
    expect(states(refused, 4).slice(2, 4)).toEqual(["attention", "blocked"]);
    expect(() => confirmExchanged(refused, "Ada", "", at(5))).toThrow(
      expect.objectContaining({ code: "not-allowed" }),
    );
  });

  test("a computer that does not reach Microsoft is no dead end; the Rollout then proves the pair", () => {
    const beside = read(withNewPair(startRotation(connected(), "Ada", after(1)), 2), both, 3);
    const unclear = tried(beside, offline, 4);
    expect(states(unclear, 4).slice(2, 4)).toEqual(["attention", "open"]);
    const exchanged = confirmExchanged(unclear, "Ada", "", at(5));
    const rolledOut = recordRollout(exchanged, { result: "connected", text: "", by: "Ada" }, at(6));
    expect(states(rolledOut, 6)).toEqual(["done", "done", "done", "done", "done", "open"]);
  });

  test("canceling gives back certificate, password, evidence and the record", () => {
    const before = connected();
    const meanwhile = read(withNewPair(startRotation(before, "Ada", after(1)), 2), both, 3);
    const canceled = cancelRotation(meanwhile, after(4));
    const { certificate, password, fields, rollout } = canceled;
    expect({ certificate, password, fields, rollout }).toEqual({
      certificate: before.certificate,
      password: before.password,
      fields: before.fields,
      rollout: before.rollout,
    });
    const inForce = (document: SetupDocument) => document.evidence.filter((one) => one.withdrawnAt === null);
    expect(inForce(canceled)).toEqual(inForce(before));
  });

  test("a Rollout that failed leads back to the old pair, and from there to canceling", () => {
    const before = read(withNewPair(startRotation(connected(), "Ada", after(1)), 2), both, 3);
    const exchanged = confirmExchanged(tried(before, green, 4), "Ada", "", at(5));
    const failed = recordRollout(exchanged, { result: "failed", text: "no", by: "Ada" }, at(6));
    expect(rotationFacts(failed, after(6))).toMatchObject({ canCancel: false, canWithdrawExchanged: true });
    const back = withdrawExchanged(failed, after(7));
    expect(rotationFacts(back, after(7)).canCancel).toBe(true);
    const canceled = cancelRotation(back, after(8));
    expect(canceled.certificate?.facts.sha1).toBe(sha1);
    // The connector is connected with the old pair, as it was.
    expect(canceled.rollout.record).toEqual(connected().rollout.record);
    expect(computeStatus(canceled, at(9)).get("rollout")?.state).toBe("done");
    expect(() => startRotation(canceled, "Ada", after(10))).not.toThrow();
  });

  test("a key that a person added counts, also where the app had verified the old one", () => {
    const before = read(connected(), new Set([sha1]), 0);
    const made = withNewPair(startRotation(before, "Ada", after(1)), 2);
    const typed = { ...made, fields: { ...made.fields, uploadedThumbprint: newSha1 } };
    const said = confirm(typed, "upload-certificate", "Ada", "", at(3));
    expect(states(said, 3).slice(0, 3)).toEqual(["done", "done", "open"]);
    expect(computeStatus(said, at(3)).get("upload-certificate")).toMatchObject({
      state: "done",
      evidence: { basis: "confirmed" },
    });
    const canceled = cancelRotation(said, after(4));
    expect(computeStatus(canceled, at(4)).get("upload-certificate")?.evidence?.basis).toBe("verified");
  });

  test("a setup file tells of the certificate that the portal has, and of no Rollout that was not with it", () => {
    const fileOf = (document: SetupDocument) => {
      const { setup } = JSON.parse(toSetupFile(document, after(9))) as { setup: SetupDocument };
      const { certificate, fields, rollout, rotation } = setup;
      const thumbprint = fields.uploadedThumbprint;
      return { sha1: certificate?.facts.sha1, thumbprint, record: rollout.record?.result, rotation };
    };
    const old = { sha1, thumbprint: sha1, record: "connected", rotation: null };
    const started = startRotation(connected(), "Ada", after(1));
    expect(fileOf(started)).toEqual(old);
    const made = read(withNewPair(started, 2), both, 3);
    const typed = { ...made, fields: { ...made.fields, uploadedThumbprint: newSha1 } };
    expect(fileOf(typed)).toEqual(old);
    const exchanged = confirmExchanged(tried(typed, green, 4), "Ada", "", at(5));
    const fresh = { sha1: newSha1, thumbprint: newSha1, rotation: null };
    expect(fileOf(exchanged)).toEqual({ ...fresh, record: undefined });
    const rolledOut = recordRollout(exchanged, { result: "connected", text: "", by: "Ada" }, at(6));
    expect(fileOf(rolledOut)).toEqual({ ...fresh, record: "connected" });
  });

  test("warns of an old certificate that ends soon, of one that is gone, and of a new one that is no longer valid", () => {
    const started = startRotation(connected(), "Ada", after(1));
    const keys = (document: SetupDocument, time: Date) =>
      rotationView(document, time, undefined)?.warnings.map(({ key }) =>
        key.replace("rotation.warnings.", ""),
      );
    expect(keys(started, new Date("2027-11-10T10:00:00Z"))).toEqual(["old-expires"]);
    expect(keys(started, new Date("2027-12-01T10:00:00Z"))).toEqual(["old-expired"]);
    const gone = read(withNewPair(started, 2), new Set([newSha1]), 3);
    expect(keys(gone, after(3))).toEqual(["old-gone"]);
    const short = withNewPair(started, 2);
    short.certificate!.facts.notAfter = "2027-06-01T10:00:00.000Z";
    expect(keys(short, after(3))).toEqual(["shorter"]);
  });
});

/** A customer's world: the keys in Entra, and the certificate that the portal signs in with. */
interface World {
  document: SetupDocument;
  entra: Set<string>;
  portal: string;
  minutes: number;
}

const steps: Record<string, (world: World) => void> = {
  make: (world) => {
    if (world.document.certificate === null) world.document = withNewPair(world.document, world.minutes);
  },
  add: (world) => {
    if (world.document.certificate !== null) world.entra.add(world.document.certificate.facts.sha1);
  },
  read: (world) => (world.document = read(world.document, world.entra, world.minutes)),
  sayAdded: (world) => {
    world.document = {
      ...world.document,
      fields: { ...world.document.fields, uploadedThumbprint: newSha1 },
    };
    if (!world.entra.has(newSha1)) return;
    world.document = confirm(world.document, "upload-certificate", "Ada", "", at(world.minutes));
  },
  try: (world) => {
    const sha = world.document.certificate?.facts.sha1 ?? "";
    world.document = tried(world.document, world.entra.has(sha) ? green : red, world.minutes);
  },
  tryOffline: (world) => (world.document = tried(world.document, offline, world.minutes)),
  exchange: (world) => {
    world.document = confirmExchanged(world.document, "Ada", "", at(world.minutes));
    world.portal = world.document.certificate!.facts.sha1;
  },
  withdraw: (world) => {
    world.document = withdrawExchanged(world.document, after(world.minutes));
    world.portal = sha1;
  },
  // In the checklist, where nobody is asked what the portal has.
  undo: (world) => {
    world.document = withdraw(world.document, "technical-attributes", after(world.minutes));
  },
  rollOut: (world) => {
    const result = world.entra.has(world.portal) ? "connected" : "failed";
    world.document = recordRollout(world.document, { result, text: "no", by: "Ada" }, at(world.minutes));
  },
  withdrawRollout: (world) => (world.document = withdrawRollout(world.document, after(world.minutes))),
  removeByApp: (world) => {
    const removal = removalOf(world.document, after(world.minutes));
    if (removal === null || !world.entra.has(removal.keep.facts.sha1)) return;
    world.entra.delete(removal.remove.facts.sha1);
    world.document = read(world.document, world.entra, world.minutes);
  },
  removeByHand: (world) => {
    world.document = confirmRemoved(world.document, "Ada", after(world.minutes));
    world.entra.delete(sha1);
  },
  cancel: (world) => {
    world.document = cancelRotation(world.document, after(world.minutes));
    expect(world.document.rollout.record).toEqual(connected().rollout.record);
  },
  finish: (world) => (world.document = finishRotation(world.document, after(world.minutes))),
};

test("in whatever order people do what is allowed, the portal's certificate stays in Entra", () => {
  let finished = 0;
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.array(fc.constantFrom("next" as const, ...Object.keys(steps)), { maxLength: 40 }),
      (wasRead, names) => {
        const before = wasRead ? read(connected(), new Set([sha1]), 0) : connected();
        const world: World = {
          document: startRotation(before, "Ada", after(1)),
          entra: new Set([sha1]),
          portal: sha1,
          minutes: 1,
        };
        for (const name of names) {
          if (world.document.rotation === null) break;
          world.minutes += 1;
          for (const one of name === "next"
            ? ["make", "add", "read", "try", "exchange", "rollOut"]
            : [name]) {
            try {
              steps[one]?.(world);
            } catch (error) {
              // What is not allowed is not done.
              expect(error).toMatchObject({ code: expect.stringMatching(/^not-/) as string });
            }
          }
          expect(world.entra.has(world.portal)).toBe(true);
          if (world.document.rotation === null) finished += 1;
        }
      },
    ),
    { numRuns: 400, seed: 4711 },
  );
  expect(finished).toBeGreaterThan(20);
});

test("a certificate that was removed after it came into the portal can still be taken back", () => {
  const beside = tried(read(withNewPair(startRotation(connected(), "Ada", after(1)), 2), both, 3), green, 4);
  const removed = removeCertificate(confirmExchanged(beside, "Ada", "", at(5)), after(6));
  expect(rotationView(removed, after(6), undefined)).toMatchObject({
    inPortal: "other",
    canCancel: false,
    canWithdrawExchanged: true,
  });
  expect(() => withdraw(removed, "technical-attributes", after(7))).toThrow("not-while-exchanged");
  const back = withdrawExchanged(removed, after(7));
  expect(rotationView(back, after(7), undefined)).toMatchObject({ inPortal: "old", canCancel: true });
});

describe("taking a key out of Entra", () => {
  const document = withNewPair(startRotation(connected(), "Ada", after(1)), 2);
  const removal = { remove: document.rotation!.old, keep: document.certificate! };
  const key = (der: string, displayName: string): KeyCredential => ({ key: der, displayName });
  const others = key("CQ==", "somebody else's");
  const tenant = (keyCredentials: KeyCredential[]): ActualTenant =>
    ({
      application: {
        known: true,
        value: { id: "object", appId: applicationId, uniqueName: null, keyCredentials },
      },
      servicePrincipal: { known: true, value: null },
    }) as unknown as ActualTenant;

  test("leaves the other certificate's key and those of others exactly as they were read", () => {
    const keep = key("AQ==", "new");
    const [change] = safeRemoval(removal, tenant([others, key("AA==", "old"), keep]));
    expect(change?.request.body).toEqual({ keyCredentials: [others, keep] });
  });

  test("is not offered where the key that has to stay is not seen, and never covered by an earlier confirmation", () => {
    const shown = safeRemoval(removal, tenant([key("AA==", "old"), key("AQ==", "new")]));
    const stale = tenant([key("AA==", "old"), others]);
    expect(safeRemoval(removal, stale)).toEqual([]);
    const confirmed = new Set(shown.flatMap(({ effects }) => effects));
    const [again] = planRemoval(removal, stale);
    expect(again?.effects.every((effect) => confirmed.has(effect))).toBe(false);
  });

  test("is nothing where it is gone already", () => {
    expect(planRemoval(removal, tenant([key("AQ==", "new")]))).toEqual([]);
  });
});
