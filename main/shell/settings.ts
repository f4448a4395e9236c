import { readFile, rename } from "node:fs/promises";
import type { z } from "zod";
import { contract } from "../../preload/contract.ts";
import type { Settings } from "../../preload/model/app.ts";
import { writeFileAtomic } from "../files/atomic-file.ts";
import { systemCode, writeError } from "../files/file-errors.ts";

export const defaultSettings: Settings = {
  language: "system",
  theme: "system",
  textSize: 100,
  person: "",
  clipboardSeconds: 30,
  keepPasswords: true,
  reminders: true,
  signInMethod: "browser",
  cloud: "global",
  proxyMode: "system",
  proxyAddress: "",
  proxyExceptions: "",
  proxyPac: "",
};

export interface SettingsStore {
  get(): Settings;
  /** Changes some settings; memory changes only after the disk. Errors: those of writeFileAtomic. */
  save(change: Partial<Settings>): Promise<Settings>;
  /** Path of the former file that was kept aside because it could not be understood whole, or not be read. */
  readonly keptAside: string | null;
  /** Whether something of the former file was lost at opening, so that defaults stand in for it. */
  readonly isLossy: boolean;
}

type Shape = typeof contract.app.saveSettings.input.shape;
const shape: Shape = contract.app.saveSettings.input.shape;

/**
 * Opens the settings in `path`. What cannot be understood falls back to its default, setting by setting; the
 * file as it was is then kept beside it as `settings.json.unreadable-<date>`. One that cannot be read at all may
 * be whole: it stays, as the next start may read it, and is kept aside before anything is saved.
 */
export async function openSettings(
  path: string,
  now: Date,
  onError: (message: string, error: unknown) => void,
): Promise<SettingsStore> {
  const { text, isUnread } = await readText(path);
  const { settings, understood } =
    text === null ? { settings: defaultSettings, understood: true } : parse(text);
  const isLossy = isUnread || !understood;
  let current = settings;
  let turn: Promise<unknown> = Promise.resolve();
  let keptAside: string | null = null;
  /** The file in `path` holds what is nowhere else. */
  let mustKeep = isLossy;
  if (!understood) await write({}).catch((error: unknown) => onError("settings not kept aside", error));

  return {
    get keptAside() {
      return keptAside;
    },
    isLossy,
    get: () => current,
    save: (change) => {
      const saved = turn.then(() => write(change));
      turn = saved.catch(() => undefined);
      return saved;
    },
  };

  async function write(change: Partial<Settings>): Promise<Settings> {
    const next = { ...current, ...change };
    if (mustKeep) keptAside = await keepAside(path, now);
    mustKeep = false;
    await writeFileAtomic(path, format(next), { replace: true });
    current = next;
    return next;
  }

  /** `isUnread`: there is a file, but it cannot be read. */
  async function readText(file: string): Promise<{ text: string | null; isUnread: boolean }> {
    try {
      return { text: await readFile(file, "utf8"), isUnread: false };
    } catch (error) {
      const isThere = systemCode(error) !== "ENOENT";
      if (isThere) onError("settings not read", error);
      return { text: null, isUnread: isThere };
    }
  }
}

/** Reads every setting it can. `understood` is false when anything in the text was lost. */
export function parse(text: string): { settings: Settings; understood: boolean } {
  const record = parseRecord(text);
  if (record === null) return { settings: defaultSettings, understood: false };
  const known = new Set(Object.keys(shape));
  let understood = Object.keys(record).every((key) => known.has(key));
  function value<K extends keyof Settings>(key: K, schema: z.ZodType<Settings[K] | undefined>): Settings[K] {
    if (record?.[key] === undefined) return defaultSettings[key];
    const result = schema.safeParse(record[key]);
    if (result.success && result.data !== undefined) return result.data;
    understood = false;
    return defaultSettings[key];
  }
  const settings: Settings = {
    language: value("language", shape.language),
    theme: value("theme", shape.theme),
    textSize: value("textSize", shape.textSize),
    person: value("person", shape.person),
    clipboardSeconds: value("clipboardSeconds", shape.clipboardSeconds),
    keepPasswords: value("keepPasswords", shape.keepPasswords),
    reminders: value("reminders", shape.reminders),
    signInMethod: value("signInMethod", shape.signInMethod),
    cloud: value("cloud", shape.cloud),
    proxyMode: value("proxyMode", shape.proxyMode),
    proxyAddress: value("proxyAddress", shape.proxyAddress),
    proxyExceptions: value("proxyExceptions", shape.proxyExceptions),
    proxyPac: value("proxyPac", shape.proxyPac),
  };
  return { settings, understood };
}

function parseRecord(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** Null when the file has gone meanwhile. Errors: those of writeFileAtomic. */
async function keepAside(path: string, now: Date): Promise<string | null> {
  // No colons: Windows does not allow them in names.
  const aside = `${path}.unreadable-${now.toISOString().replaceAll(":", "-")}`;
  try {
    await rename(path, aside);
    return aside;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw writeError(path, error);
  }
}

function format(settings: Settings): string {
  return `${JSON.stringify(settings, null, 2)}\n`;
}
