import { readFileSync, writeFileSync } from "node:fs";
import type { Keychain } from "../../main/ports.ts";
import type { TestApp } from "../unit/api/app.ts";
import { openTestApp } from "../unit/api/app.ts";
import { choices, listOf, opened, placed } from "../unit/bulk/batch.ts";

/** A keychain that a killed process leaves behind: a file. */
export function fileKeychain(path: string): Keychain {
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

/** All of main over a data folder, as after a restart. */
export function reopen(userData: string, keychain: string): Promise<TestApp> {
  return openTestApp({ userData, keychain: fileKeychain(keychain) } as TestApp);
}

/** Begins a batch, or goes on with the one of the folder, until it is done or killed. */
async function write(): Promise<void> {
  const [userData = "", keychain = "", folder = "", passwords = "vault", count = "1", listPassword = ""] =
    process.argv.slice(2);
  const app = await reopen(userData, keychain);
  const isList = passwords === "list";
  if (listPassword === "") {
    const { batchId } = await placed(app, listOf(Number(count)), folder);
    const said = isList ? await app.api.bulk.revealListPassword({ batchId }) : { password: "none" };
    process.stdout.write(`${said.password}\n`);
    await app.api.bulk.start({
      batchId,
      choices: { ...choices, passwords: isList ? "list" : "vault" },
    });
  } else {
    const { batchId } = await opened(app, folder);
    process.stdout.write(`${listPassword}\n`);
    await app.api.bulk.resume({ batchId, listPassword });
  }
}

if (process.argv[1]?.endsWith("batch-writer.ts") === true) await write();
