import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { contract } from "../../../preload/contract.ts";
import type { TestApp } from "./app.ts";
import { certificateInput, newTask, openTestApp } from "./app.ts";

async function withSetup() {
  const app = await openTestApp();
  const { summary } = await app.api.setups.create({ name: "Contoso", cloud: "global" });
  return { app, setupId: summary.id };
}

const inTrash = (app: TestApp) => readdir(join(app.userData, "trash")).catch(() => []);

describe("deleted setups", () => {
  test("are listed with their name and until when they are kept, and come back whole", async () => {
    const { app, setupId } = await withSetup();
    await app.api.setups.remove({ setupId });
    const [deleted] = await app.api.setups.deleted();
    expect(deleted).toMatchObject({ entry: setupId, setupId, name: "Contoso" });
    const kept = Date.parse(deleted?.keptUntil ?? "") - Date.parse(deleted?.deletedAt ?? "");
    expect(kept / 86_400_000).toBe(30);
    app.told.length = 0;
    expect((await app.api.setups.restore({ setupId, entry: setupId })).name).toBe("Contoso");
    expect(app.told).toEqual([setupId]);
    expect(await app.api.setups.deleted()).toEqual([]);
    const { entries, chain } = await app.api.setups.activity({ setupId });
    expect(entries.map(({ kind }) => kind)).toEqual(["setup-created", "setup-restored"]);
    expect(chain.intact).toBe(true);
  });

  test("are deleted for good one by one, with what was sealed for them", async () => {
    const { app, setupId } = await withSetup();
    await app.api.certificates.create({ setupId, task: newTask(), ...certificateInput });
    const other = (await app.api.setups.create({ name: "Other", cloud: "global" })).summary.id;
    for (const id of [setupId, other]) await app.api.setups.remove({ setupId: id });
    await app.api.setups.deleteForGood({ entry: setupId });
    expect(await inTrash(app)).toEqual([other]);
    expect(await app.api.secrets.list()).toEqual([]);
    await expect(app.api.setups.restore({ setupId })).rejects.toMatchObject({ code: "setup-not-found" });
    await expect(app.api.setups.deleteForGood({ entry: setupId })).rejects.toMatchObject({
      code: "setup-not-found",
    });
  });

  test("are named by what lies in the trash, and by nothing that leads elsewhere", () => {
    const { input } = contract.setups.deleteForGood;
    const id = "0b2c6d4e-1f3a-4b5c-8d7e-9f0a1b2c3d4e";
    const valid = (entry: string) => input.safeParse({ entry }).success;
    expect([id, `${id}.2`, `${id}.lost-20261128`].map(valid)).toEqual([true, true, true]);
    const wrong = ["", "..", `${id}/..`, `${id}.`, `${id}..`, `../setups/${id}`, `${id}.2/../..`, `${id}\n`];
    expect(wrong.filter(valid)).toEqual([]);
  });
});
