import type { FieldId, LabelId, LinkId, SectionId, StepId } from "../../preload/model/guide.ts";
import { sectionIds } from "../../preload/model/guide.ts";

/**
 * What must be there before a step can start: another step done, or one of its fields filled in.
 * Only where the next action is impossible without it; everything else is advice, not a lock.
 */
export type Need = { step: StepId } | { step: StepId; field: FieldId };

/** One instruction of the documentation. Texts are `steps.<id>.…` in the locale files. */
export interface Step {
  id: StepId;
  section: SectionId;
  /** Position in the documentation, from 1. */
  number: number;
  /** Number of instructions `steps.<id>.actions.<n>`, from 1. */
  actions: number;
  /** Number of known errors `steps.<id>.trouble.<n>`, from 1. */
  troubles: number;
  links: readonly LinkId[];
  labels: readonly LabelId[];
  fields: readonly FieldId[];
  needs: readonly Need[];
  /** Steps that name this one in their needs. */
  unlocks: readonly StepId[];
}

type Definition = Omit<Step, "number" | "unlocks">;

const applicationId: Need = { step: "application-ids", field: "applicationId" };

const prerequisites: Definition[] = [
  {
    id: "azure-active-directory",
    section: "prerequisites",
    actions: 3,
    troubles: 1,
    links: ["documentation-azure-ad", "iam-cloud-portal", "documentation"],
    labels: [],
    fields: ["azureAdInstance"],
    needs: [],
  },
];

const enterpriseApplication: Definition[] = [
  {
    id: "admin-portal",
    section: "enterprise-application",
    actions: 4,
    troubles: 2,
    links: ["entra-admin-center", "azure-portal"],
    labels: ["admin-center"],
    fields: ["tenantName", "tenantDomain"],
    needs: [],
  },
  {
    id: "create-application",
    section: "enterprise-application",
    actions: 4,
    troubles: 2,
    links: ["enterprise-applications"],
    labels: ["new-application", "create-your-own-application"],
    fields: ["applicationName"],
    needs: [],
  },
  {
    id: "register-application",
    section: "enterprise-application",
    actions: 2,
    troubles: 1,
    links: ["register-application", "app-registrations"],
    labels: ["register-option", "create"],
    fields: [],
    needs: [],
  },
  {
    id: "single-tenant",
    section: "enterprise-application",
    actions: 3,
    troubles: 1,
    links: ["app-registrations", "application-authentication"],
    labels: ["single-tenant", "register"],
    fields: [],
    needs: [],
  },
  {
    id: "application-ids",
    section: "enterprise-application",
    actions: 4,
    troubles: 2,
    links: ["app-registrations", "application-overview"],
    labels: ["app-registrations", "application-id", "tenant-id"],
    fields: ["applicationId", "tenantId", "applicationObjectId"],
    needs: [],
  },
  {
    id: "api-permissions",
    section: "enterprise-application",
    actions: 8,
    troubles: 3,
    links: ["application-permissions", "microsoft-app-only"],
    labels: [
      "app-registrations",
      "api-permissions",
      "add-a-permission",
      "microsoft-graph",
      "exchange-api",
      "delegated-permissions",
      "application-permissions",
    ],
    fields: [],
    needs: [applicationId],
  },
  {
    id: "admin-consent",
    section: "enterprise-application",
    actions: 3,
    troubles: 3,
    links: ["application-permissions", "admin-consent-url", "microsoft-consent"],
    labels: ["grant-admin-consent"],
    fields: ["consentAskedFrom"],
    needs: [{ step: "api-permissions" }],
  },
  {
    id: "certificate",
    section: "enterprise-application",
    actions: 4,
    troubles: 3,
    links: ["microsoft-app-only", "microsoft-certificate"],
    labels: [],
    fields: [],
    needs: [],
  },
  {
    id: "upload-certificate",
    section: "enterprise-application",
    actions: 5,
    troubles: 3,
    links: ["application-credentials"],
    labels: ["certificates-and-secrets", "upload-certificate"],
    fields: ["uploadedThumbprint"],
    needs: [applicationId, { step: "certificate" }],
  },
  {
    id: "exchange-role",
    section: "enterprise-application",
    actions: 5,
    troubles: 3,
    links: ["exchange-administrator-role", "all-roles", "microsoft-app-only"],
    labels: ["roles", "exchange-administrator", "add-assignments"],
    fields: [],
    needs: [applicationId],
  },
];

const targetSystemConnector: Definition[] = [
  {
    id: "target-systems",
    section: "target-system-connector",
    actions: 4,
    troubles: 2,
    links: ["iam-cloud-portal", "documentation"],
    labels: ["responsibilities", "target-systems", "connector", "setup"],
    fields: ["portalUrl"],
    needs: [{ step: "azure-active-directory" }],
  },
  {
    id: "target-system-instance",
    section: "target-system-connector",
    actions: 4,
    troubles: 1,
    links: ["iam-cloud-portal", "documentation"],
    labels: ["save"],
    fields: ["instanceName", "instanceDescription", "executionServer"],
    needs: [],
  },
  {
    id: "technical-attributes",
    section: "target-system-connector",
    actions: 4,
    troubles: 2,
    links: ["iam-cloud-portal", "documentation"],
    labels: ["save"],
    fields: ["shellDisplay", "shellDescription", "tenantDisplay", "organizationDisplayName"],
    needs: [],
  },
];

const beforeRollout = [...prerequisites, ...enterpriseApplication, ...targetSystemConnector];

const rollout: Definition = {
  id: "rollout",
  section: "target-system-connector",
  actions: 3,
  troubles: 4,
  links: ["iam-cloud-portal", "documentation"],
  labels: ["rollout"],
  fields: [],
  needs: beforeRollout.map(({ id }) => ({ step: id })),
};

const definitions = [...beforeRollout, rollout];

/** The documentation's steps in its order. */
export const steps: readonly Step[] = definitions.map((definition, index) => ({
  ...definition,
  number: index + 1,
  unlocks: definitions
    .filter(({ needs }) => needs.some((need) => need.step === definition.id))
    .map(({ id }) => id),
}));

const byId = new Map(steps.map((step) => [step.id, step]));

/** The step with this id. */
export function stepOf(id: StepId): Step {
  const step = byId.get(id);
  if (step === undefined) throw new RangeError(`The guide has no step "${id}".`);
  return step;
}

const byField = new Map(steps.flatMap((step) => step.fields.map((field) => [field, step.id] as const)));

/** The step where a field is typed. */
export function stepOfField(field: FieldId): StepId {
  const id = byField.get(field);
  if (id === undefined) throw new RangeError(`No step of the guide has the field "${field}".`);
  return id;
}

/** The documentation's sections with their steps, in its order. */
export const sections: readonly { id: SectionId; steps: readonly Step[] }[] = sectionIds.map((id) => ({
  id,
  steps: steps.filter(({ section }) => section === id),
}));
