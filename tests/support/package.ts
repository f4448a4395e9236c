import { buildIfNeeded } from "./build.ts";
import { isStarted } from "./project.ts";
import { runTool } from "./run-tool.ts";

/** Builds what is out of date and packs it with electron-builder; `args` go to it as they are. */
export async function packageApp(args: readonly string[]): Promise<boolean> {
  await buildIfNeeded();
  const all = ["--config", "electron-builder.yml", "--publish", "never", ...args];
  const { ok } = await runTool("package", "electron-builder", all, (text) => process.stdout.write(text));
  return ok;
}

if (isStarted(import.meta.url)) process.exitCode = (await packageApp(process.argv.slice(2))) ? 0 : 1;
