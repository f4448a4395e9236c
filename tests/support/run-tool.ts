import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { root } from "./project.ts";

export interface Outcome {
  name: string;
  ok: boolean;
  seconds: number;
  /** Standard output and errors together. */
  output: string;
}

/** Environment in which the project's own Node and tools come first. */
export function toolEnvironment(): NodeJS.ProcessEnv {
  const path = [join(root, "node_modules", ".bin"), process.env["PATH"] ?? ""].join(delimiter);
  return { ...process.env, PATH: path };
}

/** Runs one of the project's tools to its end. `onOutput` sees its output as it comes. */
export function runTool(
  name: string,
  command: string,
  args: readonly string[],
  onOutput: (text: string) => void = () => undefined,
): Promise<Outcome> {
  const start = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: toolEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    let output = "";
    const take = (chunk: string) => {
      output += chunk;
      onOutput(chunk);
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    const finish = (ok: boolean) =>
      resolve({ name, ok, seconds: (performance.now() - start) / 1_000, output: output.trim() });
    child.on("error", (error) => {
      output += error.message;
      finish(false);
    });
    child.on("close", (code) => finish(code === 0));
  });
}

/** One line about how it went, and everything it said when it failed. */
export function describe({ name, ok, seconds, output }: Outcome): string {
  const line = `${ok ? "ok    " : "FAILED"} ${name} (${seconds.toFixed(1)} s)`;
  return ok ? line : `${line}\n${output}`;
}
