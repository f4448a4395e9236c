import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { bundledChild } from "./bundled-child.ts";

/**
 * Starts a process that writes to each of these paths, kills it with SIGKILL `afterMs` after its first write to the
 * last of them, and gives the last number it finished on each.
 */
export async function writeUntilKilled(
  kind: "document" | "journal",
  paths: readonly string[],
  afterMs: number,
): Promise<number[]> {
  const writer = await bundledChild("tests/support/crash-writer.ts");
  const child = spawn(process.execPath, [writer, kind, ...paths], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  let complaint = "";
  const finished = new Map<string, number>();
  const begun = new Promise<void>((resolve) => {
    child.stdout.on("data", (data: Buffer) => {
      const lines = (said + data.toString()).split("\n");
      said = lines.pop() ?? "";
      for (const [place = "", number] of lines.map((line) => line.split(" "))) {
        finished.set(place, Number(number));
      }
      if (finished.size === paths.length) resolve();
    });
  });
  child.stderr.on("data", (data: Buffer) => (complaint += data.toString()));
  const closed = once(child, "close");
  await Promise.race([begun, closed]);
  await wait(afterMs);
  child.kill("SIGKILL");
  const [, signal] = await closed;
  if (signal !== "SIGKILL") throw new Error(`the writer ended by itself: ${complaint}`);
  return paths.map((_path, place) => finished.get(String(place)) ?? 0);
}
