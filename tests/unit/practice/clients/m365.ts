import { fork, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import wanted from "./m365-package/package.json" with { type: "json" };
import type { M365Answer, M365Command } from "./m365-program.ts";
import type { Registered } from "./registered.ts";
import type { World } from "./world.ts";

/**
 * What npm installs: CLI for Microsoft 365, too much for a dependency of everybody, with an empty package in place of
 * most that it brings: telemetry and updates, both switched off, and what other commands than these work with.
 */
const source = fileURLToPath(new URL("m365-package", import.meta.url));

export const m365Version = wanted.dependencies["@pnp/cli-microsoft365"];

/** Long enough for a slow line; milliseconds. */
export const installLimitMs = 580_000;

/**
 * The start file of CLI for Microsoft 365 in exactly this version, installed once for each computer into the
 * user's cache folder. Errors: what npm said, when it cannot be installed.
 */
export async function installM365(): Promise<string> {
  const folder = join(cacheFolder(), "exchange-rollout-tests", `cli-microsoft365-${m365Version}`);
  const entry = join(folder, "node_modules", "@pnp", "cli-microsoft365", "dist", "index.js");
  if (await isInstalled(folder)) return entry;
  const fresh = `${folder}.${process.pid}`;
  await cp(source, fresh, { recursive: true });
  await npmInstall(fresh);
  await rm(folder, { recursive: true, force: true });
  await rename(fresh, folder);
  return entry;
}

/** From the same lock file, to the end: npm writes its own one in node_modules last. */
async function isInstalled(folder: string): Promise<boolean> {
  const lock = (of: string) => readFile(join(of, "package-lock.json"), "utf8");
  try {
    await readFile(join(folder, "node_modules", ".package-lock.json"));
    return (await lock(folder)) === (await lock(source));
  } catch {
    return false;
  }
}

function npmInstall(folder: string): Promise<void> {
  // Its scripts are not needed and not run.
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  return new Promise((resolve, reject) => {
    const child = spawn("npm", args, {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
      timeout: installLimitMs,
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (part: string) => (said += part));
    }
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`CLI for Microsoft 365 ${m365Version} could not be installed: ${said}`));
    });
  });
}

function cacheFolder(): string {
  const given = process.env["XDG_CACHE_HOME"] ?? process.env["LOCALAPPDATA"] ?? "";
  if (given !== "") return given;
  return homedir() === "" ? tmpdir() : join(homedir(), ".cache");
}

const program = fileURLToPath(new URL("m365-program.ts", import.meta.url));

/** CLI for Microsoft 365. What it writes is given as JSON, or undefined when it wrote nothing. */
export interface M365 {
  /** `m365 login --authType certificate`, on the command line. Errors: what it wrote. */
  login(tenant: { tenantId: string }, tool: Registered): Promise<unknown>;
  /**
   * A command by its name ("entra app get"), with its long options: in one program for all, because most of what
   * the CLI does in a new one is loading. Errors: the command's message.
   */
  run(name: string, options?: M365Command["options"]): Promise<unknown>;
  close(): void;
}

/** The CLI in this world, with its telemetry switched off. */
export async function m365In(world: World): Promise<M365> {
  const entry = await installM365();
  // What `m365 cli config set` writes: the command itself would still tell about itself.
  const settings = join(world.folder, "configstore");
  await mkdir(settings, { recursive: true });
  await writeFile(join(settings, "cli-m365-config.json"), JSON.stringify({ disableTelemetry: true }));
  let running: ChildProcess | null = null;
  return {
    async login({ tenantId }, { appId, pemFile }) {
      const certificate = ["--authType", "certificate", "--certificateFile", pemFile];
      const args = ["login", ...certificate, "--appId", appId, "--tenant", tenantId, "--output", "json"];
      // Another program would look for a newer version after each command.
      const alone = { CLIMICROSOFT365_NOUPDATE: "1" };
      const { code, stdout, stderr } = await world.run(entry, args, alone);
      if (code !== 0) throw new Error(`m365 login: ${stdout}${stderr}`);
      return written(stdout);
    },
    async run(name, options = {}) {
      const child = (running ??= fork(program, [join(dirname(entry), "api.js")], {
        env: world.environment,
        cwd: world.folder,
        execArgv: [],
      }));
      child.send({ name, options } satisfies M365Command);
      const ended = once(child, "exit").then(() => [{ failed: "it ended" }]);
      const [answer] = (await Promise.race([once(child, "message"), ended])) as [M365Answer];
      if ("failed" in answer) throw new Error(`m365 ${name}: ${answer.failed}`);
      return written(answer.wrote);
    },
    close: () => void running?.kill(),
  };
}

function written(text: string): unknown {
  return text.trim() === "" ? undefined : (JSON.parse(text) as unknown);
}
