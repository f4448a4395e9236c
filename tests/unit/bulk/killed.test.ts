import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { listName, manifestName, setupIdOf } from "../../../main/certificates/bulk/manifest.ts";
import type { PasswordPlace } from "../../../preload/model/bulk.ts";
import { reopen } from "../../support/batch-app.ts";
import { bundledChild } from "../../support/bundled-child.ts";
import { tempFolders } from "../../support/temp-folder.ts";
import { filesWith, opened, states, thumbprints } from "./batch.ts";

const writer = await bundledChild("tests/support/batch-writer.ts");
const workerFile = await bundledChild("main/certificates/worker.ts");
const folderOf = tempFolders();
const count = 4;

/** Runs the writer and kills it with SIGKILL when this many PFX stand and a moment has passed. Gives its password. */
async function runUntilKilled(args: string[], folder: string, pfxFiles: number): Promise<string> {
  const child = spawn(process.execPath, [writer, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  let complaint = "";
  child.stdout.on("data", (data: Buffer) => (said += data.toString()));
  child.stderr.on("data", (data: Buffer) => (complaint += data.toString()));
  const closed = once(child, "close");
  while (child.exitCode === null) {
    const begun = existsSync(join(folder, manifestName));
    if (begun && filesWith(folder, ".pfx").length >= pfxFiles) break;
    await wait(10);
  }
  await wait(Math.random() * 150);
  child.kill("SIGKILL");
  const [code] = (await closed) as [number | null];
  // What its workers say when their parent is gone does not count; that it failed by itself would.
  if (code !== null && code !== 0) throw new Error(`the writer ended with ${code}: ${complaint}`);
  return said.trim();
}

describe("a batch that was killed with SIGKILL again and again", () => {
  it.each(["vault", "list"] as const)(
    "ends with exactly its pairs and setups, none twice, none half (passwords: %s)",
    async (passwords: PasswordPlace) => {
      const userData = folderOf();
      const folder = folderOf();
      const keychain = join(userData, "keychain.json");
      const args = [workerFile, userData, keychain, folder, passwords, String(count)];
      let listPassword = "";
      const before = new Map<string, Buffer>();
      for (const pfxFiles of [0, 2]) {
        listPassword = await runUntilKilled([...args, listPassword], folder, pfxFiles);
        for (const [file, content] of before) {
          expect(readFileSync(join(folder, file)).equals(content)).toBe(true);
        }
        for (const file of filesWith(folder, ".pfx")) before.set(file, readFileSync(join(folder, file)));
      }

      const app = await reopen(userData, keychain);
      const { batchId } = await opened(app, folder);
      const done = await app.api.bulk.resume({ batchId, listPassword });
      expect(states(done).filter((state) => state !== "verified" && state !== "made")).toEqual([]);
      const expected = Array.from({ length: count }, (_, index) => `Customer ${index}`);
      expect(filesWith(folder, "")).toEqual(
        [
          ...expected.flatMap((name) => [`${name}.cer`, `${name}.pfx`]),
          manifestName,
          ...(passwords === "list" ? [listName] : []),
        ].toSorted(),
      );
      for (const [file, content] of before) {
        expect(readFileSync(join(folder, file)).equals(content)).toBe(true);
      }
      const setups = await app.api.setups.list();
      expect(setups.map(({ name }) => name).toSorted()).toEqual(expected);
      expect(setups.every(({ problem }) => problem === null)).toBe(true);
      for (const { number, file } of done.rows) {
        await app.api.bulk.copyPassword({ batchId, row: number });
        const { pfx, cer } = thumbprints(folder, file, app.copied.at(-1) ?? "");
        expect(pfx).toBe(cer);
        const { certificate } = await app.api.setups.open({ setupId: setupIdOf(batchId, number) });
        expect(cer.replaceAll(":", "")).toContain(certificate?.sha256 ?? "none");
        expect(certificate?.keyStored).toBe(passwords === "vault");
      }
      rmSync(keychain, { force: true });
    },
    600_000,
  );
});
