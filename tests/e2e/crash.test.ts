import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { openJournal } from "../../main/setups/journal.ts";
import { openSetupStore } from "../../main/setups/store.ts";
import { expect, test } from "./fixture.ts";
import { Walker } from "./walker.ts";

const kills = 50;

test(`killed ${kills} times at random moments while typing, no document is lost or torn`, async ({ app }) => {
  test.setTimeout(600_000);
  const walker = new Walker(app);
  await walker.createSetup("Contoso AG");
  let acknowledged = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    if (kill > 0) await app.startAlone();
    await app.inWindow(startWriting, acknowledged);
    await wait(Math.random() * 150);
    const read = () => Number(document.documentElement.dataset["acknowledged"] ?? 0);
    acknowledged = Math.max(await app.inWindow(read, null), acknowledged);
    await app.kill9();
    const store = await openSetupStore(app.userDataDir, new Date());
    expect(store.unreadable()).toEqual([]);
    const [setup] = store.documents();
    expect(setup?.name).toBe("Contoso AG");
    const saved = Number(setup?.fields.instanceDescription ?? 0);
    expect(saved).toBeGreaterThanOrEqual(acknowledged);
    acknowledged = saved;
  }
  expect(acknowledged).toBeGreaterThan(kills / 2);
  const [id] = await readdir(join(app.userDataDir, "setups"));
  const { chain } = await openJournal(join(app.userDataDir, "setups", id ?? "", "journal.jsonl")).read();
  expect(chain.intact).toBe(true);
  await app.start();
  await walker.openSetup("Contoso AG");
});

/** Runs in the page: begins to save one number after the other, and notes which ones main has confirmed. */
async function startWriting(from: number): Promise<void> {
  const { rollout } = window;
  const setups = await rollout?.setups.list();
  const setupId = setups?.ok === true ? (setups.value[0]?.id ?? "") : "";
  const write = async () => {
    for (let number = from + 1; ; number += 1) {
      const saved = await rollout?.setups.setField({
        setupId,
        field: "instanceDescription",
        value: String(number),
      });
      if (saved?.ok === true) document.documentElement.dataset["acknowledged"] = String(number);
    }
  };
  // However long a busy machine takes to begin, the kill comes while it writes.
  void write();
}
