import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { bundledChild } from "./bundled-child.ts";

/** Starts a writer, kills it with SIGKILL `afterMs` after its first write, and gives the last number it finished. */
export async function writeUntilKilled(kind: "document" | "journal", path: string, afterMs: number) {
  const writer = await bundledChild("tests/support/crash-writer.ts");
  const child = spawn(process.execPath, [writer, kind, path], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  let complaint = "";
  child.stdout.on("data", (data: Buffer) => (said += data.toString()));
  child.stderr.on("data", (data: Buffer) => (complaint += data.toString()));
  const closed = once(child, "close");
  await Promise.race([once(child.stdout, "data"), closed]);
  await wait(afterMs);
  child.kill("SIGKILL");
  const [, signal] = await closed;
  if (signal !== "SIGKILL") throw new Error(`the writer ended by itself: ${complaint}`);
  const finished = said.split("\n").slice(0, -1);
  return Number(finished.at(-1));
}
