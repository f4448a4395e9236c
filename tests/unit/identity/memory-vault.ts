/** Keeps what it is given for as long as the test runs. */
export function memoryVault(files = new Map<string, Buffer>()) {
  return {
    files,
    get: async (_setup: string, purpose: string) => {
      const file = files.get(purpose);
      return file === undefined ? null : Buffer.from(file);
    },
    put: async (_setup: string, purpose: string, secret: Buffer) => {
      files.set(purpose, Buffer.from(secret));
      return "vault" as const;
    },
    remove: async (_setup: string, purpose: string) => void files.delete(purpose),
  };
}
