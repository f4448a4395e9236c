import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { certificateInput, newTask, openTestApp } from "./app.ts";

test.each([
  ["a practice setup", true],
  ["any other setup", false],
])("files that tell of %s are marked: %s", async (_name, practice) => {
  const app = await openTestApp();
  const { summary } = practice
    ? await app.api.practice.create({ sample: "empty" })
    : await app.api.setups.create({ name: "Contoso", cloud: "global" });
  const setupId = summary.id;
  await app.api.certificates.create({ setupId, task: newTask(), ...certificateInput });

  const calendar = join(app.saved, "expiry.ics");
  app.answers.push(calendar);
  await app.api.rollout.saveCalendar({ setupId });
  expect((await readFile(calendar, "utf8")).includes("report.practice.mark: ")).toBe(practice);

  const table = join(app.saved, "activity.csv");
  app.answers.push(table);
  await app.api.setups.exportActivity({ setupId, format: "csv" });
  const [, line = ""] = (await readFile(table, "utf8")).split("\r\n");
  expect(line.includes(",practice,")).toBe(practice);
  await app.quit();
});
