import type { Command } from "../contract.ts";

/**
 * Keyboard shortcuts of commands, in Electron's notation: the menu uses them, the list of shortcuts shows them.
 * `macos` differs where the platform has its own habit. None of them needs AltGr on a German keyboard.
 */
export const shortcuts: Readonly<Record<Command, { macos: string; other: string } | null>> = {
  "new-setup": { macos: "Command+N", other: "Ctrl+N" },
  "import-setup": { macos: "Command+O", other: "Ctrl+O" },
  "export-setup": { macos: "Command+E", other: "Ctrl+E" },
  home: { macos: "Command+Shift+H", other: "Alt+Home" },
  settings: { macos: "Command+,", other: "Ctrl+," },
  activity: { macos: "Command+Shift+L", other: "Ctrl+Shift+L" },
  "verify-all": null,
  "next-step": { macos: "Command+Alt+Down", other: "Ctrl+PageDown" },
  "previous-step": { macos: "Command+Alt+Up", other: "Ctrl+PageUp" },
  "copy-value": { macos: "Command+Shift+C", other: "Ctrl+Shift+C" },
  "open-portal": { macos: "Command+Shift+O", other: "Ctrl+Shift+O" },
  "transfer-strip": { macos: "Command+Shift+T", other: "Ctrl+Shift+T" },
  shortcuts: { macos: "Command+Shift+K", other: "Ctrl+Shift+K" },
  "inspect-file": { macos: "Command+I", other: "Ctrl+I" },
  "prepare-many": null,
};
