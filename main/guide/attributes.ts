import type { AttributeId, FieldId, StepId } from "../../preload/model/guide.ts";

/** One attribute of the connector. Texts are `attributes.<id>.…` in the locale files. */
export interface Attribute {
  id: AttributeId;
  /** Exactly as in the documentation. */
  name: string;
  step: StepId;
  kind: "text" | "secret" | "file";
  mandatory: boolean;
  /** The field that is typed in the attribute's own step. */
  field: FieldId | null;
  /** Where the value comes from when it is not typed there. */
  source: { step: StepId; field?: FieldId } | null;
}

/**
 * The documentation's attributes in its order. It says "all mandatory attribute values" without naming them.
 * Assumed: the instance's name and all eight technical attributes are mandatory, because the connector can
 * neither be named nor sign in without them; "Description" serves documentation only, and "Execution server"
 * is preselected by the portal.
 */
export const attributes: readonly Attribute[] = [
  {
    id: "TargetSystemInstance",
    name: "Target system instance",
    step: "target-system-instance",
    kind: "text",
    mandatory: true,
    field: "instanceName",
    source: null,
  },
  {
    id: "Description",
    name: "Description",
    step: "target-system-instance",
    kind: "text",
    mandatory: false,
    field: "instanceDescription",
    source: null,
  },
  {
    id: "ExecutionServer",
    name: "Execution server",
    step: "target-system-instance",
    kind: "text",
    mandatory: false,
    field: "executionServer",
    source: null,
  },
  {
    id: "ShellDisplay",
    name: "ShellDisplay",
    step: "technical-attributes",
    kind: "text",
    mandatory: true,
    field: "shellDisplay",
    source: null,
  },
  {
    id: "ShellDescription",
    name: "ShellDescription",
    step: "technical-attributes",
    kind: "text",
    mandatory: true,
    field: "shellDescription",
    source: null,
  },
  {
    id: "ConnectAppID",
    name: "ConnectAppID",
    step: "technical-attributes",
    kind: "text",
    mandatory: true,
    field: null,
    source: { step: "application-ids", field: "applicationId" },
  },
  {
    id: "ConnectPFX",
    name: "ConnectPFX",
    step: "technical-attributes",
    kind: "file",
    mandatory: true,
    field: null,
    source: { step: "certificate" },
  },
  {
    id: "ConnectPFXPassword",
    name: "ConnectPFXPassword",
    step: "technical-attributes",
    kind: "secret",
    mandatory: true,
    field: null,
    source: { step: "certificate" },
  },
  {
    id: "TenantDisplay",
    name: "TenantDisplay",
    step: "technical-attributes",
    kind: "text",
    mandatory: true,
    field: "tenantDisplay",
    source: null,
  },
  {
    id: "TenantID",
    name: "TenantID",
    step: "technical-attributes",
    kind: "text",
    mandatory: true,
    field: null,
    source: { step: "application-ids", field: "tenantId" },
  },
  {
    id: "OrganizationDisplayName",
    name: "OrganizationDisplayName",
    step: "technical-attributes",
    kind: "text",
    mandatory: true,
    field: "organizationDisplayName",
    source: null,
  },
];

/** The field that holds an attribute's value, wherever it is typed; null for the PFX file and its password. */
export function fieldOf(attribute: Attribute): FieldId | null {
  return attribute.field ?? attribute.source?.field ?? null;
}
