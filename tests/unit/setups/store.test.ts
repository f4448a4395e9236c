import { cp, mkdir, mkdtemp, readFile, readdir, rename as move, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { newDocument, parseDocument } from "../../../main/setups/document.ts";
import { rename } from "../../../main/setups/intents.ts";
import type { SetupStore } from "../../../main/setups/store.ts";
import { openSetupStore } from "../../../main/setups/store.ts";
import { emptySetup, now, readySetup } from "./sample.ts";

const ready = readySetup();
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "rollout-store-"));
});

const file = (id: string) => join(root, "setups", id, "setup.json");

describe("the store of setups", () => {
  test("gives back after a restart what was saved", async () => {
    const store = await openSetupStore(root, now);
    await store.add(ready);
    const again = await openSetupStore(root, now);
    expect(again.documents()).toEqual([ready]);
  });

  test("changes to one setup run one after the other, none is lost", async () => {
    const store = await openSetupStore(root, now);
    const { id } = await store.add(emptySetup());
    await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        store.update(id, (one) => rename(one, `${one.name}.${index}`)),
      ),
    );
    const expected = `Contoso AG${Array.from({ length: 30 }, (_, index) => `.${index}`).join("")}`;
    expect((await openSetupStore(root, now)).get(id).name).toBe(expected);
  });

  test.each([
    ["cut off", (json: string) => json.slice(0, json.length / 2), "setup-unreadable"],
    ["empty", () => "", "setup-unreadable"],
    [
      "of a later version",
      (json: string) => json.replace('"schemaVersion": 2', '"schemaVersion": 99'),
      "setup-too-new",
    ],
    [
      "with a foreign step",
      (json: string) => json.replace('"azure-active-directory"', '"something"'),
      "setup-unreadable",
    ],
    [
      "of another setup",
      (json: string) => json.replace(/"id": "[^"]+"/, '"id": "00000000-0000-4000-8000-000000000000"'),
      "setup-unreadable",
    ],
  ])(
    "a document that is %s is reported, kept byte for byte, and the others still open",
    async (_name, damage, code) => {
      const store = await openSetupStore(root, now);
      const { id } = await store.add(emptySetup());
      const other = await store.add(
        newDocument("b1f7e1f0-1111-4222-8333-444455556666", "Other", "global", now),
      );
      const damaged = damage(await readFile(file(id), "utf8"));
      await writeFile(file(id), damaged);
      const again = await openSetupStore(root, now);
      expect(again.unreadable()).toEqual([{ id, code, file: file(id) }]);
      expect(again.get(other.id).name).toBe("Other");
      await expect(again.update(id, (one) => rename(one, "x"))).rejects.toMatchObject({ code });
      expect(await readFile(file(id), "utf8")).toBe(damaged);
    },
  );

  test("a removed setup comes back whole, and leaves for good after 30 days", async () => {
    const store = await openSetupStore(root, now);
    const { id } = await store.add(ready);
    await store.trash(id);
    expect(store.documents()).toHaveLength(0);
    expect(await store.restore(id)).toEqual(ready);
    await store.trash(id);
    await openSetupStore(root, new Date());
    expect(await readdir(join(root, "trash"))).toEqual([id]);
    await openSetupStore(root, new Date(Date.now() + 31 * 86_400_000));
    expect(await readdir(join(root, "trash"))).toEqual([]);
    await expect(store.restore(id)).rejects.toMatchObject({ code: "setup-not-found" });
  });

  test("a removed setup stays in the trash when another one of its id is removed", async () => {
    const store = await openSetupStore(root, now);
    const { id } = await store.add(ready);
    await store.trash(id);
    for (const name of ["Second", "Third"]) {
      await store.add(newDocument(id, name, "global", now));
      await store.trash(id);
    }
    const trashed = await readdir(join(root, "trash"));
    const documents = trashed.map((name) => readFile(join(root, "trash", name, "setup.json"), "utf8"));
    const names = (await Promise.all(documents)).map((json) => parseDocument(json).name);
    expect(names.toSorted()).toEqual([ready.name, "Second", "Third"].toSorted());
    expect((await store.restore(id)).name).toBe("Third");
    await openSetupStore(root, new Date(Date.now() + 31 * 86_400_000));
    expect(await readdir(join(root, "trash"))).toEqual([]);
  });

  describe("the trash", () => {
    const trash = (entry: string) => join(root, "trash", entry);
    const days = (from: Date, to: Date) => (to.getTime() - from.getTime()) / 86_400_000;

    async function withTrashed() {
      const store = await openSetupStore(root, now);
      const { id } = await store.add(ready);
      await store.trash(id);
      return { store, id };
    }

    test("lists what was removed, and when; an older one of the same ID under its other name too", async () => {
      const { store, id } = await withTrashed();
      await cp(trash(id), trash(`${id}.2`), { recursive: true });
      await mkdir(trash("notes"));
      await writeFile(trash("b1f7e1f0-1111-4222-8333-444455556666"), "a file");
      const list = await store.deleted();
      expect(list.map(({ entry }) => entry).toSorted()).toEqual([id, `${id}.2`]);
      for (const one of list) {
        expect(one).toMatchObject({ setupId: id, document: ready });
        expect(Math.abs(days(one.deletedAt, new Date()))).toBeLessThan(1);
      }
    });

    test("is empty before anything was removed", async () => {
      expect(await (await openSetupStore(root, now)).deleted()).toEqual([]);
    });

    test("says so when it cannot be read", async () => {
      const store = await openSetupStore(root, now);
      await writeFile(join(root, "trash"), "a file where the trash should be");
      await expect(store.deleted()).rejects.toMatchObject({ code: "read-failed" });
    });

    test("lists a setup whose document is damaged; it comes back as it is", async () => {
      const { store, id } = await withTrashed();
      await writeFile(join(trash(id), "setup.json"), "{");
      expect(await store.deleted()).toMatchObject([{ entry: id, document: null }]);
      await expect(store.restore(id)).rejects.toMatchObject({ code: "setup-unreadable" });
      expect(store.unreadable()).toMatchObject([{ id }]);
      expect(await store.deleted()).toEqual([]);
    });

    test("gives back the one that is named, else the one removed last", async () => {
      const { store, id } = await withTrashed();
      await move(trash(id), trash(`${id}.2`));
      await store.add({ ...ready, name: "Newer" });
      await store.trash(id);
      expect((await store.restore(id)).name).toBe("Newer");
      await store.trash(id);
      expect((await store.restore(id, `${id}.2`)).name).toBe(ready.name);
      expect(await store.deleted()).toMatchObject([{ entry: id, document: { name: "Newer" } }]);
      await expect(store.restore(id, "b1f7e1f0-1111-4222-8333-444455556666")).rejects.toMatchObject({
        code: "setup-not-found",
      });
    });

    test.each([
      ["known", (store: SetupStore) => store.add({ ...ready, name: "Once more" })],
      [
        "not known yet",
        async () => {
          await mkdir(join(root, "setups", ready.id));
          await writeFile(file(ready.id), "copied from elsewhere");
        },
      ],
    ])("keeps a setup while one of its ID is there that is %s; neither is lost", async (_name, add) => {
      const { store, id } = await withTrashed();
      await add(store);
      const there = await readFile(file(id), "utf8");
      await expect(store.restore(id)).rejects.toMatchObject({ code: "setup-exists" });
      expect(await readFile(file(id), "utf8")).toBe(there);
      expect(await store.deleted()).toMatchObject([{ entry: id, document: ready }]);
    });

    test("lets go of one setup for good, with all its files and of no other", async () => {
      const { store, id } = await withTrashed();
      await cp(trash(id), trash(`${id}.2`), { recursive: true });
      await store.deleteForGood(id);
      expect(await readdir(join(root, "trash"))).toEqual([`${id}.2`]);
      await expect(store.deleteForGood(id)).rejects.toMatchObject({ code: "setup-not-found" });
      await openSetupStore(root, new Date(Date.now() + 31 * 86_400_000));
      expect(await readdir(join(root, "trash"))).toEqual([]);
    });
  });

  test("a setup that could not be created, or only half, is none and leaves nothing", async () => {
    const store = await openSetupStore(root, now);
    const unsavable = { ...emptySetup(), createdAt: 1n as unknown as string };
    await expect(store.add(unsavable)).rejects.toThrow();
    expect(await readdir(join(root, "setups"))).toEqual([]);
    await mkdir(join(root, "setups", ready.id));
    const again = await openSetupStore(root, now);
    expect(again.unreadable()).toEqual([]);
    expect(await readdir(join(root, "setups"))).toEqual([]);
  });

  test("a setup's folder without its document, but with other files, is reported and kept", async () => {
    await mkdir(join(root, "setups", ready.id, "vault"), { recursive: true });
    await writeFile(join(root, "setups", ready.id, "vault", "pfx-password.vault"), "sealed");
    const store = await openSetupStore(root, now);
    expect(store.unreadable()).toMatchObject([{ id: ready.id, code: "setup-unreadable" }]);
    expect(await readdir(join(root, "setups", ready.id, "vault"))).toEqual(["pfx-password.vault"]);
  });

  test("trash that cannot be emptied keeps nobody from working", async () => {
    const store = await openSetupStore(root, now);
    await store.add(ready);
    const gone = join(root, "trash", "b1f7e1f0-1111-4222-8333-444455556666");
    await mkdir(join(root, "trash"));
    await symlink(join(root, "nowhere"), gone);
    expect((await openSetupStore(root, new Date())).documents()).toEqual([ready]);
  });

  test("a removal that fails says why and leaves the setup", async () => {
    const store = await openSetupStore(root, now);
    const { id } = await store.add(ready);
    await writeFile(join(root, "trash"), "a file where the trash should be");
    await expect(store.trash(id)).rejects.toMatchObject({ code: "file-exists" });
    expect(store.get(id)).toEqual(ready);
  });

  test("a failed save changes neither disk nor memory", async () => {
    const store = await openSetupStore(root, now);
    const { id } = await store.add(emptySetup());
    const folder = join(root, "setups", id);
    const moved = join(root, "elsewhere");
    await move(folder, moved);
    await writeFile(folder, "a file where the folder was");
    await expect(store.update(id, (one) => rename(one, "Changed"))).rejects.toThrow();
    expect(store.get(id).name).toBe("Contoso AG");
  });

  test("folders that are no setups are left alone", async () => {
    await mkdir(join(root, "setups", "notes"), { recursive: true });
    const store = await openSetupStore(root, now);
    expect(store.documents()).toEqual([]);
    expect(store.unreadable()).toEqual([]);
    expect(await readdir(join(root, "setups"))).toEqual(["notes"]);
  });
});
