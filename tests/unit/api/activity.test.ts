import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { TestApp } from "./app.ts";
import { openTestApp } from "./app.ts";

const create = async ({ api }: TestApp, name: string) =>
  (await api.setups.create({ name, cloud: "global" })).summary.id;

describe("the activity of all setups", () => {
  it("is shown and exported without a log that can't be read, and names its setup", async () => {
    const app = await openTestApp();
    const broken = await create(app, "Contoso");
    await create(app, "Fabrikam");
    const journal = join(app.userData, "setups", broken, "journal.jsonl");
    rmSync(journal);
    mkdirSync(journal);
    const { entries, unreadable } = await app.api.setups.allActivity();
    expect(entries.map(({ setupName }) => setupName)).toEqual(["Fabrikam"]);
    expect(unreadable).toEqual([{ setupId: broken, setupName: "Contoso" }]);
    const csv = join(app.saved, "all.csv");
    app.answers.push(csv);
    await app.api.setups.exportAllActivity({ format: "csv" });
    expect(readFileSync(csv, "utf8")).toContain("Fabrikam");
  });

  it("is shown without a setup that is deleted meanwhile", async () => {
    const app = await openTestApp();
    for (let number = 1; number <= 30; number += 1) await create(app, `Customer ${number}`);
    const last = await create(app, "Last");
    const reading = app.api.setups.allActivity();
    await app.api.setups.remove({ setupId: last });
    const { entries, unreadable } = await reading;
    expect(entries.filter(({ setupName }) => setupName !== "Last")).toHaveLength(30);
    expect(unreadable).toEqual([]);
  });
});
