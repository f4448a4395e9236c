import { spawnSync } from "node:child_process";
import { passwordText } from "./sample.ts";

/** Which Debian package brings a tool. */
const packages = {
  openssl: "openssl",
  certtool: "gnutls-bin",
  pk12util: "libnss3-tools",
  certutil: "libnss3-tools",
  keytool: "default-jre-headless",
};

export type Tool = keyof typeof packages;

/** Java takes half the time to start when it prepares for a short life. */
const options: Partial<Record<Tool, string[]>> = {
  keytool: ["-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"],
};

/** The password reaches tools through the environment; `PASS` names it. */
const environment = { ...process.env, PASS: passwordText, LC_ALL: "C.UTF-8" };

/** Runs a tool we didn't write and gives what it printed. A missing tool fails the test and says what to install. */
export function run(tool: Tool, args: string[], input?: string): string {
  const { status, output } = attempt(tool, args, input);
  if (status !== 0) throw new Error(`${tool} ${args.join(" ")} ended with ${status}:\n${output}`);
  return output;
}

/** As `run`, for cases where the tool shall refuse. */
export function attempt(
  tool: Tool,
  args: string[],
  input?: string,
): { status: number | null; output: string } {
  const result = spawnSync(tool, [...(options[tool] ?? []), ...args], {
    env: environment,
    ...(input === undefined ? {} : { input: Buffer.from(input) }),
    encoding: "buffer",
    timeout: 60_000,
  });
  if (result.error && "code" in result.error && result.error.code === "ENOENT") {
    throw new Error(`${tool} is missing. Install it with: apt-get install -y ${packages[tool]}`);
  }
  if (result.error) throw result.error;
  return { status: result.status, output: Buffer.concat([result.stdout, result.stderr]).toString("utf8") };
}
