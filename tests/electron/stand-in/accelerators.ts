import type { KeyPress } from "./page/preload-world.ts";

const named: Record<string, string> = {
  plus: "+",
  space: " ",
  tab: "tab",
  backspace: "backspace",
  delete: "delete",
  insert: "insert",
  return: "enter",
  enter: "enter",
  up: "arrowup",
  down: "arrowdown",
  left: "arrowleft",
  right: "arrowright",
  home: "home",
  end: "end",
  pageup: "pageup",
  pagedown: "pagedown",
  escape: "escape",
  esc: "escape",
};

/** The key press that an Electron accelerator such as "CmdOrCtrl+Shift+N" names. Throws for one it can't read. */
export function parseAccelerator(accelerator: string, platform: NodeJS.Platform): KeyPress {
  const parts = accelerator.replace(/\+\+$/, "+plus").split("+");
  const last = (parts.pop() ?? "").toLowerCase();
  const press: KeyPress = {
    key: named[last] ?? last,
    code: codeOf(last),
    control: false,
    meta: false,
    alt: false,
    shift: false,
  };
  if (last === "" || (press.key.length > 1 && !named[last] && !/^f\d{1,2}$/.test(last))) {
    throw new Error(`The stand-in for Electron does not know the key of the accelerator ${accelerator}`);
  }
  for (const part of parts) {
    const modifier = part.toLowerCase();
    if (/^(cmdorctrl|commandorcontrol)$/.test(modifier))
      press[platform === "darwin" ? "meta" : "control"] = true;
    else if (/^(ctrl|control)$/.test(modifier)) press.control = true;
    else if (/^(cmd|command|meta|super)$/.test(modifier)) press.meta = true;
    else if (/^(alt|option)$/.test(modifier)) press.alt = true;
    else if (modifier === "shift") press.shift = true;
    else
      throw new Error(
        `The stand-in for Electron does not know the modifier of the accelerator ${accelerator}`,
      );
  }
  return press;
}

/** With Alt or Shift the key's character differs, its place does not. */
function codeOf(key: string): string {
  if (/^[a-z]$/.test(key)) return `Key${key.toUpperCase()}`;
  return /^\d$/.test(key) ? `Digit${key}` : "";
}
