import type { CloudId } from "./guide.ts";
import type { ProxySettings } from "./proxy.ts";
import type { SignInMethod } from "./tenant.ts";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];
export const languages = ["system", "en", "de"] as const;
export type LanguageChoice = (typeof languages)[number];
/** Languages in which reports are written. */
export const reportLanguages = ["en", "de"] as const;
export type ReportLanguage = (typeof reportLanguages)[number];
export const textSizes = [90, 100, 115, 130, 150, 175, 200] as const;
export type TextSize = (typeof textSizes)[number];

export interface Settings extends ProxySettings {
  language: LanguageChoice;
  theme: Theme;
  /** Per cent. */
  textSize: TextSize;
  /** Name written into confirmations. */
  person: string;
  /** Seconds until a copied secret leaves the clipboard. */
  clipboardSeconds: 15 | 30 | 60 | 120;
  /** Whether a new PFX password is kept in the vault. */
  keepPasswords: boolean;
  /** Whether the app reminds of certificates that expire. */
  reminders: boolean;
  /** How a person signs in, unless they choose otherwise there. */
  signInMethod: SignInMethod;
  /** Cloud offered for a new setup. */
  cloud: CloudId;
}

/** Settings that could not be read. `keptAs` names their file, beside the present one; null while it is in its place. */
export interface SettingsLoss {
  keptAs: string | null;
}

/** Where secrets go now. Texts are `vault.<kind>`. */
export interface VaultView {
  kind: "ready" | "session-only" | "locked" | "key-lost";
  /** What the keychain answered, for "Details"; never a secret. */
  detail: string;
}

export interface AppInfo {
  version: string;
  platform: "windows" | "macos" | "linux";
  host: "electron" | "stand-in";
  language: "en" | "de";
  /** BCP 47 tag for dates and numbers, for example "de-CH". */
  locale: string;
  accentColor: string | null;
  settings: Settings;
  /** Why some settings, the proxy perhaps, are at their defaults: their file could not be read. Null when all is well. */
  settingsLoss: SettingsLoss | null;
  vault: VaultView;
  userDataDir: string;
  /** What this runtime's cryptography is missing, found by the self-test at start; empty is good. */
  missingCrypto: string[];
  /** The setup with which the app begins, when it was started for one. */
  openAtStart: string | null;
}

/** Progress of long work. */
export interface TaskProgress {
  task: string;
  phase: string;
  done: number;
  total: number;
}
