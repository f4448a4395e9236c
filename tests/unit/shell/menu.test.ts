import type { MenuItemConstructorOptions } from "electron";
import { describe, expect, it } from "vitest";
import { commands } from "../../../preload/contract.ts";
import { menuTemplate } from "../../../main/shell/menu-template.ts";
import { createWords } from "../../../main/shell/words.ts";

const platforms = ["windows", "macos", "linux"] as const;

function build(platform: (typeof platforms)[number], language: "en" | "de" = "en", development = false) {
  const done: string[] = [];
  const template = menuTemplate(
    { platform, development, theme: "dark", t: createWords(language, language).t },
    {
      command: (name) => done.push(name),
      zoom: (change) => done.push(`zoom ${change}`),
      setTheme: (theme) => done.push(`theme ${theme}`),
      openDocumentation: () => done.push("documentation"),
      showUserData: () => done.push("data"),
    },
  );
  return { items: flat(template), done };
}

function flat(items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
}

describe.each(platforms)("the menu on %s", (platform) => {
  it.each(["en", "de"] as const)("has a text in %s for every item", (language) => {
    const { items } = build(platform, language);
    for (const item of items.filter((one) => one.type !== "separator")) {
      expect(item).toMatchObject({ label: expect.stringMatching(/^(?!menu\.)./) as string });
    }
  });

  it("reaches every command of the contract once, each by its own keys", () => {
    const { items, done } = build(platform);
    for (const name of commands) {
      for (const item of items.filter((one) => one.id === name)) (item.click as () => void)();
    }
    expect(done).toEqual([...commands]);
    const keys = items.flatMap((item) => (item.accelerator ? [item.accelerator] : []));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("uses no keys that a German keyboard reaches only with AltGr", () => {
    const keys = build(platform).items.flatMap((item) => (item.accelerator ? [item.accelerator] : []));
    expect(keys.filter((key) => /[[\]{}\\@|~]$/.test(key))).toEqual([]);
    if (platform !== "macos") expect(keys.filter((key) => key.includes("Ctrl+Alt"))).toEqual([]);
  });

  it("offers reload and developer tools only in development", () => {
    const roles = (development: boolean) => build(platform, "en", development).items.map((item) => item.role);
    expect(roles(false)).not.toContain("reload");
    expect(roles(false)).not.toContain("toggleDevTools");
    expect(roles(true)).toContain("reload");
  });

  it("marks the theme in use", () => {
    const chosen = build(platform).items.filter((item) => item.type === "radio" && item.checked);
    expect(chosen.map((item) => item.id)).toEqual(["theme-dark"]);
  });
});
