import { basename } from "node:path";
import type { VaultView } from "../../preload/model/app.ts";
import type { SecretPlace } from "../../preload/model/certificates.ts";
import { AppError } from "../errors.ts";
import { setAside } from "../files/set-aside.ts";
import type { Clock, Keychain, RandomBytes } from "../ports.ts";
import { namesKey, nonceLength, seal, unseal } from "./sealed-file.ts";
import type { SealedPlace, VaultKey } from "./sealed-file.ts";
import { createSessionSecrets } from "./session-secrets.ts";
import { deleteSealed, nameForm, readSealed, writeSealed, writtenAt } from "./vault-files.ts";
import type { SealedFile, VaultPlaces } from "./vault-files.ts";
import { openKeychainEntry } from "./vault-key.ts";
import type { KeyLookup } from "./vault-key.ts";

/** That a secret is kept, not the secret. */
export interface StoredSecret extends SealedPlace {
  /** When it was last written; null when the file does not tell. */
  at: string | null;
  place: Exclude<SecretPlace, "none">;
  /** Name in the trash when it went there with its setup; null otherwise. */
  trashEntry: string | null;
}

/**
 * Keeps secrets: sealed on disk while the system's keychain gives the key, else in memory for this run. In
 * clear they are never on disk. A sealed file that cannot be opened now is never overwritten.
 */
export interface Vault {
  status(): VaultView;
  /** Asks the keychain; to be called once at start. Never fails: the outcome is the status. */
  open(): Promise<VaultView>;
  /**
   * Keeps a copy of `secret` (the caller zeroes its own) and tells where. With `keep: false` it stays in
   * memory and a sealed one of the same purpose is deleted. A file that does not open is renamed aside first.
   * Errors: those of `writeFileAtomic`.
   */
  put(
    setupId: string,
    purpose: string,
    secret: Buffer,
    options?: { keep?: boolean },
  ): Promise<"vault" | "session">;
  /**
   * The secret, the caller's to zero; null when there is none. Errors: no-keychain, keychain-locked,
   * vault-key-lost (sealed, but the key is not here), vault-file-tampered (the file stays), read-failed.
   */
  get(setupId: string, purpose: string): Promise<Buffer | null>;
  /** Whether `get` gives a secret now. */
  has(setupId: string, purpose: string): Promise<boolean>;
  /** "unreadable": sealed, but it cannot be opened now. Never fails. */
  where(setupId: string, purpose: string): Promise<SecretPlace>;
  /** Every secret of every setup, deleted ones too: on disk, also those that cannot be opened now, and in memory. */
  list(): Promise<StoredSecret[]>;
  /**
   * Forgets a secret, with `trashEntry` the one that is sealed there. A file whose key is lost, or that was tampered
   * with, is renamed aside, not deleted.
   */
  remove(setupId: string, purpose: string, trashEntry?: string | null): Promise<void>;
  /** Forgets what is in memory of a setup that is gone. */
  forgetSession(setupId: string): void;
  /** Asks the keychain again, for instance after the user unlocked it. */
  retry(): Promise<VaultView>;
  /** After the user gave the lost key up: sealed files are renamed to `.lost-<date>` and a new key begins. */
  renew(): Promise<VaultView>;
  /**
   * Whether the keychain still owes an answer, for instance behind an unlock dialog. Until it comes, Node cannot
   * end by `process.exit`: that waits for the thread the call holds (measured with Node 24 on Linux).
   */
  waitingForKeychain(): boolean;
  /** Zeroes the key and all secrets in memory. */
  close(): void;
}

export interface VaultOptions extends VaultPlaces {
  keychain: Keychain;
  /** Name of the keychain entry, for example "Exchange Rollout" and "vault-key". */
  service: string;
  account: string;
  randomBytes: RandomBytes;
  clock: Clock;
  /** How long one keychain call may take, in milliseconds. */
  timeoutMs: number;
  /** Called when the state changed by itself: the keychain was unlocked after its time was over. */
  onChange?: (view: VaultView) => void;
  /** Called after one of a setup's secrets was kept or forgotten, and after trying to, which may fail halfway. */
  onSecret?: (setupId: string) => void;
}

type State = { kind: "ready"; key: VaultKey } | { kind: Exclude<VaultView["kind"], "ready">; detail: string };

/** Builds the vault; `open` must run before it keeps anything beyond this run. */
export function createVault(options: VaultOptions): Vault {
  const session = createSessionSecrets();
  const entry = openKeychainEntry({ ...options, onLateAnswer: () => void lateAnswer() });
  let state: State = { kind: "session-only", detail: "not opened yet" };
  let closed = false;
  let queue: Promise<unknown> = Promise.resolve();

  /** Changes run one after the other, so that two of them never meet on one file or on the key. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work, work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  /** Changes a setup's secrets in turn, and tells so. */
  function changing<T>(setupId: string, work: () => Promise<T>): Promise<T> {
    return inTurn(work).finally(() => options.onSecret?.(setupId));
  }

  function view(): VaultView {
    return { kind: state.kind, detail: state.kind === "ready" ? "" : state.detail };
  }

  function enter(next: State): void {
    if (state.kind === "ready" && (next.kind !== "ready" || next.key !== state.key)) state.key.bytes.fill(0);
    state = next;
    if (closed) wipe();
  }

  function wipe(): void {
    if (state.kind === "ready") state.key.bytes.fill(0);
    state = { kind: "session-only", detail: "closed" };
    session.clear();
  }

  async function lateAnswer(): Promise<void> {
    if (closed) return;
    const before = state.kind;
    await inTurn(refresh);
    if (state.kind !== before) options.onChange?.(view());
  }

  function lostLabel(): string {
    return `lost-${options.clock.now().toISOString().slice(0, 10).replaceAll("-", "")}`;
  }

  function pathOf(place: SealedPlace, trashEntry: string | null = null): string {
    if (!nameForm.test(place.setupId) || !nameForm.test(place.purpose)) throw new AppError("invalid-input");
    return options.fileFor(place.setupId, place.purpose, trashEntry);
  }

  async function refresh(): Promise<VaultView> {
    if (closed || state.kind === "ready") return view();
    try {
      enter(await settle(await entry.lookUp()));
    } catch (error) {
      const code = error instanceof AppError ? error.code : "internal";
      enter({ kind: "session-only", detail: `sealed files could not be listed: ${code}` });
    }
    await keepWaiting();
    return view();
  }

  /** A trash that cannot be read keeps no setup from its secrets. */
  async function everyFile(): Promise<SealedFile[]> {
    return [...(await options.sealedFiles()), ...(await options.trashedFiles().catch(() => []))];
  }

  /** What the keychain's answer means together with the files that are there. */
  async function settle(found: KeyLookup): Promise<State> {
    switch (found.kind) {
      case "key":
        return settleKey(found.key);
      case "none": {
        const { length } = await everyFile();
        if (length > 0) {
          return { kind: "key-lost", detail: `the keychain holds no key for ${length} sealed file(s)` };
        }
        const created = await entry.create(lostLabel());
        if (created.kind === "none") return { kind: "session-only", detail: "the new key was not kept" };
        return created.kind === "key" ? settleKey(created.key) : settle(created);
      }
      case "damaged":
        return { kind: "key-lost", detail: "the keychain's entry is not a key" };
      case "locked":
        return { kind: "locked", detail: found.detail };
      default:
        return { kind: "session-only", detail: found.detail };
    }
  }

  /** A key that opens none of the files, although some are whole, is not the one that sealed them. */
  async function settleKey(key: VaultKey): Promise<State> {
    let foreign = 0;
    for (const place of await everyFile()) {
      const file = await readSealed(place.path).catch(() => null);
      if (file === null) continue;
      const outcome = unseal(key, place, file);
      if (outcome.kind === "open") outcome.secret.fill(0);
      if (outcome.kind === "open" || namesKey(key, file)) return { kind: "ready", key };
      if (outcome.kind === "other-key") foreign += 1;
    }
    if (foreign === 0) return { kind: "ready", key };
    key.bytes.fill(0);
    return { kind: "key-lost", detail: `the keychain's key is not the one of ${foreign} sealed file(s)` };
  }

  /** Secrets that were meant to be kept and had to wait in memory go to disk now; those that fail wait on. */
  async function keepWaiting(): Promise<void> {
    if (state.kind !== "ready") return;
    const { key } = state;
    for (const place of session.waitingForVault()) {
      const secret = session.get(place);
      if (secret === null) continue;
      await write(place, secret, key).then(
        () => session.remove(place),
        () => undefined,
      );
      secret.fill(0);
    }
  }

  async function write(place: SealedPlace, secret: Buffer, key: VaultKey): Promise<void> {
    const path = pathOf(place);
    const old = await readSealed(path).catch(() => Buffer.alloc(0));
    if (old !== null && !opens(key, place, old)) await setAside(path, lostLabel());
    // Closed meanwhile: the key's bytes are zeros now and must not seal anything.
    if (state.kind !== "ready" || state.key !== key) throw new AppError("canceled");
    await writeSealed(path, seal(key, place, options.randomBytes(nonceLength), secret));
  }

  async function setLostAside(key: VaultKey): Promise<void> {
    try {
      for (const place of await everyFile()) {
        const file = await readSealed(place.path).catch(() => Buffer.alloc(0));
        if (file !== null && !opens(key, place, file)) await setAside(place.path, lostLabel());
      }
    } finally {
      key.bytes.fill(0);
    }
  }

  async function forgetFile(place: SealedPlace, path = pathOf(place)): Promise<void> {
    const file = await readSealed(path).catch(() => Buffer.alloc(0));
    if (file === null) return;
    const lost = state.kind === "ready" ? !opens(state.key, place, file) : state.kind === "key-lost";
    if (lost) await setAside(path, lostLabel());
    else await deleteSealed(path);
  }

  async function get(setupId: string, purpose: string): Promise<Buffer | null> {
    const place = { setupId, purpose };
    const path = pathOf(place);
    return session.get(place) ?? openFile(place, path);
  }

  async function openFile(place: SealedPlace, path: string): Promise<Buffer | null> {
    const file = await readSealed(path);
    if (file === null) return null;
    if (state.kind !== "ready") throw new AppError(closedDoor[state.kind], { answer: state.detail });
    const outcome = unseal(state.key, place, file);
    if (outcome.kind === "open") return outcome.secret;
    throw new AppError(outcome.kind === "tampered" ? "vault-file-tampered" : "vault-key-lost", {
      path: basename(path),
    });
  }

  async function where(setupId: string, purpose: string): Promise<SecretPlace> {
    if (session.has({ setupId, purpose })) return "session";
    return sealedIn(() => get(setupId, purpose));
  }

  async function sealedIn(open: () => Promise<Buffer | null>): Promise<Exclude<SecretPlace, "session">> {
    try {
      const secret = await open();
      secret?.fill(0);
      return secret === null ? "none" : "vault";
    } catch {
      return "unreadable";
    }
  }

  async function list(): Promise<StoredSecret[]> {
    const inMemory = session.list();
    const stored: StoredSecret[] = inMemory.map((secret) => ({
      ...secret,
      place: "session",
      trashEntry: null,
    }));
    const known = new Set(inMemory.map(({ setupId, purpose }) => `${setupId}/${purpose}`));
    const files = [...(await options.sealedFiles()), ...(await options.trashedFiles())];
    for (const { setupId, purpose, path, trashEntry } of files) {
      if (trashEntry === null && known.has(`${setupId}/${purpose}`)) continue;
      const place = await sealedIn(() => openFile({ setupId, purpose }, path));
      const at = await writtenAt(path);
      // Removed since the folder was listed.
      if (place !== "none") stored.push({ setupId, purpose, at, place, trashEntry });
    }
    return stored;
  }

  return {
    status: view,
    list,
    open: () => inTurn(refresh),
    retry: () => inTurn(refresh),
    get,
    where,
    has: async (setupId, purpose) => ["vault", "session"].includes(await where(setupId, purpose)),
    put: (setupId, purpose, secret, { keep = true } = {}) =>
      changing(setupId, async () => {
        if (closed) throw new AppError("canceled");
        const place = { setupId, purpose };
        pathOf(place);
        if (keep && state.kind === "ready") {
          await write(place, secret, state.key);
          session.remove(place);
          return "vault";
        }
        session.set(place, secret, keep, options.clock.now());
        if (!keep) await forgetFile(place);
        return "session";
      }),
    remove: (setupId, purpose, trashEntry = null) =>
      changing(setupId, async () => {
        const place = { setupId, purpose };
        if (trashEntry === null) session.remove(place);
        await forgetFile(place, pathOf(place, trashEntry));
      }),
    forgetSession: (setupId) => session.removeSetup(setupId),
    renew: () =>
      inTurn(async () => {
        if (closed || state.kind !== "key-lost") return refresh();
        const created = await entry.create(lostLabel());
        if (created.kind === "key") await setLostAside(created.key);
        return refresh();
      }),
    waitingForKeychain: () => entry.waiting(),
    close() {
      closed = true;
      wipe();
    },
  };
}

/** What keeps the vault from giving and sealing secrets, as an error. */
export const closedDoor = {
  "session-only": "no-keychain",
  locked: "keychain-locked",
  "key-lost": "vault-key-lost",
} as const;

function opens(key: VaultKey, place: SealedPlace, file: Buffer): boolean {
  const outcome = unseal(key, place, file);
  if (outcome.kind === "open") outcome.secret.fill(0);
  return outcome.kind === "open";
}
