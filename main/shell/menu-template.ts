import type { MenuItemConstructorOptions } from "electron";
import type { Command } from "../../preload/contract.ts";
import type { Theme } from "../../preload/model/app.ts";
import { themes } from "../../preload/model/app.ts";
import { shortcuts } from "../../preload/model/shortcuts.ts";

/** What the menu sets off. */
export interface MenuActions {
  command: (name: Command) => void;
  zoom: (change: "in" | "out" | "reset") => void;
  setTheme: (theme: Theme) => void;
  openDocumentation: () => void;
  showUserData: () => void;
}

export interface MenuFacts {
  platform: "windows" | "macos" | "linux";
  /** Shows reload and developer tools. */
  development: boolean;
  theme: Theme;
  t: (key: string) => string;
}

const separator: MenuItemConstructorOptions = { type: "separator" };

/** The whole native menu in the current language, as the platform orders it. */
export function menuTemplate(facts: MenuFacts, actions: MenuActions): MenuItemConstructorOptions[] {
  const mac = facts.platform === "macos";
  const menu = (id: string, items: MenuItemConstructorOptions[]): MenuItemConstructorOptions => ({
    id,
    label: facts.t(`menu.${id}.label`),
    submenu: items,
  });
  return [
    ...(mac ? [{ ...menu("app", appItems(facts, actions)), label: facts.t("app.name") }] : []),
    menu("file", fileItems(facts, actions)),
    menu("edit", editItems(facts)),
    menu("view", viewItems(facts, actions)),
    menu("step", stepItems(facts, actions)),
    ...(mac ? [{ ...menu("window", windowItems(facts)), role: "windowMenu" as const }] : []),
    { ...menu("help", helpItems(facts, actions)), role: "help" as const },
  ];
}

function commandItem(facts: MenuFacts, actions: MenuActions, name: Command): MenuItemConstructorOptions {
  const keys = shortcuts[name];
  return {
    id: name,
    label: facts.t(`menu.commands.${name}`),
    click: () => actions.command(name),
    ...(keys === null ? {} : { accelerator: facts.platform === "macos" ? keys.macos : keys.other }),
  };
}

/** Electron's own labels are English, so each role gets ours. */
function roleItem(
  facts: MenuFacts,
  role: NonNullable<MenuItemConstructorOptions["role"]>,
): MenuItemConstructorOptions {
  return { role, label: facts.t(`menu.roles.${role}`) };
}

function appItems(facts: MenuFacts, actions: MenuActions): MenuItemConstructorOptions[] {
  return [
    roleItem(facts, "about"),
    separator,
    commandItem(facts, actions, "settings"),
    separator,
    roleItem(facts, "services"),
    separator,
    roleItem(facts, "hide"),
    roleItem(facts, "hideOthers"),
    roleItem(facts, "unhide"),
    separator,
    roleItem(facts, "quit"),
  ];
}

function fileItems(facts: MenuFacts, actions: MenuActions): MenuItemConstructorOptions[] {
  const ending =
    facts.platform === "macos"
      ? [roleItem(facts, "close")]
      : [commandItem(facts, actions, "settings"), separator, roleItem(facts, "quit")];
  return [
    commandItem(facts, actions, "new-setup"),
    commandItem(facts, actions, "import-setup"),
    commandItem(facts, actions, "export-setup"),
    separator,
    commandItem(facts, actions, "inspect-file"),
    commandItem(facts, actions, "prepare-many"),
    separator,
    ...ending,
  ];
}

function editItems(facts: MenuFacts): MenuItemConstructorOptions[] {
  return [
    roleItem(facts, "undo"),
    roleItem(facts, "redo"),
    separator,
    roleItem(facts, "cut"),
    roleItem(facts, "copy"),
    roleItem(facts, "paste"),
    roleItem(facts, "selectAll"),
  ];
}

function viewItems(facts: MenuFacts, actions: MenuActions): MenuItemConstructorOptions[] {
  return [
    commandItem(facts, actions, "home"),
    commandItem(facts, actions, "activity"),
    commandItem(facts, actions, "verify-all"),
    separator,
    {
      id: "zoom-in",
      label: facts.t("menu.view.zoom-in"),
      accelerator: "CommandOrControl+Plus",
      click: () => actions.zoom("in"),
    },
    {
      id: "zoom-out",
      label: facts.t("menu.view.zoom-out"),
      accelerator: "CommandOrControl+-",
      click: () => actions.zoom("out"),
    },
    {
      id: "zoom-reset",
      label: facts.t("menu.view.zoom-reset"),
      accelerator: "CommandOrControl+0",
      click: () => actions.zoom("reset"),
    },
    separator,
    {
      id: "theme",
      label: facts.t("menu.view.theme"),
      submenu: themes.map((theme) => ({
        id: `theme-${theme}`,
        type: "radio" as const,
        label: facts.t(`menu.themes.${theme}`),
        checked: facts.theme === theme,
        click: () => actions.setTheme(theme),
      })),
    },
    separator,
    roleItem(facts, "togglefullscreen"),
    ...(facts.development ? [separator, roleItem(facts, "reload"), roleItem(facts, "toggleDevTools")] : []),
  ];
}

function stepItems(facts: MenuFacts, actions: MenuActions): MenuItemConstructorOptions[] {
  return [
    commandItem(facts, actions, "next-step"),
    commandItem(facts, actions, "previous-step"),
    separator,
    commandItem(facts, actions, "copy-value"),
    commandItem(facts, actions, "open-portal"),
    separator,
    commandItem(facts, actions, "transfer-strip"),
  ];
}

function windowItems(facts: MenuFacts): MenuItemConstructorOptions[] {
  return [roleItem(facts, "minimize"), roleItem(facts, "zoom"), separator, roleItem(facts, "front")];
}

function helpItems(facts: MenuFacts, actions: MenuActions): MenuItemConstructorOptions[] {
  return [
    commandItem(facts, actions, "shortcuts"),
    {
      id: "documentation",
      label: facts.t("menu.help.documentation"),
      accelerator: facts.platform === "macos" ? "Command+Shift+/" : "F1",
      click: actions.openDocumentation,
    },
    {
      id: "user-data",
      label: facts.t("menu.help.user-data"),
      click: actions.showUserData,
    },
    // macOS has "About" in the app's own menu.
    ...(facts.platform === "macos" ? [] : [separator, roleItem(facts, "about")]),
  ];
}
