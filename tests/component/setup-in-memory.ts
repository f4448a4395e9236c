import { offlineTenant } from "../support/tenant-view.ts";
import { AppError } from "../../main/errors.ts";
import type { Observations } from "../../main/setups/checks.ts";
import type { SetupDocument } from "../../main/setups/document.ts";
import { newDocument } from "../../main/setups/document.ts";
import { noKnownIds } from "../../main/setups/fields.ts";
import * as intents from "../../main/setups/intents.ts";
import { buildView } from "../../main/setups/view.ts";
import type { AppInfo } from "../../preload/model/app.ts";
import type { ErrorView, Result } from "../../preload/model/errors.ts";
import type { StepId } from "../../preload/model/guide.ts";
import { stepIds } from "../../preload/model/guide.ts";
import type { SetupView } from "../../preload/model/setup.ts";

/** Main's real decisions over one setup that lives in memory: no files, no vault, a clock that stands still. */
export const setupId = "00000000-0000-4000-8000-000000000001";
export const now = new Date(2026, 10, 24, 10, 12);
export const anna = "Anna Adler";

const applicationId = "1b4e28ba-2fa1-41d2-883f-0016d3cca427";
const tenantId = "7d444840-9dc0-41d1-b245-5ffdce74fad2";
const sha1 = "5F98EBBFE735CDDAE00E33E0FD69050EF9220254";

export type Input = Record<string, unknown>;
export interface Call {
  name: string;
  input: Input;
}

export class SetupInMemory {
  document: SetupDocument;
  observations: Observations = { now, key: "vault", password: "vault", vaultProblem: null };
  person = anna;
  language: "en" | "de" = "en";
  /** Whether reports can be printed to PDF. */
  printer = true;
  /** What the renderer asked for, in its order. */
  calls: Call[] = [];
  /** The next calls of these names fail with this error. */
  failing = new Map<string, ErrorView>();

  constructor(document: SetupDocument) {
    this.document = document;
  }

  view(): SetupView {
    return buildView(this.document, {
      observations: this.observations,
      known: noKnownIds,
      person: this.person,
      tenant: offlineTenant(this.document, this.observations.now),
    });
  }

  /** Answers like main's handler of that name. */
  answer(name: string, input: Input): Result<unknown> {
    this.calls.push({ name, input });
    const error = this.failing.get(name);
    if (error !== undefined) return { ok: false, error };
    try {
      return { ok: true, value: this.carryOut(name, input) };
    } catch (cause) {
      if (!(cause instanceof AppError)) throw cause;
      const { code, details } = cause;
      return { ok: false, error: { code, messageKey: `errors.${code}`, details } };
    }
  }

  private info(): AppInfo {
    const { language } = this;
    return {
      version: "0.1.0",
      platform: "linux",
      host: "stand-in",
      language,
      locale: language === "de" ? "de-DE" : "en-GB",
      accentColor: null,
      settings: {
        language,
        theme: "system",
        textSize: 100,
        person: this.person,
        clipboardSeconds: 30,
        keepPasswords: true,
        reminders: true,
        signInMethod: "browser",
        cloud: "global",
      },
      vault: { kind: "ready", detail: "" },
      userDataDir: "/home/anna/.config/exchange-rollout",
      missingCrypto: [],
      openAtStart: null,
    };
  }

  private carryOut(name: string, input: Input): unknown {
    const change = changes[name];
    if (change !== undefined) {
      this.document = change(this.document, input, this.observations);
      return this.view();
    }
    if (name === "setups.open") return this.view();
    if (name === "app.saveSettings") this.person = text(input["person"]);
    if (name === "app.info" || name === "app.saveSettings") return this.info();
    if (name === "setups.list") return [this.view().summary];
    if (name === "setups.copyAttribute") {
      return { clearsIn: input["attribute"] === "ConnectPFXPassword" ? 30 : null };
    }
    if (name === "rollout.handover") {
      const path = "/home/anna/Documents/Contoso AG handover";
      this.document.rollout.handover = { at: now.toISOString(), path };
      return { canceled: false, path, pdf: this.printer, view: this.view() };
    }
    if (name === "rollout.saveReport") {
      return { canceled: false, path: "/home/anna/Documents/Contoso AG report", pdf: this.printer };
    }
    return null;
  }
}

type Change = (document: SetupDocument, input: Input, observations: Observations) => SetupDocument;

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function step(input: Input): StepId {
  return stepIds.find((id) => id === input["step"]) ?? "azure-active-directory";
}

const changes: Record<string, Change> = {
  "setups.setField": (document, input) =>
    intents.setField(document, text(input["field"]) as never, text(input["value"])),
  "setups.setPosition": (document, input) => intents.setPosition(document, step(input)),
  "setups.confirm": (document, input, observations) =>
    intents.confirm(document, step(input), text(input["by"]), text(input["note"]), observations),
  "setups.withdraw": (document, input) => intents.withdraw(document, step(input), now),
  "setups.markNotApplicable": (document, input) =>
    intents.markNotApplicable(document, step(input), text(input["by"]), text(input["reason"]), now),
  "setups.markApplicable": (document, input) => intents.markApplicable(document, step(input)),
  "setups.startWaiting": (document, input) =>
    intents.startWaiting(document, step(input), text(input["who"]), text(input["note"]), now),
  "setups.stopWaiting": (document, input) => intents.stopWaiting(document, step(input)),
  "rollout.record": (document, input, observations) =>
    intents.recordRollout(
      document,
      {
        result: input["result"] === "connected" ? "connected" : "failed",
        text: text(input["text"]),
        by: text(input["by"]),
      },
      observations,
    ),
  "rollout.withdraw": (document) => intents.withdrawRollout(document, now),
  "rollout.close": (document) => intents.close(document, now),
  "rollout.reopen": (document) => intents.reopen(document),
};

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
    certificate: certificate(),
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

function certificate(): NonNullable<SetupDocument["certificate"]> {
  const folder = "/home/anna/Documents/Contoso";
  const at = new Date(2026, 10, 24, 10, 8).toISOString();
  return {
    facts: {
      subject: "CN=contoso.onmicrosoft.com",
      issuer: "CN=contoso.onmicrosoft.com",
      commonName: "contoso.onmicrosoft.com",
      dnsNames: ["contoso.onmicrosoft.com"],
      serial: "4D1F00C2A97E63B18F5502D4E6A7B9C0",
      notBefore: new Date(2026, 10, 23).toISOString(),
      notAfter: new Date(2027, 10, 23, 23, 59).toISOString(),
      sha1,
      sha256: "9C1A7E4402B5D86F13E0A97B5C42D81E6F0A3B9C7D5E2F1804A6B8C9D0E1F2A3",
      keyType: "RSA",
      keyBits: 3072,
      signatureAlgorithm: "sha256WithRSAEncryption",
      selfSigned: true,
      keyUsage: ["digitalSignature", "keyEncipherment"],
      extendedKeyUsage: ["clientAuth"],
    },
    origin: "created",
    recordedAt: at,
    chain: [],
    keyProvider: "csp",
    der: "",
    chainDer: [],
    pfx: {
      profile: "strong",
      sha256: "A".repeat(64),
      savedAt: at,
      path: `${folder}/contoso.pfx`,
      openedAt: at,
    },
    exports: [
      { kind: "pfx", at, path: `${folder}/contoso.pfx` },
      { kind: "cer-der", at, path: `${folder}/contoso.cer` },
    ],
  };
}
