import { existsSync } from "node:fs";
import { join } from "node:path";
import { BrowserWindow } from "./browser-window.ts";
import type { Answer, Question } from "./dialog-page.ts";
import { guard } from "./guard.ts";
import type { Host } from "./host.ts";

export interface FileOptions {
  title?: string;
  defaultPath?: string;
  buttonLabel?: string;
  message?: string;
  filters?: { name: string; extensions: string[] }[];
  properties?: string[];
}
export interface MessageOptions {
  message: string;
  detail?: string;
  title?: string;
  buttons?: string[];
  defaultId?: number;
  cancelId?: number;
  checkboxLabel?: string;
}

/** Electron's dialogs as small windows of the stand-in. */
export function createDialog(host: Host) {
  async function ask(window: BrowserWindow | undefined, question: Question): Promise<Answer | undefined> {
    return host.ask(window ?? BrowserWindow.getAllWindows()[0], question);
  }

  async function askForPath(
    title: string,
    button: string,
    args: [BrowserWindow | FileOptions, FileOptions?],
  ) {
    const { window, options } = split(args);
    const start = options.defaultPath ?? host.app.getPath("downloads");
    const kinds = (options.filters ?? []).map(({ name, extensions }) => `${name}: ${extensions.join(", ")}`);
    const answer = await ask(window, {
      title: options.title ?? title,
      message: options.message ?? options.title ?? title,
      detail: kinds.join("\n"),
      path: start,
      checkbox: undefined,
      buttons: [options.buttonLabel ?? button, "Cancel"],
      defaultButton: 0,
    });
    return answer?.button === 0 && answer.path !== "" ? answer.path : undefined;
  }

  return guard("dialog", {
    showOpenDialog: async (...args: [BrowserWindow | FileOptions, FileOptions?]) => {
      const path = await askForPath("Open", "Open", args);
      return path === undefined ? { canceled: true, filePaths: [] } : { canceled: false, filePaths: [path] };
    },
    showSaveDialog: async (...args: [BrowserWindow | FileOptions, FileOptions?]) => {
      const path = await askForPath("Save", "Save", args);
      if (path === undefined) return { canceled: true, filePath: "" };
      if (existsSync(path)) {
        const question = {
          title: "Save",
          message: `${path} already exists.`,
          detail: "Replace it?",
          path: undefined,
          checkbox: undefined,
        };
        const answer = await ask(split(args).window, {
          ...question,
          buttons: ["Replace", "Cancel"],
          defaultButton: 1,
        });
        if (answer?.button !== 0) return { canceled: true, filePath: "" };
      }
      return {
        canceled: false,
        filePath: path.startsWith("~/") ? join(host.app.getPath("home"), path.slice(2)) : path,
      };
    },
    showMessageBox: async (...args: [BrowserWindow | MessageOptions, MessageOptions?]) => {
      const { window, options } = split(args);
      const buttons = options.buttons?.length ? options.buttons : ["OK"];
      const answer = await ask(window, {
        title: options.title ?? host.app.getName(),
        message: options.message,
        detail: options.detail ?? "",
        path: undefined,
        checkbox: options.checkboxLabel,
        buttons,
        defaultButton: options.defaultId ?? 0,
      });
      return {
        response: answer?.button ?? options.cancelId ?? 0,
        checkboxChecked: answer?.checked ?? false,
      };
    },
    showErrorBox: (title: string, content: string) => void process.stderr.write(`${title}: ${content}\n`),
  });
}

/** Electron's dialogs take the parent window first, or leave it out. */
function split<Options extends object>(
  args: [BrowserWindow | Options, Options?],
): { window: BrowserWindow | undefined; options: Options } {
  const [first, second] = args;
  if (first instanceof BrowserWindow) return { window: first, options: second as Options };
  return { window: undefined, options: first ?? second };
}
