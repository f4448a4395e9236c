import type { SecretKind, SetupSecrets, SecretView } from "../../preload/model/secrets.ts";
import { tokenCacheName } from "../identity/token-cache.ts";
import type { StoredSecret } from "../vault/vault.ts";
import type { SetupDocument } from "../setups/document.ts";
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

/** What is kept, setup by setup in the order of their names; what belongs to no setup any more comes last. Pure. */
export function secretsBySetup(
  stored: readonly StoredSecret[],
  documents: readonly SetupDocument[],
): SetupSecrets[] {
  const named = new Map(documents.map((document) => [document.id, document]));
  const groups = Map.groupBy(stored, ({ setupId }) => setupId);
  return [...groups]
    .map(([setupId, secrets]): SetupSecrets => {
      const document = named.get(setupId);
      return {
        setupId,
        name: document?.name ?? "",
        secrets: secrets.map((secret) => viewOf(secret, document)).toSorted(byKind),
      };
    })
    .toSorted(
      (one, other) =>
        Number(one.name === "") - Number(other.name === "") || one.name.localeCompare(other.name),
    );
}

function viewOf({ purpose, at, place }: StoredSecret, document: SetupDocument | undefined): SecretView {
  const sha1 = thumbprintOfKey(purpose) ?? "";
  const kind = kindOfSecret(purpose);
  const current =
    document !== undefined &&
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
