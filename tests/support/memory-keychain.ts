import type { Keychain } from "../../main/ports.ts";

/** A keychain in memory whose next answers can be changed. */
export interface MemoryKeychain extends Keychain {
  entries: Map<string, string>;
  calls: number;
  /** Runs before each call; may throw or never resolve. */
  before: (method: keyof Keychain, account: string) => Promise<void>;
}

/** Entries are named `<service>/<account>`. */
export function memoryKeychain(): MemoryKeychain {
  const entries = new Map<string, string>();
  async function enter(method: keyof Keychain, account: string): Promise<void> {
    keychain.calls += 1;
    await keychain.before(method, account);
  }
  const keychain: MemoryKeychain = {
    entries,
    calls: 0,
    before: async () => undefined,
    async getPassword(service, account) {
      await enter("getPassword", account);
      return entries.get(`${service}/${account}`) ?? null;
    },
    async setPassword(service, account, value) {
      await enter("setPassword", account);
      entries.set(`${service}/${account}`, value);
    },
    async deletePassword(service, account) {
      await enter("deletePassword", account);
      return entries.delete(`${service}/${account}`);
    },
  };
  return keychain;
}
