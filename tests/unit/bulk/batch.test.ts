import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { listName, manifestName, setupIdOf } from "../../../main/certificates/bulk/manifest.ts";
import { AppError } from "../../../main/errors.ts";
import type { Keychain } from "../../../main/ports.ts";
import { bundledChild } from "../../support/bundled-child.ts";
import { tempFolders } from "../../support/temp-folder.ts";
import { spawnTestWorker, startLocalWorker } from "../../support/worker-process.ts";
import { memoryKeychain, openTestApp } from "../api/app.ts";
import { choices, filesWith, listOf, opened, placed, states, thumbprints } from "./batch.ts";

const folderOf = tempFolders();
// Keys are searched for in many processes, and other tests use the same processors.
vi.setConfig({ testTimeout: 300_000 });

/** The password of a row, as the clipboard gets it. */
async function passwordOf(app: Awaited<ReturnType<typeof openTestApp>>, batchId: string, row: number) {
  await app.api.bulk.copyPassword({ batchId, row });
  return app.copied.at(-1) ?? "";
}

describe("a batch with its passwords in the vault", () => {
  it("makes a pair and a setup for each row; OpenSSL opens each with the password of its setup", async () => {
    const app = await openTestApp();
    const folder = folderOf();
    const { batchId } = await placed(app, listOf(3), folder);
    const done = await app.api.bulk.start({ batchId, choices });
    expect(states(done)).toEqual(["made", "made", "made"]);
    expect(filesWith(folder, "").length).toBe(7);
    for (const row of done.rows) {
      const password = await passwordOf(app, batchId, row.number);
      const { pfx, cer } = thumbprints(folder, row.file, password);
      expect(pfx).toBe(cer);
      const view = await app.api.setups.open({ setupId: setupIdOf(batchId, row.number) });
      expect(view.summary.name).toBe(row.name);
      expect(view.certificate).toMatchObject({ keyStored: true, commonName: row.dnsName });
      expect(view.certificate?.exports.map(({ kind }) => kind).toSorted()).toEqual(["cer-der", "pfx"]);
      expect(view.password).toEqual({ state: "vault", generated: true, length: 24 });
      expect(view.steps.find(({ id }) => id === "certificate")?.state).toBe("done");
    }
    expect((await app.api.setups.list()).length).toBe(3);
  });

  it("continued after a restart verifies what stands, makes what is missing and adds no setup", async () => {
    const before = await openTestApp();
    const folder = folderOf();
    const { batchId } = await placed(before, listOf(4), folder);
    await before.api.bulk.start({ batchId, choices });
    const first = readFileSync(join(folder, "Customer 0.pfx"));
    unlinkSync(join(folder, "Customer 1.cer"));
    unlinkSync(join(folder, "Customer 2.pfx"));
    writeFileSync(join(folder, "Customer 3.pfx"), "");
    writeFileSync(join(folder, `.rollout-${"0".repeat(32)}.tmp`), "half");

    const app = await openTestApp(before);
    const batch = await opened(app, folder);
    expect(batch).toMatchObject({ batchId, needsListPassword: false, choices });
    const done = await app.api.bulk.resume({ batchId });
    expect(states(done)).toEqual(["verified", "verified", "made", "made"]);
    expect(readFileSync(join(folder, "Customer 0.pfx")).equals(first)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
    expect((await app.api.setups.list()).length).toBe(4);
    for (const { number, file } of done.rows) {
      const { pfx, cer } = thumbprints(folder, file, await passwordOf(app, batchId, number));
      expect(pfx).toBe(cer);
    }
  });

  it("checked where its secrets are not adds no setup", async () => {
    const here = await openTestApp();
    const folder = folderOf();
    const { batchId } = await placed(here, listOf(2), folder);
    await here.api.bulk.start({ batchId, choices });

    const elsewhere = await openTestApp();
    await opened(elsewhere, folder);
    const done = await elsewhere.api.bulk.resume({ batchId });
    expect(states(done)).toEqual(["secret-missing", "secret-missing"]);
    expect(await elsewhere.api.setups.list()).toEqual([]);
    expect(readdirSync(join(elsewhere.userData, "setups"))).toEqual([]);
  });

  it("leaves a deleted setup to be brought back with its password", async () => {
    const app = await openTestApp();
    const folder = folderOf();
    const { batchId } = await placed(app, listOf(2), folder);
    await app.api.bulk.start({ batchId, choices });
    const setupId = setupIdOf(batchId, 2);
    await app.api.setups.remove({ setupId });
    expect(states(await app.api.bulk.resume({ batchId }))).toEqual(["secret-missing", "verified"]);
    expect((await app.api.setups.list()).length).toBe(1);
    await app.api.setups.restore({ setupId });
    expect(states(await app.api.bulk.resume({ batchId }))).toEqual(["verified", "verified"]);
  });

  it("is not begun without a keychain or without setups, because nobody would find the passwords again", async () => {
    const app = await openTestApp();
    const { batchId } = await placed(app, listOf(1), folderOf());
    const start = app.api.bulk.start({ batchId, choices: { ...choices, setups: false } });
    await expect(start).rejects.toMatchObject({ code: "invalid-input" });
  });

  it("says what keeps the vault closed: no keychain, a locked one, or one without the key", async () => {
    const before = await openTestApp();
    const folder = folderOf();
    const { batchId } = await placed(before, listOf(1), folder);
    await before.api.bulk.start({ batchId, choices });
    const refusing = (code: "no-keychain" | "keychain-locked"): Keychain => {
      const refuse = async () => Promise.reject(new AppError(code, { reason: "refused" }));
      return { getPassword: refuse, setPassword: refuse, deletePassword: refuse };
    };
    for (const [keychain, code] of [
      [refusing("no-keychain"), "no-keychain"],
      [refusing("keychain-locked"), "keychain-locked"],
      [memoryKeychain(), "vault-key-lost"],
    ] as const) {
      const app = await openTestApp({ ...before, keychain });
      await opened(app, folder);
      await expect(app.api.bulk.resume({ batchId })).rejects.toMatchObject({ code });
    }
  });
});

describe("a batch with a sealed list", () => {
  const sealed = { ...choices, passwords: "list" as const, setups: false };

  it("writes a list that 7-Zip opens with its password, and that holds the password of each PFX", async () => {
    const app = await openTestApp();
    const folder = folderOf();
    const { batchId } = await placed(app, listOf(2), folder);
    const { password } = await app.api.bulk.revealListPassword({ batchId });
    const done = await app.api.bulk.start({ batchId, choices: sealed });
    expect(states(done)).toEqual(["made", "made"]);
    expect(await app.api.setups.list()).toEqual([]);
    const archive = join(folder, listName);
    const csv = execFileSync("7zz", ["x", "-so", `-p${password}`, archive], { stdio: "pipe" }).toString();
    const [headings, ...lines] = csv.replace("\u{FEFF}", "").trim().split("\r\n");
    expect(headings).toBe("Row,File,Password,Name,DNS name");
    expect(lines.length).toBe(2);
    for (const [index, { number, file, name, dnsName }] of done.rows.entries()) {
      const inVault = await passwordOf(app, batchId, number);
      expect(lines[index]).toBe(`${number},"${file}.pfx",${inVault},"${name}","${dnsName}"`);
      expect(thumbprints(folder, file, inVault).pfx).toBe(thumbprints(folder, file, inVault).cer);
    }
    const listed = execFileSync("7zz", ["l", "-slt", "-p-", archive], { stdio: "pipe" }).toString();
    expect(listed).toMatch(/Method = AES-256/);
  });

  it("asks for the list's password after a restart and refuses a wrong one before it touches anything", async () => {
    const before = await openTestApp();
    const folder = folderOf();
    const { batchId } = await placed(before, listOf(2), folder);
    const { password } = await before.api.bulk.revealListPassword({ batchId });
    await before.api.bulk.start({ batchId, choices: { ...sealed, setups: true } });
    unlinkSync(join(folder, "Customer 1.pfx"));
    const left = readdirSync(folder);

    const app = await openTestApp(before);
    expect((await opened(app, folder)).needsListPassword).toBe(true);
    const resume = (listPassword: string) => app.api.bulk.resume({ batchId, listPassword });
    await expect(resume("")).rejects.toMatchObject({ code: "password-required" });
    await expect(resume("Correct-Horse.Battery:24")).rejects.toMatchObject({ code: "password-wrong" });
    expect(readdirSync(folder)).toEqual(left);
    expect(states(await resume(password))).toEqual(["verified", "made"]);
    const setups = await app.api.setups.list();
    expect(setups.length).toBe(2);
    const view = await app.api.setups.open({ setupId: setupIdOf(batchId, 2) });
    expect(view.password.state).toBe("none");
    expect(view.certificate).toMatchObject({ keyStored: false, pfx: { profile: "strong" } });
  });

  it("adds no setup for a row that cannot be made", async () => {
    const app = await openTestApp();
    const folder = folderOf();
    const { batchId } = await placed(app, listOf(2), folder);
    await app.api.bulk.start({ batchId, choices: sealed });
    const manifest = join(folder, manifestName);
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace('"setups": false', '"setups": true'));
    writeFileSync(join(folder, "Customer 0.pfx"), "not a PFX");
    const { password } = await app.api.bulk.revealListPassword({ batchId });
    await app.api.bulk.close({ batchId });
    await opened(app, folder);
    const done = await app.api.bulk.resume({ batchId, listPassword: password });
    expect(states(done)).toEqual(["certificate-not-recognised", "verified"]);
    expect((await app.api.setups.list()).map(({ name }) => name)).toEqual(["Customer 1"]);
  });
});

describe("what is in the way", () => {
  it("is told before anything is made, and never overwritten", async () => {
    const app = await openTestApp();
    const folder = folderOf();
    writeFileSync(join(folder, "CUSTOMER 1.PFX"), "somebody's");
    const batch = await placed(app, listOf(2), folder);
    expect(batch.rows[1]?.problems).toEqual([{ code: "file-exists", details: { file: "Customer 1.pfx" } }]);
    const { batchId } = batch;
    const start = app.api.bulk.start({ batchId, choices });
    await expect(start).rejects.toMatchObject({ code: "file-exists" });
    expect(readdirSync(folder)).toEqual(["CUSTOMER 1.PFX"]);
  });

  it("is named, and told at its row, when it came after the folder was chosen", async () => {
    const app = await openTestApp();
    const folder = folderOf();
    const { batchId, rows } = await placed(app, listOf(2), folder);
    expect(rows.flatMap(({ problems }) => problems)).toEqual([]);
    writeFileSync(join(folder, "Customer 1.cer"), "somebody's");
    const start = app.api.bulk.start({ batchId, choices });
    await expect(start).rejects.toMatchObject({ code: "file-exists", details: { path: "Customer 1.cer" } });
    expect(readdirSync(folder)).toEqual(["Customer 1.cer"]);
    const view = await app.api.bulk.view({ batchId });
    expect(view).toMatchObject({ choices: null, running: false });
    expect(view.rows[1]?.problems).toEqual([{ code: "file-exists", details: { file: "Customer 1.cer" } }]);
  });

  it("an earlier batch is found, kept and can be continued", async () => {
    const app = await openTestApp();
    const folder = folderOf();
    const first = await placed(app, listOf(1), folder);
    await app.api.bulk.start({ batchId: first.batchId, choices });
    const second = await placed(app, listOf(2), folder);
    expect(second.folder?.holdsBatch).toBe(true);
    const start = app.api.bulk.start({ batchId: second.batchId, choices });
    await expect(start).rejects.toMatchObject({ code: "batch-exists" });
    expect((await app.api.bulk.continueFolder({ batchId: second.batchId })).batchId).toBe(first.batchId);
  });

  it("a foreign file under a planned name fails its row alone and stays as it is", async () => {
    const app = await openTestApp();
    const folder = folderOf();
    const { batchId } = await placed(app, listOf(3), folder);
    await app.api.bulk.start({ batchId, choices });
    const foreign = readFileSync(join(folder, "Customer 0.cer"));
    unlinkSync(join(folder, "Customer 1.pfx"));
    writeFileSync(join(folder, "Customer 1.cer"), foreign);
    writeFileSync(join(folder, "Customer 2.pfx"), "not a PFX");
    const done = await app.api.bulk.resume({ batchId });
    expect(states(done)).toEqual(["verified", "file-exists", "certificate-not-recognised"]);
    expect(readFileSync(join(folder, "Customer 1.cer")).equals(foreign)).toBe(true);
    expect(readFileSync(join(folder, "Customer 2.pfx"), "utf8")).toBe("not a PFX");
  });
});

describe("a batch whose folder disappears", () => {
  it("stops, adds no further setups, and goes on when the folder is back", async () => {
    const folder = folderOf();
    const elsewhere = `${folder}-elsewhere`;
    let jobs = 0;
    const certificateWorker = () => {
      jobs += 1;
      if (jobs === 1) renameSync(folder, elsewhere);
      return startLocalWorker();
    };
    const app = await openTestApp(undefined, undefined, { certificateWorker });
    const count = availableParallelism() + 2;
    const { batchId } = await placed(app, listOf(count), folder);
    const stopped = await app.api.bulk.start({ batchId, choices });
    expect(new Set(states(stopped))).toEqual(new Set(["folder-gone", "waiting"]));
    const begun = states(stopped).filter((state) => state !== "waiting").length;
    expect((await app.api.setups.list()).length).toBeLessThanOrEqual(begun);

    const before = jobs;
    await expect(app.api.bulk.resume({ batchId })).rejects.toMatchObject({ code: "folder-gone" });
    expect(jobs).toBe(before);

    renameSync(elsewhere, folder);
    expect(new Set(states(await app.api.bulk.resume({ batchId })))).toEqual(new Set(["made"]));
    expect((await app.api.setups.list()).length).toBe(count);
  });
});

describe("a batch that is cancelled", () => {
  it("stops at once, leaves only whole pairs, and goes on without asking for the list's password", async () => {
    const workerFile = await bundledChild("main/certificates/worker.ts");
    const certificateWorker = () => spawnTestWorker(workerFile);
    const app = await openTestApp(undefined, undefined, { certificateWorker });
    const folder = folderOf();
    const { batchId } = await placed(app, listOf(6), folder);
    const sealed = { ...choices, passwords: "list" as const };
    const running = app.api.bulk.start({ batchId, choices: sealed });
    while (filesWith(folder, ".pfx").length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(app.api.bulk.resume({ batchId })).rejects.toMatchObject({
      code: "not-allowed",
    });
    await app.api.bulk.cancel({ batchId });
    const stopped = await running;
    expect(stopped.running).toBe(false);
    expect(states(stopped)).toContain("waiting");
    const rest = await app.api.bulk.resume({ batchId });
    expect(new Set(states(rest))).toEqual(new Set(["verified", "made"]));
    expect(filesWith(folder, ".pfx").length).toBe(6);
    expect(filesWith(folder, ".cer").length).toBe(6);
  });
});

describe("whether a batch has run", () => {
  it("is known of the one that was canceled at once, not of one opened from its folder", async () => {
    const app = await openTestApp();
    const folder = folderOf();
    const { batchId, hasRun } = await placed(app, listOf(2), folder);
    expect(hasRun).toBe(false);
    const running = app.api.bulk.start({ batchId, choices });
    await app.api.bulk.cancel({ batchId });
    const stopped = await running;
    expect(states(stopped)).toEqual(["waiting", "waiting"]);
    expect(stopped.hasRun).toBe(true);
    await app.api.bulk.close({ batchId });
    expect((await opened(app, folder)).hasRun).toBe(false);
  });
});

describe("secrets", () => {
  it("are in no manifest, setup, journal, view or log; files belong to their owner alone", async () => {
    const app = await openTestApp();
    const folder = folderOf();
    const { batchId } = await placed(app, listOf(2), folder);
    const { password: ofList } = await app.api.bulk.revealListPassword({ batchId });
    const sealed = { ...choices, passwords: "list" as const };
    const done = await app.api.bulk.start({ batchId, choices: sealed });
    const other = folderOf();
    const inVault = await placed(app, listOf(2), other);
    const kept = await app.api.bulk.start({ batchId: inVault.batchId, choices });
    const secrets = [ofList];
    for (const batch of [done, kept]) {
      for (const { number } of batch.rows) secrets.push(await passwordOf(app, batch.batchId, number));
    }
    expect(new Set(secrets).size).toBe(5);
    const texts = [JSON.stringify([done, kept]), app.logged.join("\n")];
    for (const place of [app.userData, folder, other]) {
      for (const entry of readdirSync(place, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        texts.push(readFileSync(path, "latin1"));
        if (process.platform !== "win32" && place !== app.userData) {
          expect(statSync(path).mode & 0o077).toBe(0);
        }
      }
    }
    expect(readFileSync(join(folder, manifestName), "utf8")).toContain("Customer 1");
    for (const secret of secrets) expect(texts.filter((text) => text.includes(secret))).toEqual([]);
  });
});
