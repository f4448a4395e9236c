import type { AppInfo } from "../../preload/model/app.ts";

const mac: Record<string, string> = {
  Command: "⌘",
  Alt: "⌥",
  Shift: "⇧",
  Ctrl: "⌃",
  Down: "↓",
  Up: "↑",
  Plus: "+",
};
const german: Record<string, string> = {
  Ctrl: "Strg",
  Shift: "Umschalt",
  PageDown: "Bild ab",
  PageUp: "Bild auf",
  Home: "Pos1",
  Plus: "+",
};
const english: Record<string, string> = { PageDown: "Page Down", PageUp: "Page Up", Plus: "+" };

/** The keys of a shortcut in Electron's notation, as they are printed on the user's keyboard. */
export function keyNames(
  shortcut: string,
  platform: AppInfo["platform"],
  language: AppInfo["language"],
): string[] {
  const names = platform === "macos" ? mac : language === "de" ? german : english;
  return shortcut.split("+").map((key) => names[key] ?? key);
}
