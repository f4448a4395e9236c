import type { ComponentType } from "react";
import type { StepId } from "../../../preload/model/guide.ts";
import type { StepView } from "../../../preload/model/setup.ts";
import { ApiPermissions } from "./api-permissions.tsx";
import { ApplicationIds } from "./application-ids.tsx";
import { ExchangeRole } from "./exchange-role.tsx";
import { TargetSystemInstance } from "./target-system-instance.tsx";
import { TargetSystems } from "./target-systems.tsx";
import { TechnicalAttributes } from "./technical-attributes.tsx";
import { UploadCertificate } from "./upload-certificate.tsx";

/** What a step shows besides its instructions; steps that are missing here show their fields. */
export const stepBodies: Partial<Record<StepId, ComponentType<{ step: StepView }>>> = {
  "application-ids": ApplicationIds,
  "api-permissions": ApiPermissions,
  "upload-certificate": UploadCertificate,
  "exchange-role": ExchangeRole,
  "target-systems": TargetSystems,
  "target-system-instance": TargetSystemInstance,
  "technical-attributes": TechnicalAttributes,
};
