import type { SecretKind, SetupSecrets, SecretView } from "../../preload/model/secrets.ts";
import { tokenCacheName } from "../identity/token-cache.ts";
import type { StoredSecret } from "../vault/vault.ts";
import type { SetupDocument } from "../setups/document.ts";
import type { TrashedSetup } from "../setups/trash.ts";
import { isOldPassword, pfxPasswordName, requestKeyName, thumbprintOfKey } from "../setups/secret-names.ts";

const kinds: ReadonlyMap<string, SecretKind> = new Map([
  [requestKeyName, "request-key"],
  [pfxPasswordName, "pfx-password"],
  [tokenCacheName, "tokens"],
]);

/** What kind of secret lies under a name of the vault. */
export function kindOfSecret(id: string): SecretKind {
  if (thumbprintOfKey(id) !== null) return "private-key";
  return isOldPassword(id) ? "old-password" : (kinds.get(id) ?? "other");
}

/**
 * What is kept, setup by setup in the order of their names, then the deleted setups; what belongs to no setup any more
 * comes last. What is in memory of a deleted setup is listed with what is sealed of it. Pure.
 */
export function secretsBySetup(
  stored: readonly StoredSecret[],
  documents: readonly SetupDocument[],
  trashed: readonly TrashedSetup[],
): SetupSecrets[] {
  const named = new Map(documents.map((document) => [document.id, document]));
  const deletedOf = (setupId: string) =>
    named.has(setupId) ? null : (trashed.find((one) => one.setupId === setupId)?.entry ?? null);
  const groups = Map.groupBy(
    stored,
    ({ setupId, trashEntry }) => `${setupId}/${trashEntry ?? deletedOf(setupId) ?? ""}`,
  );
  return [...groups]
    .map(([key, secrets]): SetupSecrets => {
      const [setupId = "", deleted = ""] = key.split("/");
      const document =
        deleted === "" ? named.get(setupId) : trashed.find(({ entry }) => entry === deleted)?.document;
      return {
        setupId,
        name: document?.name ?? "",
        deleted: deleted === "" ? null : deleted,
        secrets: firstOfEach(secrets)
          .map((secret) => viewOf(secret, document ?? null))
          .toSorted(byKind),
      };
    })
    .toSorted((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
}

/** One that is in memory stands before the sealed one of the same name. */
function firstOfEach(secrets: readonly StoredSecret[]): StoredSecret[] {
  return secrets.filter(
    ({ purpose }, index) => secrets.findIndex((one) => one.purpose === purpose) === index,
  );
}

function rank({ name, deleted }: SetupSecrets): number {
  if (deleted !== null) return 1;
  return name === "" ? 2 : 0;
}

function viewOf({ purpose, at, place }: StoredSecret, document: SetupDocument | null): SecretView {
  const sha1 = thumbprintOfKey(purpose) ?? "";
  const kind = kindOfSecret(purpose);
  const current =
    document !== null &&
    (kind !== "private-key" || inUse(document).some((one) => one.toLowerCase() === sha1.toLowerCase()));
  return { id: purpose, kind, sha1, current, at, place };
}

/** The present certificate, and while it is being exchanged the one before. */
function inUse({ certificate, rotation }: SetupDocument): string[] {
  return [certificate, rotation?.old ?? null].flatMap((one) => (one === null ? [] : [one.facts.sha1]));
}

const order: readonly SecretKind[] = [
  "private-key",
  "request-key",
  "pfx-password",
  "old-password",
  "tokens",
  "other",
];

function byKind(one: SecretView, other: SecretView): number {
  return (
    order.indexOf(one.kind) - order.indexOf(other.kind) ||
    Number(other.current) - Number(one.current) ||
    one.id.localeCompare(other.id)
  );
}
