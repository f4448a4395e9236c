import type { AppInfo, TaskProgress } from "../../preload/model/app.ts";
import type { ExportKind, Inspection } from "../../preload/model/certificates.ts";
import type { ErrorView, Result } from "../../preload/model/errors.ts";
import type { CertificateRecord } from "../../main/setups/document.ts";
import { certificateFile, folder, wrong } from "./certificate-samples.ts";
import type { Input, SetupInMemory } from "./setup-in-memory.ts";
import { halfway, now } from "./setup-in-memory.ts";

/** What main would say about the app. */
export function appInfo(change: Partial<AppInfo> = {}): AppInfo {
  return {
    version: "0.1.0",
    platform: "linux",
    host: "stand-in",
    language: "en",
    locale: "en-GB",
    accentColor: null,
    settings: {
      language: "system",
      theme: "system",
      textSize: 100,
      person: "Anna Adler",
      clipboardSeconds: 30,
      keepPasswords: true,
      reminders: true,
      signInMethod: "browser",
      cloud: "global",
    },
    vault: { kind: "ready", detail: "" },
    userDataDir: "/home/anna/.config/Exchange Rollout",
    missingCrypto: [],
    openAtStart: null,
    ...change,
  };
}

type Answer = Result<unknown> | Promise<Result<unknown>>;
const ok = (value: unknown): Result<unknown> => ({ ok: true, value });

/** The certificates area of main over a setup in memory: no keys, no files, but the same answers. */
export class CertificatesInMemory {
  setup: SetupInMemory;
  info: AppInfo;
  /** Replaces the answer of one method until it is deleted. */
  readonly replies = new Map<string, (input: Input) => Answer>();
  /** Files that the next dialog or drop gives, with the password that opens them. */
  nextFile: { inspection: Inspection; unlocked?: Inspection; password?: string } | null = null;
  /** The next save dialog is closed without a choice. */
  cancelSaving = false;
  onTask: (progress: TaskProgress) => void = () => undefined;
  private readonly running = new Map<string, (result: Result<unknown>) => void>();
  private opened: NonNullable<CertificatesInMemory["nextFile"]> | null = null;

  constructor(setup: SetupInMemory, info: AppInfo = appInfo()) {
    this.setup = setup;
    this.info = info;
  }

  /** Keeps long work of this name going until `finish` or "cancel". */
  hold(name: string): void {
    this.replies.set(
      name,
      ({ task }) =>
        new Promise<Result<unknown>>((resolve) => {
          this.running.set(String(task), resolve);
        }),
    );
  }

  async answer(name: string, input: Input): Promise<Result<unknown>> {
    this.setup.calls.push({ name, input });
    const reply = this.replies.get(name);
    if (reply !== undefined) return reply(input);
    if (name === "app.info" || name === "app.retryVault") return ok(this.info);
    if (name === "app.copyText") return ok(null);
    const area = /^certificates\.(\w+)$/.exec(name)?.[1];
    if (area === undefined) return this.setup.answer(name, input);
    return this.certificates(area, input);
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

  private view(): Result<unknown> {
    return ok(this.setup.view());
  }

  private certificates(method: string, input: Input): Result<unknown> {
    const { document } = this.setup;
    switch (method) {
      case "create":
      case "acceptIssued":
        this.record({ origin: method === "create" ? "created" : "authority", pfx: null, exports: [] });
        return this.view();
      case "chooseIssued":
        this.record({ origin: "authority", pfx: null, exports: [] });
        return ok({ canceled: false, view: this.setup.view() });
      case "acceptImport":
        this.record({ origin: "imported", exports: [] });
        document.password = { generated: false, length: String(input["password"]).length };
        this.setup.observations = {
          ...this.setup.observations,
          password: input["keepPassword"] ? "vault" : "session",
        };
        return this.view();
      case "createRequest":
        document.request = {
          commonName: String(input["commonName"]),
          subject: `CN=${String(input["commonName"])}`,
          dnsNames: input["dnsNames"] as string[],
          keyBits: input["keySize"] as 2048,
          createdAt: now.toISOString(),
          der: "",
        };
        return this.view();
      case "discardRequest":
        document.request = null;
        return this.view();
      case "saveRequest":
        return this.cancelSaving
          ? ok({ canceled: true })
          : ok({ canceled: false, path: `${folder}/contoso.csr` });
      case "newPassword":
      case "setPassword": {
        const length = method === "newPassword" ? 24 : String(input["password"]).length;
        document.password = { generated: method === "newPassword", length };
        this.setup.observations = {
          ...this.setup.observations,
          password: input["keep"] ? "vault" : "session",
        };
        return this.view();
      }
      case "forgetPassword":
        document.password = null;
        this.setup.observations = { ...this.setup.observations, password: "none" };
        return this.view();
      case "revealPassword":
        return ok({ password: "hT7k-mQz9.xWv4_bN8cRe:5p" });
      case "copyPassword":
        return ok({ clearsIn: this.info.settings.clipboardSeconds });
      case "exportPfx":
        return this.save("pfx", "contoso.pfx");
      case "exportPublic":
        return this.save(input["format"] as ExportKind, "contoso.cer");
      case "exportPem":
        return this.save("pem-encrypted", "contoso.pem");
      case "checkPfx":
        return this.view();
      case "remove":
        document.certificate = null;
        return this.view();
      case "cancel":
        this.finish(String(input["task"]), wrong("canceled"));
        return ok(null);
      case "unlock":
        return this.unlock(String(input["password"]));
      default:
        return /^(choose|offer)(Import|Inspect)$/.test(method)
          ? this.open(method.startsWith("choose"))
          : ok(null);
    }
  }

  private record(change: Partial<CertificateRecord>): void {
    const { document } = this.setup;
    const { certificate } = halfway().document;
    if (certificate === null) throw new Error("the sample has no certificate");
    document.certificate = { ...certificate, ...change };
    document.request = null;
    this.setup.observations = { ...this.setup.observations, key: "vault" };
  }

  private save(kind: ExportKind, name: string): Result<unknown> {
    const { certificate } = this.setup.document;
    if (this.cancelSaving || certificate === null) return ok({ canceled: true });
    const path = `${folder}/${name}`;
    const at = now.toISOString();
    certificate.exports.push({ kind, at, path });
    if (kind === "pfx")
      certificate.pfx = { profile: "strong", sha256: "A".repeat(64), savedAt: at, path, openedAt: at };
    return ok({ canceled: false, path, view: this.setup.view() });
  }

  private open(chosen: boolean): Result<unknown> {
    this.opened = this.nextFile;
    if (this.opened === null) return ok({ canceled: true });
    const file = { fileId: certificateFile, inspection: this.opened.inspection };
    return ok(chosen ? { canceled: false, ...file } : file);
  }

  private unlock(password: string): Result<unknown> {
    const { opened } = this;
    return opened?.unlocked !== undefined && password === opened.password
      ? ok(opened.unlocked)
      : { ok: false, error: wrong("password-wrong") };
  }

  /** Ends work that is held. */
  finish(task: string, error?: ErrorView): void {
    const resolve = this.running.get(task);
    this.running.delete(task);
    resolve?.(error === undefined ? this.view() : { ok: false, error });
  }
}
