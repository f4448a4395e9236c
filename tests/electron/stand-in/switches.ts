/** Command line as Electron sees it: `--name`, `--name=value`, and the rest. */
export interface CommandLine {
  switches: Map<string, string>;
  rest: string[];
}

export function parseCommandLine(args: readonly string[]): CommandLine {
  const switches = new Map<string, string>();
  const rest: string[] = [];
  for (const arg of args) {
    const match = /^--([^=]+)(?:=(.*))?$/s.exec(arg);
    if (match?.[1] === undefined) rest.push(arg);
    else switches.set(match[1], match[2] ?? "");
  }
  return { switches, rest };
}
