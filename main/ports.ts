/** What services need from outside. The composition root gives the real ones, tests give their own. */

export interface Clock {
  now(): Date;
}

export interface Timer {
  /** Lets work begin again and again, for the first time after one pause; gives what ends it. */
  every(milliseconds: number, work: () => void): () => void;
}

/** The operating system's credential store (keytar's shape). Each call may reject or never answer. */
export interface Keychain {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, value: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

export type RandomBytes = (size: number) => Buffer;
