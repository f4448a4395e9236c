import { pathToFileURL } from "node:url";

/**
 * Runs commands of CLI for Microsoft 365 one after the other through the API that it has for scripts. The API's
 * file is the first argument; each message is a command, answered by one.
 */
export interface M365Command {
  name: string;
  options: Record<string, string | boolean>;
}

/** What the command wrote, or why it failed. */
export type M365Answer = { wrote: string } | { failed: string };

interface Api {
  executeCommand: (name: string, options: M365Command["options"]) => Promise<{ stdout: string }>;
}

if (import.meta.main) {
  const { executeCommand } = (await import(pathToFileURL(process.argv[2] ?? "").href)) as Api;
  const answer = async ({ name, options }: M365Command): Promise<M365Answer> => {
    try {
      return { wrote: (await executeCommand(name, { ...options, output: "json" })).stdout };
    } catch (thrown) {
      const error = (thrown as { error?: unknown }).error ?? thrown;
      return { failed: error instanceof Error ? error.message : JSON.stringify(error) };
    }
  };
  process.on("message", (command: M365Command) => {
    void answer(command).then((said) => process.send?.(said));
  });
}
