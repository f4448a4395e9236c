import type { Observations } from "../../main/setups/checks.ts";
import type { SetupDocument } from "../../main/setups/document.ts";
import { newDocument } from "../../main/setups/document.ts";
import * as intents from "../../main/setups/intents.ts";
import type { StepId } from "../../preload/model/guide.ts";
import { stepIds } from "../../preload/model/guide.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import type { TenantView } from "../../preload/model/tenant.ts";
import { anna, now, savedCertificate, sha1 } from "./certificate-samples.ts";
import type { FakeApi } from "./fake-api.ts";
import { createFakeApi } from "./fake-api.ts";

export { anna, now };

export const setupId = "00000000-0000-4000-8000-000000000001";

export const applicationId = "1b4e28ba-2fa1-41d2-883f-0016d3cca427";
const tenantId = "7d444840-9dc0-41d1-b245-5ffdce74fad2";

export type Input = Record<string, unknown>;
export interface Call {
  name: string;
  input: Input;
}

/** Main in memory with one setup, at a moment that stands still. */
export class SetupInMemory {
  readonly main: FakeApi;

  constructor(document: SetupDocument) {
    this.main = createFakeApi({ documents: [document], now: () => now });
    this.observations = { now, key: "vault", requestKey: "vault", password: "vault", vaultProblem: null };
  }

  get document(): SetupDocument {
    const document = this.main.state.documents.get(setupId);
    if (document === undefined) throw new Error("the setup was removed");
    return document;
  }
  set document(document: SetupDocument) {
    this.main.state.documents.set(setupId, document);
  }
  get observations(): Observations {
    return this.main.state.observations();
  }
  set observations(observations: Observations) {
    this.main.state.observed = observations;
  }
  set person(person: string) {
    const { info } = this.main.state;
    this.main.state.info = { ...info, settings: { ...info.settings, person } };
  }
  /** What is known of the tenant. */
  set tenant(tenant: TenantView) {
    this.main.state.tenants.set(setupId, tenant);
  }
  set nextDryRun(record: SetupDocument["dryRun"]) {
    this.main.state.nextDryRun = record;
  }
  set printer(printer: boolean) {
    this.main.state.printer = printer;
  }
  get language(): "en" | "de" {
    return this.main.state.info.language;
  }
  set language(language: "en" | "de") {
    const locale = language === "de" ? "de-DE" : "en-GB";
    this.main.state.info = { ...this.main.state.info, language, locale };
  }
  /** What the renderer asked for, in its order. */
  get calls(): readonly Call[] {
    return this.main.calls as readonly Call[];
  }

  view(): SetupView {
    return this.main.state.view(setupId);
  }
}

/** A setup on which nobody has worked yet. */
export function fresh(): SetupInMemory {
  return new SetupInMemory(newDocument(setupId, "Contoso AG", "global", now));
}

/** IDs and certificate are there, the first steps are confirmed, consent waits for someone. */
export function halfway(): SetupInMemory {
  const setup = fresh();
  setup.document = {
    ...setup.document,
    position: "api-permissions",
    fields: {
      azureAdInstance: "Azure AD Contoso",
      tenantName: "Contoso AG",
      tenantDomain: "contoso.onmicrosoft.com",
      applicationName: "IAM.cloud Exchange Online",
      applicationId,
      tenantId,
      portalUrl: "https://portal.contoso.iam.cloud/",
    },
    certificate: savedCertificate(),
    password: { generated: true, length: 24 },
  };
  for (const id of stepIds.slice(0, 6))
    confirm(setup, id, new Date(2026, 10, 24, 9, 50 + stepIds.indexOf(id)));
  return setup;
}

/** Everything but Rollout is done. */
export function ready(): SetupInMemory {
  const setup = halfway();
  setup.document.fields.uploadedThumbprint = sha1;
  setup.document.position = "rollout";
  for (const id of stepIds.slice(6, 14)) confirm(setup, id, now);
  return setup;
}

function confirm(setup: SetupInMemory, id: StepId, at: Date): void {
  setup.document =
    id === "certificate"
      ? intents.addEvidence(setup.document, id, { basis: "verified", at, by: "", note: "", facts: {} })
      : intents.confirm(setup.document, id, anna, "", { ...setup.observations, now: at });
}

/** A setup with the tenant's domain but without a certificate. */
export function beforeCertificate(): SetupInMemory {
  const setup = halfway();
  setup.document.certificate = null;
  setup.document.password = null;
  setup.observations = { ...setup.observations, key: "none", password: "none" };
  return setup;
}
