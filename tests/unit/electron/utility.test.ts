/* oxlint-disable unicorn/require-post-message-target-origin -- A process, not a window. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { utilityProcess } from "../../electron/stand-in/utility.ts";

const folder = mkdtempSync(join(tmpdir(), "exchange-rollout-utility-"));
const module = join(folder, "child.cjs");
writeFileSync(
  module,
  `process.parentPort.on("message", ({ data }) => {
    if (data === "end") process.exit(3);
    process.parentPort.postMessage({ data, type: data?.constructor?.name, args: process.argv.slice(2) });
  });`,
);

describe("a utility process of the stand-in", () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("gets and gives clones, bytes included", async () => {
    const child = utilityProcess.fork(module, ["first"]);
    const answer = new Promise((resolve) => child.once("message", resolve));
    child.postMessage(new Uint8Array([1, 2, 3]));
    expect(await answer).toMatchObject({
      data: new Uint8Array([1, 2, 3]),
      type: "Uint8Array",
      args: ["first"],
    });
    expect(() => child.postMessage({ run: () => 1 })).toThrow(/could not be cloned/);
    child.kill();
  });

  it("reports the code with which it ended", async () => {
    const child = utilityProcess.fork(module);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.postMessage("end");
    expect(await ended).toBe(3);
    expect(child.pid).toBeUndefined();
  });

  it("refuses options it does not know", () => {
    expect(() => utilityProcess.fork(module, [], { allowLoadingUnsignedLibraries: true } as never)).toThrow(
      /option/,
    );
  });
});
