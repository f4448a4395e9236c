import { guard } from "./guard.ts";
import type { Host } from "./host.ts";
import { parseAccelerator } from "./accelerators.ts";
import type { BrowserWindow } from "./browser-window.ts";
import { roles } from "./menu-roles.ts";
import type { Role } from "./menu-roles.ts";
import type { KeyPress } from "./page/preload-world.ts";

type Click = (item: MenuItem, window: BrowserWindow | undefined, event: object) => void;
export interface Template {
  id?: string;
  label?: string;
  type?: string;
  role?: string;
  accelerator?: string;
  enabled?: boolean;
  visible?: boolean;
  checked?: boolean;
  submenu?: Template[] | Menu;
  click?: Click;
}
const known = new Set([
  "id",
  "label",
  "type",
  "role",
  "accelerator",
  "enabled",
  "visible",
  "checked",
  "submenu",
  "click",
  "sublabel",
  "toolTip",
  "icon",
  "acceleratorWorksWhenHidden",
  "registerAccelerator",
]);

/** Electron's MenuItem. */
export class MenuItem {
  readonly id: string;
  readonly type: string;
  readonly role: string | undefined;
  readonly accelerator: string | undefined;
  readonly submenu: Menu | undefined;
  readonly #click: Click | undefined;
  readonly #role: Role | undefined;
  label: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;

  constructor(template: Template) {
    const unknown = Object.keys(template).find((name) => !known.has(name));
    if (unknown) throw new Error(`The stand-in for Electron does not know the menu item's option ${unknown}`);
    this.role = template.role?.toLowerCase();
    this.#role = this.role === undefined ? undefined : roles[this.role];
    if (this.role !== undefined && !this.#role) {
      throw new Error(`The stand-in for Electron does not know the menu role ${template.role}`);
    }
    const { submenu = this.#role?.submenu } = template;
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : submenu;
    this.id = template.id ?? "";
    this.type = template.type ?? (this.submenu ? "submenu" : "normal");
    this.label = template.label ?? this.#role?.label ?? "";
    this.accelerator = template.accelerator ?? this.#role?.accelerator;
    this.enabled = template.enabled ?? true;
    this.visible = template.visible ?? true;
    this.checked = template.checked ?? false;
    this.#click = template.click;
    if (this.accelerator !== undefined) parseAccelerator(this.accelerator, process.platform);
  }

  /** Runs the item as the user would. */
  click(event: object = {}, window?: BrowserWindow): void {
    if (!this.enabled) return;
    if (this.type === "checkbox") this.checked = !this.checked;
    if (this.type === "radio") this.checked = true;
    if (this.#role?.run) this.#role.run(window, Menu.host.app);
    else this.#click?.(this, window, event);
  }
}

/** Electron's Menu. */
export class Menu {
  static host: Host;
  static #application: Menu | null = null;
  readonly items: MenuItem[] = [];

  static buildFromTemplate(template: (Template | MenuItem)[]): Menu {
    const menu = new Menu();
    for (const entry of template) menu.append(entry instanceof MenuItem ? entry : new MenuItem(entry));
    return guard("Menu", menu);
  }
  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu;
    Menu.host.acceleratorsChanged();
  }
  static getApplicationMenu(): Menu | null {
    return Menu.#application;
  }

  append(item: MenuItem): void {
    this.items.push(item);
  }
  insert(position: number, item: MenuItem): void {
    this.items.splice(position, 0, item);
  }
  getMenuItemById(id: string): MenuItem | null {
    return this.flat().find((item) => item.id === id) ?? null;
  }
  popup(options: { window?: BrowserWindow; x?: number; y?: number; callback?: () => void } = {}): void {
    const window = options.window ?? Menu.host.focusedWindow();
    if (!window) return;
    Menu.host.showMenu(window, this.items, { x: options.x ?? 0, y: options.y ?? 0 }).then(
      (item) => {
        item?.click({}, window);
        options.callback?.();
      },
      (error: unknown) => Menu.host.fail(error),
    );
  }
  closePopup(): void {}

  /** All items, those of submenus too. */
  flat(): MenuItem[] {
    return this.items.flatMap((item) => [item, ...(item.submenu?.flat() ?? [])]);
  }
}

/** The application menu's items with a key, in a stable order, and the key presses that mean them. */
export function acceleratorsOf(menu: Menu | null): { items: MenuItem[]; presses: (KeyPress | null)[] } {
  // Chromium itself does what the editing roles say.
  const items = (menu?.flat() ?? []).filter(
    (item) => item.accelerator !== undefined && roles[item.role ?? ""]?.byChromium !== true,
  );
  return { items, presses: items.map((item) => parseAccelerator(item.accelerator ?? "", process.platform)) };
}
