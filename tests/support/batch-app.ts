import { readFileSync, writeFileSync } from "node:fs";
import type { SpawnWorker } from "../../main/certificates/runner.ts";
import type { Keychain } from "../../main/ports.ts";
import type { TestApp } from "../unit/api/app.ts";
import { openTestApp } from "../unit/api/app.ts";

/** A keychain that a killed process leaves behind: a file. */
function fileKeychain(path: string): Keychain {
  const entries = (): Record<string, string> => {
    try {
      return JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
    } catch {
      return {};
    }
  };
  return {
    getPassword: async (service, account) => entries()[`${service}/${account}`] ?? null,
    setPassword: async (service, account, value) =>
      writeFileSync(path, JSON.stringify({ ...entries(), [`${service}/${account}`]: value })),
    deletePassword: async (service, account) => {
      const { [`${service}/${account}`]: gone, ...rest } = entries();
      writeFileSync(path, JSON.stringify(rest));
      return gone !== undefined;
    },
  };
}

/** All of main over a data folder, as after a restart; without `certificateWorker` it works in this process. */
export function reopen(
  userData: string,
  keychain: string,
  certificateWorker?: SpawnWorker,
): Promise<TestApp> {
  const before = { userData, keychain: fileKeychain(keychain) } as TestApp;
  return openTestApp(before, undefined, certificateWorker && { certificateWorker });
}
