import { secretBuffer } from "./sealed-file.ts";
import type { SealedPlace } from "./sealed-file.ts";

interface SessionSecret extends SealedPlace {
  secret: Buffer;
  /** Whether it goes into the vault as soon as there is one. */
  keep: boolean;
  at: Date;
}

/** Secrets that last for this run: in memory only, zeroed when they go. */
export interface SessionSecrets {
  set(place: SealedPlace, secret: Uint8Array, keep: boolean, at: Date): void;
  /** A copy, the caller's to zero. */
  get(place: SealedPlace): Buffer | null;
  has(place: SealedPlace): boolean;
  remove(place: SealedPlace): void;
  /** All of one setup. */
  removeSetup(setupId: string): void;
  waitingForVault(): SealedPlace[];
  /** What there is, and since when (ISO 8601, UTC). */
  list(): (SealedPlace & { at: string })[];
  clear(): void;
}

export function createSessionSecrets(): SessionSecrets {
  const secrets = new Map<string, SessionSecret>();
  const name = ({ setupId, purpose }: SealedPlace) => `${setupId}/${purpose}`;

  function remove(place: SealedPlace): void {
    secrets.get(name(place))?.secret.fill(0);
    secrets.delete(name(place));
  }

  return {
    set(place, secret, keep, at) {
      const copy = secretBuffer(secret.length);
      copy.set(secret);
      remove(place);
      secrets.set(name(place), { setupId: place.setupId, purpose: place.purpose, secret: copy, keep, at });
    },
    get(place) {
      const found = secrets.get(name(place));
      if (found === undefined) return null;
      const copy = secretBuffer(found.secret.length);
      found.secret.copy(copy);
      return copy;
    },
    has: (place) => secrets.has(name(place)),
    remove,
    removeSetup(setupId) {
      for (const secret of secrets.values()) if (secret.setupId === setupId) remove(secret);
    },
    waitingForVault: () =>
      [...secrets.values()].filter(({ keep }) => keep).map(({ setupId, purpose }) => ({ setupId, purpose })),
    list: () =>
      [...secrets.values()].map(({ setupId, purpose, at }) => ({ setupId, purpose, at: at.toISOString() })),
    clear() {
      for (const { secret } of secrets.values()) secret.fill(0);
      secrets.clear();
    },
  };
}
