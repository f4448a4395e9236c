import type { MenuItem } from "../menu.ts";
import type { WebContents } from "../web-contents.ts";

export interface MenuRow {
  label: string;
  keys: string;
  index: number | null;
  heading: boolean;
  enabled: boolean;
  checked: boolean;
}

let lastId = 0;

/** Draws a menu over the page, in the preload's world; resolves with the item that was chosen. */
export function showMenu(
  contents: WebContents,
  open: Map<number, (index: number | null) => void>,
  items: MenuItem[],
  at: { x: number; y: number },
): Promise<MenuItem | undefined> {
  lastId += 1;
  const id = lastId;
  const { rows, choices } = rowsOf(items);
  const chosen = new Promise<MenuItem | undefined>((resolve) => {
    open.set(id, (index) => {
      open.delete(id);
      resolve(index === null ? undefined : choices[index]);
    });
  });
  contents.showMenu(id, rows, at);
  return chosen;
}

function rowsOf(items: MenuItem[]): { rows: MenuRow[]; choices: MenuItem[] } {
  const choices: MenuItem[] = [];
  const rows = (list: MenuItem[]): MenuRow[] =>
    list
      .filter((item) => item.visible)
      .flatMap((item): MenuRow[] => {
        const { label, accelerator = "", enabled, checked } = item;
        const row = {
          label: label.replaceAll(/&(.)/g, "$1"),
          keys: accelerator.replace(/^(CmdOrCtrl|CommandOrControl)/, "Ctrl"),
          enabled,
          checked,
        };
        if (item.type === "separator") return [{ ...row, label: "", heading: true, index: null }];
        if (item.submenu) return [{ ...row, heading: true, index: null }, ...rows(item.submenu.items)];
        return [{ ...row, heading: false, index: choices.push(item) - 1 }];
      });
  return { rows: rows(items), choices };
}

/** Sent to the page as text. */
export function drawMenu(
  rows: MenuRow[],
  at: { x: number; y: number },
  done: (index: number | null) => void,
): void {
  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "closed" });
  const styles = new CSSStyleSheet();
  styles.replaceSync(`
    :host { all: initial; position: fixed; inset: 0; z-index: 2147483647; font: menu; color-scheme: light dark }
    menu { position: absolute; margin: 0; padding: 4px; min-width: 220px; max-height: 95vh; overflow: auto; background: Canvas;
      color: CanvasText; border: 1px solid GrayText; border-radius: 6px; box-shadow: 0 4px 16px rgb(0 0 0 / 30%) }
    h6 { font: inherit; margin: 4px 8px; color: GrayText; border-top: 1px solid GrayText; padding-top: 2px } h6:first-child { border: 0 }
    button { all: unset; box-sizing: border-box; width: 100%; padding: 4px 8px; border-radius: 4px; display: flex; gap: 24px; justify-content: space-between }
    button:focus { background: SelectedItem; color: SelectedItemText } button:disabled { color: GrayText }`);
  shadow.adoptedStyleSheets = [styles];
  const menu = shadow.appendChild(document.createElement("menu"));
  const before = document.activeElement;
  const close = (index: number | null) => {
    host.remove();
    if (before instanceof HTMLElement) before.focus();
    done(index);
  };
  for (const row of rows) {
    const element = menu.appendChild(document.createElement(row.heading ? "h6" : "button"));
    element.append(row.checked ? `✓ ${row.label}` : row.label);
    if (!(element instanceof HTMLButtonElement)) continue;
    element.appendChild(document.createElement("span")).append(row.keys);
    element.disabled = !row.enabled;
    element.addEventListener("mouseenter", () => element.focus());
    element.addEventListener("click", () => close(row.index));
  }
  const buttons = [...menu.querySelectorAll("button")].filter((button) => !button.disabled);
  host.addEventListener("mousedown", (event) => {
    if (event.composedPath().includes(menu)) return;
    close(null);
  });
  host.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close(null);
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const current = buttons.indexOf(shadow.activeElement as HTMLButtonElement);
    buttons.at((current + step) % buttons.length)?.focus();
  });
  document.documentElement.append(host);
  menu.style.left = `${Math.max(0, Math.min(at.x, innerWidth - menu.offsetWidth - 4))}px`;
  menu.style.top = `${Math.max(0, Math.min(at.y, innerHeight - menu.offsetHeight - 4))}px`;
  buttons[0]?.focus();
}
