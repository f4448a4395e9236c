import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  readFileLimited,
  removeLeftoverTempFiles,
  writeFileAtomic,
} from "../../../main/files/atomic-file.ts";
import { publishNewWithoutLinks } from "../../../main/files/publish.ts";
import { setAside } from "../../../main/files/set-aside.ts";
import { writeUntilKilled } from "../../support/killed-writer.ts";
import { writeInPrivateMount } from "../../support/private-mount.ts";
import { tempFolders } from "../../support/temp-folder.ts";

const folder = tempFolders();
const leftoverName = `.rollout-${"0123456789abcdef".repeat(2)}.tmp`;

describe("writing a file", () => {
  it("leaves exactly the new file, readable by its owner alone", async () => {
    const at = folder();
    await writeFileAtomic(join(at, "setup.json"), "content", { replace: false });
    expect(readdirSync(at)).toEqual(["setup.json"]);
    expect(readFileSync(join(at, "setup.json"), "utf8")).toBe("content");
    expect(statSync(join(at, "setup.json")).mode & 0o777).toBe(0o600);
  });

  it("tightens the permissions of a file it replaces", async () => {
    const path = join(folder(), "setup.json");
    writeFileSync(path, "old", { mode: 0o644 });
    chmodSync(path, 0o644);
    await writeFileAtomic(path, "new", { replace: true });
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("gives a public file the permissions asked for", async () => {
    const path = join(folder(), "connector.cer");
    await writeFileAtomic(path, Buffer.of(1, 2, 3), { replace: false, mode: 0o640 });
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  it("refuses an existing name unless it may replace, and leaves that file as it is", async () => {
    const at = folder();
    writeFileSync(join(at, "connector.pfx"), "old");
    await expect(writeFileAtomic(join(at, "connector.pfx"), "new", { replace: false })).rejects.toMatchObject(
      {
        code: "file-exists",
        details: { path: "connector.pfx" },
      },
    );
    expect(readFileSync(join(at, "connector.pfx"), "utf8")).toBe("old");
    expect(readdirSync(at)).toEqual(["connector.pfx"]);
  });

  it("refuses a dangling link's name too, instead of writing through it", async () => {
    const at = folder();
    symlinkSync(join(at, "elsewhere"), join(at, "connector.pfx"));
    await expect(writeFileAtomic(join(at, "connector.pfx"), "new", { replace: false })).rejects.toMatchObject(
      {
        code: "file-exists",
      },
    );
    expect(existsSync(join(at, "elsewhere"))).toBe(false);
  });

  it("lets one of several writers of the same new name win, and tells the others", async () => {
    const at = folder();
    const writes = Array.from({ length: 8 }, (_unused, index) =>
      writeFileAtomic(join(at, "a"), `${index}`.repeat(10_000), { replace: false }),
    );
    const results = await Promise.allSettled(writes);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused.every(({ reason }) => reason.code === "file-exists")).toBe(true);
    expect(readdirSync(at)).toEqual(["a"]);
    expect(new Set(readFileSync(join(at, "a"), "utf8")).size).toBe(1);
  });

  it("works where there are no hard links: an existing name is refused, a free one is taken", async () => {
    const at = folder();
    writeFileSync(join(at, "temp"), "new");
    writeFileSync(join(at, "taken"), "old");
    await expect(publishNewWithoutLinks(join(at, "temp"), join(at, "taken"))).rejects.toMatchObject({
      code: "file-exists",
    });
    expect(readFileSync(join(at, "taken"), "utf8")).toBe("old");
    await publishNewWithoutLinks(join(at, "temp"), join(at, "free"));
    expect(readFileSync(join(at, "free"), "utf8")).toBe("new");
    expect(readdirSync(at).toSorted()).toEqual(["free", "taken"]);
  });

  it("gives the name back when it could take it but not fill it", async () => {
    const at = folder();
    await expect(publishNewWithoutLinks(join(at, "gone"), join(at, "free"))).rejects.toThrow("ENOENT");
    expect(readdirSync(at)).toEqual([]);
  });

  it("says when the folder is gone", async () => {
    await expect(writeFileAtomic(join(folder(), "no", "a"), "x", { replace: true })).rejects.toMatchObject({
      code: "file-not-found",
      details: { path: "a", reason: "ENOENT" },
    });
  });

  it("says write-failed for what has no better name, and leaves nothing behind", async () => {
    const at = folder();
    mkdirSync(join(at, "a"));
    await expect(writeFileAtomic(join(at, "a"), "x", { replace: true })).rejects.toMatchObject({
      code: "write-failed",
    });
    expect(readdirSync(at)).toEqual(["a"]);
  });
});

describe("a folder that does not take the file", () => {
  const tiny = (at: string) => `mount -t tmpfs -o size=64k tmpfs "${at}"\nprintf old > "${at}/setup.json"`;

  it("says disk-full, keeps the old file and leaves no part of the new one", async () => {
    const at = folder();
    const write = { path: join(at, "setup.json"), bytes: 500_000, replace: true };
    expect(await writeInPrivateMount(tiny(at), write)).toEqual({
      outcome: "disk-full",
      details: { path: "setup.json", reason: "ENOSPC" },
      left: { "setup.json": 3 },
      head: "old",
    });
  });

  it("writes to the same disk what fits", async () => {
    const at = folder();
    const write = { path: join(at, "setup.json"), bytes: 5_000, replace: true };
    const result = await writeInPrivateMount(tiny(at), write);
    expect(result).toMatchObject({ outcome: "written", left: { "setup.json": 5_000 } });
  });

  it.each([true, false])("says folder-read-only on a read-only disk (replace: %s)", async (replace) => {
    const at = folder();
    const write = { path: join(at, replace ? "setup.json" : "new"), bytes: 10, replace };
    const result = await writeInPrivateMount(`${tiny(at)}\nmount -o remount,ro "${at}"`, write);
    expect(result).toMatchObject({
      outcome: "folder-read-only",
      details: { reason: "EROFS" },
      left: { "setup.json": 3 },
    });
  });
});

describe("a crash while writing", () => {
  it(
    "leaves the old or the new document, never a torn one, in 10 kills at random moments",
    { timeout: 120_000 },
    async () => {
      const at = folder();
      const path = join(at, "setup.json");
      let leftovers = 0;
      for (let round = 0; round < 10; round += 1) {
        const finished = await writeUntilKilled("document", path, Math.random() * 40);
        const [hash, ...rest] = readFileSync(path, "utf8").split("\n");
        const body = rest.join("\n");
        expect(createHash("sha256").update(body).digest("hex")).toBe(hash);
        expect([finished, finished + 1]).toContain(Number(rest[0]));
        leftovers += await removeLeftoverTempFiles(at);
        expect(readdirSync(at)).toEqual(["setup.json"]);
      }
      // Were there none, the kills would never have hit a write and proved nothing.
      expect(leftovers).toBeGreaterThan(0);
    },
  );
});

describe("sweeping up", () => {
  it("deletes temporary files of the app and nothing else", async () => {
    const at = folder();
    for (const name of [leftoverName, "setup.json", ".rollout-1.tmp", "a.tmp"])
      writeFileSync(join(at, name), "");
    expect(await removeLeftoverTempFiles(at)).toBe(1);
    expect(readdirSync(at).toSorted()).toEqual([".rollout-1.tmp", "a.tmp", "setup.json"]);
  });

  it("leaves alone what is being written at the same time", async () => {
    const at = folder();
    const writes = Array.from({ length: 20 }, (_unused, index) =>
      writeFileAtomic(join(at, `file-${index}`), Buffer.alloc(300_000, index), { replace: true }),
    );
    const progress = { over: false };
    const all = Promise.all(writes).finally(() => (progress.over = true));
    let removed = 0;
    while (!progress.over) removed += await removeLeftoverTempFiles(at);
    await all;
    expect(removed).toBe(0);
    expect(readdirSync(at)).toHaveLength(20);
  });

  it("finds nothing in a folder that is not there", async () => {
    expect(await removeLeftoverTempFiles(join(folder(), "none"))).toBe(0);
  });
});

describe("setting a file aside", () => {
  it("never replaces what was set aside before", async () => {
    const at = folder();
    for (const content of ["first", "second", "third"]) {
      writeFileSync(join(at, "key.vault"), content);
      await setAside(join(at, "key.vault"), "lost-20261124");
    }
    const kept = readdirSync(at).toSorted();
    expect(kept).toEqual([
      "key.vault.lost-20261124",
      "key.vault.lost-20261124-2",
      "key.vault.lost-20261124-3",
    ]);
    expect(kept.map((name) => readFileSync(join(at, name), "utf8"))).toEqual(["first", "second", "third"]);
  });
});

describe("reading a file", () => {
  it("reads a file up to the limit and refuses one byte more with its size", async () => {
    const path = join(folder(), "a");
    writeFileSync(path, Buffer.alloc(1000, 7));
    expect(await readFileLimited(path, 1000)).toEqual(Buffer.alloc(1000, 7));
    await expect(readFileLimited(path, 999)).rejects.toMatchObject({
      code: "file-too-large",
      details: { path: "a", size: 1000, limit: 999 },
    });
  });

  it("refuses a 100 GB file at once, without reading it", async () => {
    const path = join(folder(), "huge.pfx");
    execFileSync("truncate", ["--size=100G", path]);
    const start = performance.now();
    await expect(readFileLimited(path, 1_048_576)).rejects.toMatchObject({ code: "file-too-large" });
    expect(performance.now() - start).toBeLessThan(500);
  });

  it("refuses an empty file unless that is allowed", async () => {
    const path = join(folder(), "a");
    writeFileSync(path, "");
    await expect(readFileLimited(path, 10)).rejects.toMatchObject({ code: "file-empty" });
    expect(await readFileLimited(path, 10, { allowEmpty: true })).toHaveLength(0);
  });

  it("says file-not-found", async () => {
    await expect(readFileLimited(join(folder(), "a"), 10)).rejects.toMatchObject({ code: "file-not-found" });
  });

  it("refuses folders, endless devices and pipes instead of waiting for them", async () => {
    const at = folder();
    execFileSync("mkfifo", [join(at, "pipe")]);
    for (const path of [at, "/dev/zero", join(at, "pipe")]) {
      await expect(readFileLimited(path, 10)).rejects.toMatchObject({
        code: "read-failed",
        details: { reason: "not-a-file" },
      });
    }
  });

  it("stops at the limit when a file turns out longer than its size said", async () => {
    // Files under /proc say they have no bytes and have some.
    const content = await readFileLimited("/proc/self/status", 100_000);
    expect(content.toString()).toContain("Pid:");
    await expect(readFileLimited("/proc/self/status", 20)).rejects.toMatchObject({ code: "file-too-large" });
  });
});
