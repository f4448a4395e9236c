import { expect, test } from "vitest";
import { AppError } from "../../../main/errors.ts";
import type { SetupDocument } from "../../../main/setups/document.ts";
import { newDocument } from "../../../main/setups/document.ts";
import { createTenantWatch } from "../../../main/tenant/watch.ts";

const now = new Date("2026-11-24T10:12:00Z");

function setups(count: number): SetupDocument[] {
  return Array.from({ length: count }, (_, number) => ({
    ...newDocument(`setup-${number}`, `Setup ${number}`, "global", now),
    fields: { applicationId: "1b4e28ba-2fa1-41d2-883f-0016d3cca427" },
  }));
}

/** Verifies this many setups, and cancels while as many as fit are being read. */
async function cancelDuring(count: number) {
  const answer = Promise.withResolvers<never>();
  const documents = new Map(setups(count).map((document) => [document.id, document]));
  const watch = createTenantWatch({
    sessions: { of: () => answer.promise },
    documents: () => [...documents.values()],
    document: (setupId) => {
      const found = documents.get(setupId);
      if (found === undefined) throw new AppError("setup-not-found");
      return found;
    },
    clock: { now: () => now },
    onChange: () => undefined,
    onError: () => undefined,
  });
  const run = watch.run();
  watch.cancel();
  // Pressed again before what is being read has ended.
  watch.cancel();
  answer.reject(new AppError("canceled"));
  await run;
  const { canceled, results, total } = watch.view();
  return { canceled, read: results.length, total };
}

test("a run that is canceled with nothing left to begin was not stopped early", async () => {
  expect(await cancelDuring(3)).toEqual({ canceled: false, read: 3, total: 3 });
});

test("a run that is canceled with setups left to begin was stopped early", async () => {
  expect(await cancelDuring(6)).toEqual({ canceled: true, read: 4, total: 6 });
});
