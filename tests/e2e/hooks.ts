/** What `main-hooks.cjs` keeps in the main process. */
export interface Hooks {
  answers: Record<"showOpenDialog" | "showSaveDialog" | "showMessageBox", object[]>;
  asked: { name: string; options: Record<string, unknown> | null }[];
  opened: string[];
  shown: string[];
  dragged: string[];
  problems: string[];
}
