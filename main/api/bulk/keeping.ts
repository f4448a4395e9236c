import type { Pair } from "../../certificates/bulk/pair.ts";
import { pfxStands } from "../../certificates/bulk/pair.ts";
import { setupIdOf } from "../../certificates/bulk/manifest.ts";
import type { PlannedRow } from "../../certificates/bulk/plan.ts";
import { generatePassword } from "../../certificates/password.ts";
import { erase, secretCopy } from "../../certificates/secrets.ts";
import { AppError } from "../../errors.ts";
import type { NewRecord } from "../../setups/certificate-records.ts";
import { recordCertificate, recordExport } from "../../setups/certificate-records.ts";
import type { SetupDocument } from "../../setups/document.ts";
import { newDocument } from "../../setups/document.ts";
import { cleanName } from "../../setups/intents.ts";
import { pfxPasswordName } from "../../setups/secret-names.ts";
import { contentHash } from "../../setups/store.ts";
import type { CertificateContext } from "../certificates/context.ts";
import { adopt } from "../certificates/making.ts";
import { keepPassword } from "../certificates/passwords.ts";
import type { Batch } from "./batches.ts";

/** What becomes of a row's password and pair, by the batch's choices. Each can be done again without harm. */
export interface Keeping {
  passwordOf: (row: PlannedRow) => Promise<Buffer>;
  keep: (row: PlannedRow, pair: Pair) => Promise<void>;
}

export function keepingOf(context: CertificateContext, batch: Batch): Keeping {
  const { vault, turns, randomBytes } = context;
  const { setups, clock } = context.services;
  const { choices, folder } = batch;
  if (choices === null || folder === null) throw new AppError("batch-not-found");
  const inVault = choices.passwords === "vault";

  /** The row's setup, or null while there is none. */
  function setupOf(id: string): SetupDocument | null {
    try {
      return setups.document(id);
    } catch (error) {
      if (error instanceof AppError && error.code === "setup-not-found") return null;
      throw error;
    }
  }

  async function ensureSetup(id: string, row: PlannedRow): Promise<void> {
    if (setupOf(id) !== null) return;
    const name = cleanName(row.name);
    const document = newDocument(id, name, choices?.cloud ?? "global", clock.now());
    await setups.add(document, { kind: "setup-created", step: null, details: { name } });
  }

  async function vaultPassword(row: PlannedRow, setupId: string, path: string): Promise<Buffer> {
    const known = setupOf(setupId) === null ? null : await vault.get(setupId, pfxPasswordName);
    if (known !== null) return known;
    // The PFX was protected with a password that is gone, or that lies with a setup on another computer or in the
    // trash: a new one would never open it, and a new setup would only be in the way of that one.
    if (await pfxStands(path, row)) throw new AppError("secret-missing");
    // Made before anything of the row, so that its secrets have a place.
    await ensureSetup(setupId, row);
    const password = generatePassword(randomBytes);
    try {
      await keepPassword(context, setupId, password, { keep: true, generated: true });
      return secretCopy(password);
    } finally {
      erase(password);
    }
  }

  async function recordPair(setupId: string, pair: Pair): Promise<void> {
    const known = setups.document(setupId).certificate;
    // Recorded by an earlier run, or replaced by a person since.
    if (known !== null) return;
    const at = clock.now();
    const sha256 = contentHash(pair.pfx);
    const { profile } = choices ?? { profile: "strong" as const };
    const record: NewRecord = {
      origin: "created",
      certificate: pair.certificate,
      chain: [],
      facts: pair.facts,
      chainFacts: [],
      keyProvider: "csp",
      pfx: { profile, sha256, savedAt: at.toISOString(), path: pair.pfxPath, openedAt: at.toISOString() },
    };
    const { sha1 } = pair.facts;
    if (inVault) await adopt(context, setupId, pair.key, record, "certificate-created");
    else {
      const note = { kind: "certificate-created", step: "certificate" as const, details: { sha1 } };
      await setups.change(setupId, note, (document) => recordCertificate(document, record, at));
    }
    const note = { kind: "exported-pfx", step: "certificate" as const, details: { sha256, profile } };
    await setups.change(setupId, note, (document) =>
      recordExport(recordExport(document, "cer-der", pair.cerPath, at), "pfx", pair.pfxPath, at),
    );
  }

  return {
    passwordOf: async (row) => {
      if (!inVault) {
        const password = batch.passwords?.get(row.number);
        if (password === undefined) throw new AppError("secret-missing");
        return secretCopy(password);
      }
      const setupId = setupIdOf(batch.id, row.number);
      return turns.inTurn(setupId, () => vaultPassword(row, setupId, folder.path));
    },
    keep: async (row, pair) => {
      if (!choices.setups) return;
      const setupId = setupIdOf(batch.id, row.number);
      await turns.inTurn(setupId, async () => {
        await ensureSetup(setupId, row);
        await recordPair(setupId, pair);
      });
    },
  };
}
