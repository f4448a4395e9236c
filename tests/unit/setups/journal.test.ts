import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineHash } from "../../../main/setups/journal-lines.ts";
import { openJournal } from "../../../main/setups/journal.ts";
import { writeUntilKilled } from "../../support/killed-writer.ts";
import { writeInPrivateMount } from "../../support/private-mount.ts";
import { tempFolders } from "../../support/temp-folder.ts";

const folder = tempFolders();
const at = "2026-11-24T08:00:00.000Z";
const entry = (number: number) => ({ at, kind: "field-changed", step: null, details: { number } });

async function written(count: number): Promise<string> {
  const file = join(folder(), "journal.jsonl");
  const journal = openJournal(file);
  for (let number = 1; number <= count; number += 1) await journal.append(entry(number));
  return file;
}

describe("the journal", () => {
  it("is empty and whole before its first entry", async () => {
    const journal = openJournal(join(folder(), "journal.jsonl"));
    expect(await journal.read()).toEqual({ entries: [], chain: { intact: true, brokenAt: null } });
  });

  it("gives back what was appended, in order, and each line carries the hash of the one before", async () => {
    const file = await written(3);
    const { entries, chain } = await openJournal(file).read();
    expect(chain).toEqual({ intact: true, brokenAt: null });
    expect(entries.map(({ details }) => details["number"])).toEqual([1, 2, 3]);
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    const previous = lines.map((line) => (JSON.parse(line) as { previous: string }).previous);
    expect(previous).toEqual(["0".repeat(64), lineHash(lines[0]!), lineHash(lines[1]!)]);
    expect(entries.map(({ hash }) => hash)).toEqual(lines.map((line) => lineHash(line)));
  });

  it("is readable by its owner alone", async () => {
    expect(statSync(await written(1)).mode & 0o777).toBe(0o600);
  });

  it("keeps the order of appends that are asked for at once, also after reopening", async () => {
    const file = await written(1);
    const journal = openJournal(file);
    const asked = Array.from({ length: 30 }, (_unused, index) => journal.append(entry(index + 2)));
    await journal.settled();
    await Promise.all(asked);
    const { entries, chain } = await openJournal(file).read();
    expect(entries.map(({ details }) => details["number"])).toEqual(
      entries.map((_entry, index) => index + 1),
    );
    expect(entries).toHaveLength(31);
    expect(chain.intact).toBe(true);
  });

  it("continues the chain when somebody else appended in between", async () => {
    const file = join(folder(), "journal.jsonl");
    const [one, other] = [openJournal(file), openJournal(file)];
    await one.append(entry(1));
    await other.append(entry(2));
    await one.append(entry(3));
    expect((await one.read()).chain.intact).toBe(true);
  });

  it("continues the chain after a line longer than it reads at once", async () => {
    const file = await written(1);
    appendFileSync(file, `"${"z".repeat(700_000)}"\n`);
    await openJournal(file).append(entry(2));
    const { entries, chain } = await openJournal(file).read();
    expect(chain.brokenAt).toBe(2);
    expect(entries).toHaveLength(2);
    const lines = readFileSync(file, "utf8").split("\n");
    expect(lines[2]).toContain(lineHash(lines[1]!));
  });

  it("cuts long texts at 500 characters and never within one", async () => {
    const file = join(folder(), "journal.jsonl");
    const long = "🔑".repeat(600);
    await openJournal(file).append({ ...entry(1), details: { long, fits: "ä".repeat(500) } });
    const { entries } = await openJournal(file).read();
    expect(entries[0]!.details).toEqual({ long: `${"🔑".repeat(499)}…`, fits: "ä".repeat(500) });
  });

  it.each([
    ["a Buffer", { secret: Buffer.from("key") }],
    ["an object", { secret: { key: "x" } }],
    ["a number that is none", { number: Number.NaN }],
    ["more than 40 details", Object.fromEntries(Array.from({ length: 41 }, (_unused, i) => [`d${i}`, i]))],
  ])("refuses %s and leaves no trace of it", async (_name, details) => {
    const at2 = folder();
    const journal = openJournal(join(at2, "journal.jsonl"));
    await expect(journal.append({ ...entry(1), details: details as never })).rejects.toMatchObject({
      code: "internal",
    });
    expect(readdirSync(at2)).toEqual([]);
  });
});

describe("a journal that was changed", () => {
  it("shows any changed byte before the last line", async () => {
    const original = readFileSync(await written(5));
    const lastLine = original.lastIndexOf("\n", original.length - 2) + 1;
    const file = join(folder(), "journal.jsonl");
    await fc.assert(
      fc.asyncProperty(fc.nat(lastLine - 1), fc.integer({ min: 1, max: 255 }), async (position, change) => {
        const changed = Buffer.from(original);
        changed[position]! ^= change;
        writeFileSync(file, changed);
        const { chain } = await openJournal(file).read();
        const line = original.subarray(0, position).toString().split("\n").length;
        expect(chain.intact).toBe(false);
        expect([line, line + 1]).toContain(chain.brokenAt);
      }),
      { numRuns: 300 },
    );
  });

  it("shows a line that was removed or put elsewhere", async () => {
    const file = await written(4);
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    const [one, two, three, four] = lines as [string, string, string, string];
    for (const [order, brokenAt] of [
      [[two, three, four], 1],
      [[one, three, four], 2],
      [[one, two, four], 3],
      [[one, three, two, four], 2],
      [[one, two, two, three, four], 3],
    ] as const) {
      writeFileSync(file, `${order.join("\n")}\n`);
      expect((await openJournal(file).read()).chain).toEqual({ intact: false, brokenAt });
    }
  });
});

describe("a journal after a crash", () => {
  it("keeps an unfinished last line aside, says so in an entry, and goes on", async () => {
    const file = await written(2);
    const whole = readFileSync(file, "utf8");
    const torn = '{"previous":"12';
    appendFileSync(file, torn);
    expect((await openJournal(file).read()).entries).toHaveLength(2);
    await openJournal(file).append(entry(3));
    const { entries, chain } = await openJournal(file).read();
    expect(chain).toEqual({ intact: true, brokenAt: null });
    expect(entries.map(({ kind }) => kind)).toEqual([
      "field-changed",
      "field-changed",
      "journal-torn",
      "field-changed",
    ]);
    expect(entries[2]!.details).toEqual({ bytes: torn.length });
    expect(readFileSync(`${file}.torn`, "utf8")).toBe(`${torn}\n`);
    expect(readFileSync(file, "utf8").startsWith(whole)).toBe(true);
  });

  it("goes on when the torn line is the only one, or bytes the disk never got", async () => {
    for (const torn of ["{", "\0".repeat(4096)]) {
      const file = join(folder(), "journal.jsonl");
      writeFileSync(file, torn);
      await openJournal(file).append(entry(1));
      const { entries, chain } = await openJournal(file).read();
      expect(chain.intact).toBe(true);
      expect(entries).toHaveLength(2);
      expect(readFileSync(`${file}.torn`, "utf8")).toBe(`${torn}\n`);
    }
  });

  it(
    "holds every entry that was acknowledged, in 10 kills at random moments",
    { timeout: 120_000 },
    async () => {
      const file = join(folder(), "journal.jsonl");
      let acknowledged = 0;
      for (let round = 0; round < 10; round += 1) {
        acknowledged += await writeUntilKilled("journal", file, Math.random() * 40);
        const { entries, chain } = await openJournal(file).read();
        expect(chain.intact).toBe(true);
        const changes = entries.filter(({ kind }) => kind === "field-changed");
        // The entry that was under way at each kill may have made it.
        expect(changes.length).toBeGreaterThanOrEqual(acknowledged);
        expect(changes.length).toBeLessThanOrEqual(acknowledged + round + 1);
      }
      await openJournal(file).append(entry(1));
      expect((await openJournal(file).read()).chain.intact).toBe(true);
    },
  );

  it("takes back what a full disk took of an entry", async () => {
    const at2 = folder();
    const file = join(at2, "journal.jsonl");
    const whole = '{"whole":"line"}\n';
    // 64 KiB of disk of which all but one page (which the line is in) and half of the entry are taken.
    const setUp = [
      `mount -t tmpfs -o size=64k tmpfs "${at2}"`,
      `printf '%s\\n' '${whole.trimEnd()}' > "${file}"`,
      `head -c 49152 /dev/zero > "${at2}/other"`,
    ].join("\n");
    const write = { path: file, bytes: 18_000, replace: false, journal: true };
    expect(await writeInPrivateMount(setUp, write)).toEqual({
      outcome: "disk-full",
      details: { path: "journal.jsonl", reason: "ENOSPC" },
      left: { "journal.jsonl": whole.length, other: 49_152 },
      head: whole,
    });
    const fits = await writeInPrivateMount(setUp, { ...write, bytes: 4_000 });
    expect(fits).toMatchObject({ outcome: "written" });
    expect(fits.left["journal.jsonl"]).toBeGreaterThan(4_000);
  });

  it("says when its folder is gone", async () => {
    const at2 = folder();
    const file = join(at2, "no-such-folder", "journal.jsonl");
    await expect(openJournal(file).append(entry(1))).rejects.toMatchObject({ code: "file-not-found" });
    expect(existsSync(file)).toBe(false);
  });
});
