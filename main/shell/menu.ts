import { Menu } from "electron";
import type { MenuActions, MenuFacts } from "./menu-template.ts";
import { menuTemplate } from "./menu-template.ts";

/** Shows the native menu; called again when language or theme change. */
export function showMenu(facts: MenuFacts, actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(facts, actions)));
}
