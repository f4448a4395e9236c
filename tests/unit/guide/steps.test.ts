import { describe, expect, it } from "vitest";
import { fieldOf, attributes } from "../../../main/guide/attributes.ts";
import type { Need } from "../../../main/guide/steps.ts";
import { sections, stepOf, stepOfField, steps } from "../../../main/guide/steps.ts";
import {
  attributeIds,
  fieldIds,
  labelIds,
  linkIds,
  sectionIds,
  stepIds,
} from "../../../preload/model/guide.ts";

describe("the steps of the guide", () => {
  it("are the documentation's fifteen, in its order and numbered from one", () => {
    expect(steps.map(({ id }) => id)).toEqual([...stepIds]);
    expect(steps.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  });

  it("stand in the documentation's sections without a gap", () => {
    expect(sections.map(({ id }) => id)).toEqual([...sectionIds]);
    expect(sections.map((section) => section.steps.map(({ number }) => number))).toEqual([
      [1],
      [2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
      [12, 13, 14, 15],
    ]);
  });

  it("need only what makes the next action impossible", () => {
    const needs = Object.fromEntries(steps.map((step) => [step.id, step.needs]));
    const applicationId: Need = { step: "application-ids", field: "applicationId" };
    expect(needs).toEqual({
      "azure-active-directory": [],
      "admin-portal": [],
      "create-application": [],
      "register-application": [],
      "single-tenant": [],
      "application-ids": [],
      "api-permissions": [applicationId],
      "admin-consent": [{ step: "api-permissions" }],
      certificate: [],
      "upload-certificate": [applicationId, { step: "certificate" }],
      "exchange-role": [applicationId],
      "target-systems": [{ step: "azure-active-directory" }],
      "target-system-instance": [],
      "technical-attributes": [],
      rollout: stepIds.filter((id) => id !== "rollout").map((step) => ({ step })),
    });
  });

  it("need only earlier steps, so that nobody waits in a circle", () => {
    const late = steps.filter(({ needs, number }) =>
      needs.some((need) => stepOf(need.step).number >= number),
    );
    expect(late).toEqual([]);
  });

  it("need a field only from the step where it is typed", () => {
    const fields = steps.flatMap(({ needs }) => needs.filter((need) => "field" in need));
    expect(fields).toHaveLength(3);
    expect(fields.filter(({ step, field }) => stepOfField(field) !== step)).toEqual([]);
  });

  it("say what they unlock exactly as the others say what they need", () => {
    for (const step of steps) {
      const waiting = steps.filter(({ needs }) => needs.some((need) => need.step === step.id));
      expect(step.unlocks).toEqual(waiting.map(({ id }) => id));
    }
    expect(stepOf("application-ids").unlocks).toEqual([
      "api-permissions",
      "upload-certificate",
      "exchange-role",
      "rollout",
    ]);
    expect(stepOf("rollout").unlocks).toEqual([]);
  });

  it("ask for each value in exactly one place", () => {
    const asked = steps.flatMap(({ fields }) => fields);
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.toSorted()).toEqual([...fieldIds].toSorted());
    expect(asked.filter((field) => !stepOf(stepOfField(field)).fields.includes(field))).toEqual([]);
  });

  it("use every link and every label at least once", () => {
    expect(new Set(steps.flatMap(({ links }) => links))).toEqual(new Set(linkIds));
    expect(new Set(steps.flatMap(({ labels }) => labels))).toEqual(new Set(labelIds));
  });
});

describe("the connector's attributes", () => {
  it("carry the documentation's names in its order", () => {
    expect(attributes.map(({ name }) => name)).toEqual([
      "Target system instance",
      "Description",
      "Execution server",
      "ShellDisplay",
      "ShellDescription",
      "ConnectAppID",
      "ConnectPFX",
      "ConnectPFXPassword",
      "TenantDisplay",
      "TenantID",
      "OrganizationDisplayName",
    ]);
    expect(attributes.map(({ id }) => id)).toEqual([...attributeIds]);
  });

  it("are three of the instance and eight technical ones, of which only two may stay empty", () => {
    expect(attributes.filter(({ step }) => step === "target-system-instance")).toHaveLength(3);
    expect(attributes.filter(({ step }) => step === "technical-attributes")).toHaveLength(8);
    expect(attributes.filter(({ mandatory }) => !mandatory).map(({ id }) => id)).toEqual([
      "Description",
      "ExecutionServer",
    ]);
  });

  it("conceal the password and hand over the PFX as a file", () => {
    expect(attributes.filter(({ kind }) => kind === "secret").map(({ id }) => id)).toEqual([
      "ConnectPFXPassword",
    ]);
    expect(attributes.filter(({ kind }) => kind === "file").map(({ id }) => id)).toEqual(["ConnectPFX"]);
  });

  it("are fed by a field of their own step, or by another step that asks for it", () => {
    const places = attributes.map(({ step, field, source }) => ({ step, field, source }));
    expect(places.filter(({ field, source }) => (field === null) === (source === null))).toEqual([]);
    expect(places.filter(({ field, step }) => field !== null && stepOfField(field) !== step)).toEqual([]);
    const sources = places.flatMap(({ source }) => source ?? []);
    expect(sources.filter(({ field, step }) => field !== undefined && stepOfField(field) !== step)).toEqual(
      [],
    );
  });

  it("take both IDs from step 6, and know no field for the PFX file and its password", () => {
    const fields = Object.fromEntries(attributes.map((attribute) => [attribute.id, fieldOf(attribute)]));
    expect(fields).toMatchObject({
      ConnectAppID: "applicationId",
      TenantID: "tenantId",
      ConnectPFX: null,
      ConnectPFXPassword: null,
    });
  });
});
