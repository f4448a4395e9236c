import { offlineTenant } from "../../support/tenant-view.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { StepId } from "../../../preload/model/guide.ts";
import { fieldIds, stepIds } from "../../../preload/model/guide.ts";
import type { SetupDocument } from "../../../main/setups/document.ts";
import { parseDocument, serializeDocument } from "../../../main/setups/document.ts";
import * as intents from "../../../main/setups/intents.ts";
import { computeStatus, confirmedFacts } from "../../../main/setups/status.ts";
import { buildView } from "../../../main/setups/view.ts";
import { noKnownIds } from "../../../main/setups/fields.ts";
import {
  certificateRecord,
  emptySetup,
  filledSetup,
  now,
  observed,
  readySetup,
  verified,
  withFields,
} from "./sample.ts";

const stateOf = (document: SetupDocument, step: StepId, at = observed) =>
  computeStatus(document, at).get(step)?.state;
const reasonsOf = (document: SetupDocument, step: StepId) =>
  computeStatus(document, observed)
    .get(step)
    ?.reasons.map((reason) => reason.key) ?? [];

describe("the status of a step", () => {
  test("the instance's confirmed name stays when the setup is renamed on this computer", () => {
    const before = withFields(emptySetup(), { ...filledSetup().fields, tenantName: "" });
    let named = { ...filledSetup(), fields: before.fields };
    for (const step of ["target-system-instance", "technical-attributes"] as const) {
      named = intents.confirm(named, step, "Ada", "", observed);
    }
    const document = intents.rename(named, "Contoso (test)");
    expect(stateOf(document, "target-system-instance")).toBe("done");
    expect(stateOf(document, "technical-attributes")).toBe("done");
  });

  test("an empty setup has nothing done and says what locked steps need", () => {
    const document = emptySetup();
    expect(stateOf(document, "azure-active-directory")).toBe("not-started");
    expect(stateOf(document, "certificate")).toBe("not-started");
    for (const step of [
      "api-permissions",
      "upload-certificate",
      "exchange-role",
      "target-systems",
      "rollout",
    ] as const) {
      expect(stateOf(document, step)).toBe("cannot-start");
      expect(reasonsOf(document, step).length).toBeGreaterThan(0);
    }
  });

  test("typing makes a step in progress, only a confirmation makes it done", () => {
    const typed = withFields(emptySetup(), { tenantDomain: "contoso.onmicrosoft.com" });
    expect(stateOf(typed, "admin-portal")).toBe("in-progress");
    const confirmed = intents.confirm(typed, "admin-portal", "Ada", "seen", observed);
    const status = computeStatus(confirmed, observed).get("admin-portal");
    expect(status).toMatchObject({
      state: "done",
      evidence: { basis: "confirmed", by: "Ada", note: "seen" },
    });
  });

  test("a step can't be confirmed while a value it needs is missing or wrong", () => {
    expect(() => intents.confirm(emptySetup(), "application-ids", "Ada", "", observed)).toThrow(
      "not-allowed",
    );
    const wrong = withFields(filledSetup(), { uploadedThumbprint: "A".repeat(40) });
    expect(() => intents.confirm(wrong, "upload-certificate", "Ada", "", observed)).toThrow("not-allowed");
  });

  test("a value that changes after the confirmation needs attention and names both values", () => {
    const before = intents.confirm(filledSetup(), "application-ids", "Ada", "", observed);
    const after = withFields(before, { applicationId: "11111111-2222-4333-8444-555555555555" });
    const status = computeStatus(after, observed).get("application-ids");
    expect(status?.state).toBe("needs-attention");
    expect(status?.reasons[0]?.params).toMatchObject({
      fact: "applicationId",
      now: "11111111-2222-4333-8444-555555555555",
    });
  });

  test("a certificate replaced after the upload makes the upload need attention", () => {
    const document = readySetup();
    const other = certificateRecord();
    const replaced = {
      ...document,
      certificate: { ...other, facts: { ...other.facts, sha1: "B".repeat(40) } },
    };
    expect(stateOf(replaced, "upload-certificate")).toBe("needs-attention");
  });

  test("verified outranks a later confirmation, and both outrank an import", () => {
    const document = verified(filledSetup(), "certificate");
    const later = intents.addEvidence(document, "certificate", {
      basis: "confirmed",
      at: new Date(now.getTime() + 60_000),
      by: "Bob",
      note: "",
      facts: {},
    });
    expect(computeStatus(later, observed).get("certificate")?.evidence?.basis).toBe("verified");
  });

  test("what was said of another application has to be done again, and a person's word about the present one counts", () => {
    const ofApplication = [
      "create-application",
      "register-application",
      "single-tenant",
      "api-permissions",
      "admin-consent",
      "upload-certificate",
      "exchange-role",
    ] as const;
    let document = readySetup();
    for (const step of ofApplication) {
      const facts = confirmedFacts(document, step);
      document = intents.addEvidence(document, step, { basis: "verified", at: now, by: "", note: "", facts });
    }
    const other = withFields(document, { applicationId: "11111111-2222-4333-8444-555555555555" });
    const again = intents.confirm(other, "application-ids", "Ada", "", observed);
    const statesOf = (one: SetupDocument) => ofApplication.map((step) => [step, stateOf(one, step)]);
    expect(statesOf(again)).toEqual(ofApplication.map((step) => [step, "needs-attention"]));
    for (const step of ofApplication) expect(reasonsOf(again, step)).toContain("reasons.changed-since");
    const mended = ofApplication.reduce(
      (before, step) => intents.confirm(before, step, "Ada", "", observed),
      again,
    );
    expect(statesOf(mended)).toEqual(ofApplication.map((step) => [step, "done"]));
    expect(computeStatus(mended, observed).get("single-tenant")?.evidence?.basis).toBe("confirmed");
  });

  test("a password that isn't at hand can't be handed over, but Rollout stays ready", () => {
    for (const password of ["vault", "session", "none", "unreadable"] as const) {
      const view = buildView(readySetup(), {
        observations: { ...observed, password },
        known: noKnownIds,
        person: "",
        tenant: offlineTenant(readySetup()),
      });
      const attribute = view.attributes.find(({ id }) => id === "ConnectPFXPassword");
      expect(attribute?.ready).toBe(password === "vault" || password === "session");
      expect(attribute?.problem).toBeNull();
      expect(view.rollout).toMatchObject({ ready: true, missing: [] });
    }
  });

  test("what can't be checked never turns done into undone", () => {
    const document = readySetup();
    const blind = {
      ...observed,
      key: "unreadable",
      password: "unreadable",
      vaultProblem: "key-lost",
    } as const;
    for (const step of stepIds) expect(stateOf(document, step, blind)).toBe(stateOf(document, step));
  });

  test("an expired certificate needs attention, also when it was done", () => {
    const late = { ...observed, now: new Date("2028-01-01T00:00:00Z") };
    expect(stateOf(readySetup(), "certificate", late)).toBe("needs-attention");
    expect(stateOf(readySetup(), "rollout", late)).toBe("cannot-start");
  });

  test("undo takes the fact back and keeps it in the record", () => {
    const document = intents.withdraw(readySetup(), "single-tenant", now);
    expect(stateOf(document, "single-tenant")).toBe("not-started");
    expect(document.evidence.filter((one) => one.step === "single-tenant")).toHaveLength(1);
  });

  test("a done step that needs attention waits for whoever is asked to mend it, and says what for", () => {
    const changed = withFields(readySetup(), { applicationId: "11111111-2222-4333-8444-555555555555" });
    const waiting = intents.startWaiting(changed, "exchange-role", "Bob", "", now);
    expect(stateOf(waiting, "exchange-role")).toBe("waiting");
    expect(reasonsOf(waiting, "exchange-role")).toContain("reasons.changed-since");
    expect(stateOf(intents.stopWaiting(waiting, "exchange-role"), "exchange-role")).toBe("needs-attention");
    expect(
      stateOf(intents.startWaiting(readySetup(), "exchange-role", "Bob", "", now), "exchange-role"),
    ).toBe("done");
  });

  test("waiting and not applicable are states of their own and can be left again", () => {
    const waiting = intents.startWaiting(filledSetup(), "single-tenant", "Bob", "", now);
    expect(stateOf(waiting, "single-tenant")).toBe("waiting");
    expect(stateOf(intents.stopWaiting(waiting, "single-tenant"), "single-tenant")).toBe("not-started");
    const skipped = intents.markNotApplicable(filledSetup(), "single-tenant", "Ada", "gallery app", now);
    expect(stateOf(skipped, "single-tenant")).toBe("not-applicable");
    expect(stateOf(intents.markApplicable(skipped, "single-tenant"), "single-tenant")).toBe("not-started");
  });
});

describe("Rollout", () => {
  test("is ready exactly when every step is settled and every mandatory value fits", () => {
    expect(stateOf(readySetup(), "rollout")).toBe("not-started");
    for (const step of stepIds.filter((one) => one !== "rollout")) {
      expect(stateOf(intents.withdraw(readySetup(), step, now), "rollout")).toBe("cannot-start");
    }
  });

  test("each missing item says where to mend it", () => {
    const status = computeStatus(emptySetup(), observed).get("rollout");
    expect(status?.reasons.length).toBeGreaterThan(14);
    for (const reason of status?.reasons ?? []) expect(reason.target).not.toBeNull();
  });

  test("a PFX that asks for CNG is a doubt that keeps nothing from being ready", () => {
    const cng = certificateRecord({ keyProvider: "cng" });
    const viewOf = (certificate: SetupDocument["certificate"]) => {
      const document = { ...readySetup(), certificate };
      const tenant = offlineTenant(document);
      return buildView(document, { observations: observed, known: noKnownIds, person: "", tenant });
    };
    const view = viewOf(cng);
    expect(view.rollout).toMatchObject({ ready: true, missing: [], doubts: [{ key: "problems.pfx-cng" }] });
    expect(view.attributes.find(({ id }) => id === "ConnectPFX")).toMatchObject({
      problem: null,
      ready: true,
    });
    expect(viewOf({ ...cng, pfx: null }).rollout.doubts).toEqual([]);
    expect(viewOf(certificateRecord()).rollout.doubts).toEqual([]);
  });

  test("skipping the certificate step does not make a setup without PFX ready", () => {
    const document = { ...readySetup(), certificate: null };
    const skipped = intents.markNotApplicable(document, "certificate", "Ada", "made elsewhere", now);
    expect(stateOf(skipped, "rollout")).toBe("cannot-start");
  });

  test("a failed one needs attention, a connected one is done and can be withdrawn", () => {
    const failed = intents.recordRollout(
      readySetup(),
      { result: "failed", text: "UnAuthorized", by: "Ada" },
      observed,
    );
    expect(stateOf(failed, "rollout")).toBe("needs-attention");
    const done = intents.recordRollout(failed, { result: "connected", text: "", by: "Ada" }, observed);
    expect(stateOf(done, "rollout")).toBe("done");
    expect(stateOf(intents.withdrawRollout(done, now), "rollout")).toBe("not-started");
    expect(() =>
      intents.recordRollout(filledSetup(), { result: "connected", text: "", by: "" }, observed),
    ).toThrow("not-ready-for-rollout");
  });
});

describe("whatever an admin does", () => {
  const anyStep = fc.constantFrom(...stepIds);
  const anyAction = fc.oneof(
    fc.record({
      kind: fc.constant("field" as const),
      field: fc.constantFrom(...fieldIds),
      value: fc.string({ maxLength: 60 }),
    }),
    fc.record({
      kind: fc.constantFrom("confirm", "withdraw", "skip", "unskip", "wait", "stop"),
      step: anyStep,
    }),
  );
  type Action = typeof anyAction extends fc.Arbitrary<infer T> ? T : never;

  function apply(document: SetupDocument, action: Action): SetupDocument {
    if ("field" in action) return intents.setField(document, action.field, action.value);
    try {
      if (action.kind === "confirm") return intents.confirm(document, action.step, "Ada", "", observed);
      if (action.kind === "skip")
        return intents.markNotApplicable(document, action.step, "Ada", "because", now);
    } catch {
      return document;
    }
    if (action.kind === "withdraw") return intents.withdraw(document, action.step, now);
    if (action.kind === "unskip") return intents.markApplicable(document, action.step);
    if (action.kind === "wait") return intents.startWaiting(document, action.step, "Bob", "", now);
    return intents.stopWaiting(document, action.step);
  }

  test("the document survives a save, every step has a status, and Rollout is ready only without reasons", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(emptySetup(), filledSetup(), readySetup()),
        fc.array(anyAction, { maxLength: 30 }),
        (start, actions) => {
          const document = actions.reduce(apply, start);
          expect(parseDocument(serializeDocument(document))).toEqual(document);
          const view = buildView(document, {
            observations: observed,
            known: noKnownIds,
            person: "Ada",
            tenant: offlineTenant(document),
          });
          expect(view.steps.map((step) => step.id)).toEqual([...stepIds]);
          expect(view.rollout.ready).toBe(view.rollout.missing.length === 0);
          for (const step of view.steps) {
            if (step.state === "done") expect(step.basis).not.toBeNull();
            if (step.state === "cannot-start" || step.state === "needs-attention")
              expect(step.reasons).not.toHaveLength(0);
            if (step.state === "waiting") expect(step.waitingFor).not.toBeNull();
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
