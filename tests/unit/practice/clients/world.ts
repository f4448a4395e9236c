import { words } from "../support.ts";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Call } from "../../../../main/practice/faults.ts";
import { createPracticeTenant } from "../../../../main/practice/practice.ts";
import type { PracticeOptions, PracticeTenant } from "../../../../main/practice/practice.ts";
import { servePractice } from "../../../../main/practice/server.ts";
import { testAuthority } from "./authority.ts";
import { openGate } from "./gate.ts";
import { microsoftHosts } from "./hosts.ts";

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A practice tenant that programs reach as if it were Microsoft's cloud, through the usual settings of a proxy. */
export interface World {
  practice: PracticeTenant;
  /** Every call so far with the status of its answer. */
  calls: { call: Call; status: number | null }[];
  /** Where programs wanted to go beside the practice tenant. */
  refused: string[];
  /** A folder of the test's own; also the programs' home. */
  folder: string;
  /** The environment for a program. */
  environment: NodeJS.ProcessEnv;
  /** Runs Node on a script; resolves when it ended, whatever its exit code. */
  run(script: string, args?: readonly string[], more?: NodeJS.ProcessEnv): Promise<Finished>;
  close(): Promise<void>;
}

const programLimitMs = 120_000;

/** Starts the loopback server over TLS with a throw-away authority, and a proxy that leads to it. */
export async function openWorld(options: Partial<PracticeOptions> = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "exchange-rollout-clients-"));
  const calls: World["calls"] = [];
  const practice = createPracticeTenant({
    clock: { now: () => new Date() },
    randomBytes,
    words,
    hosts: microsoftHosts,
    onCall: (call, status) => void calls.push({ call, status }),
    ...options,
  });
  const hosts = [...Object.values(microsoftHosts), `eurprd.${microsoftHosts.exchange}`];
  const { authority, server: tls } = testAuthority(hosts);
  const server = await servePractice(practice, { tls });
  const gate = await openGate(hosts, Number(new URL(server.origin).port));
  const authorityFile = join(folder, "authority.pem");
  await writeFile(authorityFile, authority);
  const environment: NodeJS.ProcessEnv = {
    PATH: process.env["PATH"],
    SystemRoot: process.env["SystemRoot"],
    HOME: folder,
    USERPROFILE: folder,
    XDG_CONFIG_HOME: folder,
    NODE_EXTRA_CA_CERTS: authorityFile,
    // Node's own fetch and https follow the variables below only when told to.
    NODE_USE_ENV_PROXY: "1",
    HTTPS_PROXY: gate.address,
    https_proxy: gate.address,
    NO_PROXY: "localhost,127.0.0.1",
    no_proxy: "localhost,127.0.0.1",
    NO_COLOR: "1",
    CI: "1",
    // Most of what these programs do is compiling themselves.
    NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
  };
  return {
    practice,
    calls,
    refused: gate.refused,
    folder,
    environment,
    run: (script, args = [], more = {}) =>
      finished(process.execPath, [script, ...args], { ...environment, ...more }, folder),
    async close() {
      await gate.close();
      await server.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function finished(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd: string,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env,
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: programLimitMs,
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => (stdout += part));
    child.stderr.setEncoding("utf8").on("data", (part: string) => (stderr += part));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** What a program wrote as JSON. Fails with everything that it said when it ended with an error. */
export function jsonOf({ code, stdout, stderr }: Finished): unknown {
  if (code !== 0) throw new Error(`Ended with ${code}.\n${stdout}\n${stderr}`);
  return JSON.parse(stdout);
}
