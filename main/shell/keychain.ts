import { AppError } from "../errors.ts";
import type { Keychain } from "../ports.ts";

/** Why a keychain did not answer as asked: `reason` in the details of the AppError. */
type KeychainTrouble =
  | "locked"
  | "no-d-bus"
  | "no-secret-service"
  /** The service runs, but nothing was ever set up in it to keep entries in. */
  | "no-collection"
  | "module-missing"
  | "other";

/** What the systems' keychains say, in the words of libsecret, gnome-keyring, KWallet and macOS. */
const knownAnswers: { trouble: KeychainTrouble; pattern: RegExp }[] = [
  { trouble: "locked", pattern: /locked|dismissed|interaction is not allowed|user cancell?ed/i },
  { trouble: "no-collection", pattern: /object does not exist/i },
  { trouble: "locked", pattern: /name or passphrase you entered is not correct/i },
  {
    trouble: "no-secret-service",
    pattern: /name org\.freedesktop\.secrets|ServiceUnknown/i,
  },
  {
    trouble: "no-d-bus",
    pattern: /autolaunch|could not connect|connection (refused|is closed)|dbus-launch/i,
  },
  { trouble: "module-missing", pattern: /failed to load keytar|cannot find (module|package)/i },
];

/**
 * The system's keychain through keytar: Windows Credential Manager, macOS Keychain, Secret Service. Its
 * failures come as AppError keychain-locked or no-keychain with `reason` and the system's `answer`; a keytar
 * that does not load (no libsecret) is a keychain that always answers so.
 */
export async function loadKeychain(load: () => Promise<unknown> = () => import("keytar")): Promise<Keychain> {
  try {
    const keytar = keychainIn(await load());
    return {
      getPassword: (service, account) => named(() => keytar.getPassword(service, account)),
      setPassword: (service, account, value) => named(() => keytar.setPassword(service, account, value)),
      deletePassword: (service, account) => named(() => keytar.deletePassword(service, account)),
    };
  } catch (error) {
    return failingKeychain(
      new AppError("no-keychain", { reason: "module-missing", answer: words(error) }, error),
    );
  }
}

/**
 * The keychain of this run. Unpackaged runs may ask for a stand-in: "memory" (lasts for this run), "none" or
 * "locked"; the packaged app ignores that, so nobody can turn its vault off from outside.
 */
export async function chooseKeychain(
  wanted: string | undefined,
  packaged: boolean,
  real: () => Promise<Keychain> = loadKeychain,
): Promise<Keychain> {
  if (packaged || wanted === undefined || wanted === "") return real();
  switch (wanted) {
    case "memory":
      return memoryKeychain();
    case "none":
      return failingKeychain(new AppError("no-keychain", { reason: "no-secret-service" }));
    case "locked":
      return failingKeychain(new AppError("keychain-locked", { reason: "locked" }));
    default:
      throw new Error(`EXCHANGE_ROLLOUT_KEYCHAIN is "${wanted}"; known are memory, none and locked`);
  }
}

/** Name of the app's entries. Unpackaged runs have their own: macOS ties an entry to the app that made it. */
export function keychainService(packaged: boolean): string {
  return packaged ? "Exchange Rollout" : "Exchange Rollout (development)";
}

function memoryKeychain(): Keychain {
  const entries = new Map<string, string>();
  const name = (service: string, account: string) => JSON.stringify([service, account]);
  return {
    getPassword: async (service, account) => entries.get(name(service, account)) ?? null,
    setPassword: async (service, account, value) => void entries.set(name(service, account), value),
    deletePassword: async (service, account) => entries.delete(name(service, account)),
  };
}

function failingKeychain(error: AppError): Keychain {
  const fail = async (): Promise<never> => {
    throw error;
  };
  return { getPassword: fail, setPassword: fail, deletePassword: fail };
}

async function named<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const answer = words(error);
    const reason = knownAnswers.find(({ pattern }) => pattern.test(answer))?.trouble ?? "other";
    throw new AppError(reason === "locked" ? "keychain-locked" : "no-keychain", { reason, answer }, error);
  }
}

function words(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 300) : "";
}

/** keytar is CommonJS: depending on who bundles it, its functions lie in the namespace or in its default. */
function keychainIn(loaded: unknown): Keychain {
  if (isKeychain(loaded)) return loaded;
  if (typeof loaded === "object" && loaded !== null && "default" in loaded && isKeychain(loaded.default)) {
    return loaded.default;
  }
  throw new Error("Failed to load keytar: it has no getPassword");
}

function isKeychain(value: unknown): value is Keychain {
  return (
    typeof value === "object" &&
    value !== null &&
    ["getPassword", "setPassword", "deletePassword"].every(
      (name) => name in value && typeof Reflect.get(value, name) === "function",
    )
  );
}
