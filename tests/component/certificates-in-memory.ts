import type { AppInfo } from "../../preload/model/app.ts";
import type { ErrorView, Result } from "../../preload/model/errors.ts";
import { wrong } from "./certificate-samples.ts";
import type { FakeApi } from "./fake-api.ts";
import { appInfo } from "./fake-state.ts";
import type { FakeFile } from "./fake-certificates.ts";
import type { Input, SetupInMemory } from "./setup-in-memory.ts";

export { appInfo };

/** Main in memory as the tests of step 9 steer it: files of dialogs, work that takes long. */
export class CertificatesInMemory {
  readonly setup: SetupInMemory;
  readonly main: FakeApi;
  private readonly running = new Map<string, (result: Result<unknown>) => void>();

  constructor(setup: SetupInMemory, info: AppInfo = appInfo()) {
    this.setup = setup;
    this.main = setup.main;
    this.info = info;
    this.main.replies.set("certificates.cancel", (input: Input) => {
      this.finish(String(input["task"]), wrong("canceled"));
      return { ok: true, value: null };
    });
  }

  get info(): AppInfo {
    return this.main.state.info;
  }
  set info(info: AppInfo) {
    this.main.state.info = info;
  }
  /** Files that the next dialog or drop gives, with the password that opens them. */
  set nextFile(file: FakeFile | null) {
    this.main.state.files.next = file;
  }
  set cancelSaving(cancel: boolean) {
    this.main.state.files.cancelSaving = cancel;
  }

  /** Replaces the answer of one method until `answerAgain`. */
  reply(name: string, reply: (input: Input) => Result<unknown> | Promise<Result<unknown>>): void {
    this.main.replies.set(name, reply);
  }
  answerAgain(name: string): void {
    this.main.replies.delete(name);
  }

  /** Keeps long work of this name going until `finish` or "cancel". */
  hold(name: string): void {
    this.reply(
      name,
      ({ task }) =>
        new Promise<Result<unknown>>((resolve) => {
          this.running.set(String(task), resolve);
        }),
    );
  }
  /** Ends work that is held. */
  finish(task: string, error?: ErrorView): void {
    const resolve = this.running.get(task);
    this.running.delete(task);
    resolve?.(error === undefined ? { ok: true, value: this.setup.view() } : { ok: false, error });
  }

  /** Names of the methods that were called in the certificates area, in order. */
  asked(): string[] {
    return this.setup.calls.map(({ name }) => name).filter((name) => name.startsWith("certificates."));
  }
  /** The input of the last call of a method. */
  inputOf(name: string): Input {
    const call = this.setup.calls.findLast((entry) => entry.name === name);
    if (call === undefined) throw new Error(`${name} was not called`);
    return call.input;
  }
}
