import type { RolloutApi } from "../../preload/contract.ts";
import { decodeText, readList } from "../../main/certificates/bulk/csv.ts";
import { planRows } from "../../main/certificates/bulk/plan.ts";
import { AppError } from "../../main/errors.ts";
import type { BatchView, RowProgress } from "../../preload/model/bulk.ts";
import type { FakeState } from "./fake-state.ts";

type Methods = {
  [M in keyof RolloutApi["bulk"]]: RolloutApi["bulk"][M] extends (input: infer I) => unknown
    ? (input: I) => unknown
    : never;
};

export const listPassword = "Fake-List-Password-1";
export const batchFolder = "/home/anna/Documents/certificates";
export const batchId = "00000000-0000-4000-8000-00000000ba7c";

/** What the fake's dialogs choose, and how its next run ends. */
export interface FakeBulk {
  list: string;
  /** Whether the chosen folder holds an earlier batch, and whether that one has a sealed list. */
  holdsBatch: boolean;
  sealed: boolean;
  /** A file that came into the folder after it was chosen; it has the planned name of a row. */
  arrived: { number: number; file: string } | null;
  /** Whether the next run is canceled before its first row is finished. */
  canceled: boolean;
  /** Rows that fail in the next run. */
  failing: number[];
  /** Holds the run until it is released, for what is to be seen meanwhile. */
  gate: Promise<void>;
}

export function newFakeBulk(): FakeBulk {
  return {
    list: "",
    holdsBatch: false,
    sealed: false,
    arrived: null,
    canceled: false,
    failing: [],
    gate: Promise.resolve(),
  };
}

/** "Prepare many" in memory: main's own reading and planning; nothing is made. */
export function fakeBulk(state: FakeState, tell: (progress: RowProgress) => void): Methods {
  let batch: BatchView | null = null;
  const current = (): BatchView => {
    if (batch === null) throw new AppError("batch-not-found");
    return batch;
  };
  function offer(source: string, bytes: Uint8Array): BatchView {
    const rows = planRows(readList(decodeText(bytes)));
    return (batch = {
      batchId,
      source,
      rows: rows.map((row) => ({ ...row, state: "waiting", error: null })),
      folder: null,
      choices: null,
      running: false,
      hasRun: false,
      needsListPassword: false,
    });
  }
  function earlier(): BatchView {
    offer("certificates", new TextEncoder().encode("Name;DNS name\nContoso;contoso.org"));
    return (batch = {
      ...current(),
      folder: { path: batchFolder, holdsBatch: true },
      needsListPassword: state.bulk.sealed,
      choices: {
        keySize: 3072,
        notBefore: "2026-11-24",
        notAfter: "2027-11-24",
        profile: "strong",
        passwords: state.bulk.sealed ? "list" : "vault",
        setups: true,
        cloud: "global",
      },
    });
  }
  async function run(): Promise<BatchView> {
    const { failing, gate, canceled } = state.bulk;
    batch = { ...current(), hasRun: true };
    if (canceled) return current();
    for (const [index, { number }] of current().rows.entries()) {
      if (index === 1) await gate;
      const failed = failing.includes(number);
      const error = failed
        ? { code: "disk-full" as const, messageKey: "errors.disk-full" as const, details: {} }
        : null;
      const rowState = failed ? ("failed" as const) : ("made" as const);
      tell({ batchId, number, state: rowState, error });
      const rows = current().rows.map((row) =>
        row.number === number ? { ...row, state: rowState, error } : row,
      );
      batch = { ...current(), rows };
    }
    return current();
  }
  const clearsIn = () => ({ clearsIn: state.info.settings.clipboardSeconds });

  return {
    chooseList: () => ({
      canceled: false,
      batch: offer("customers.csv", new TextEncoder().encode(state.bulk.list)),
    }),
    offerList: ({ file }) => offer(file.name, file.bytes),
    chooseFolder: () => {
      batch = { ...current(), folder: { path: batchFolder, holdsBatch: state.bulk.holdsBatch } };
      return { canceled: false, batch };
    },
    openFolder: () => ({ canceled: false, batch: earlier() }),
    continueFolder: () => earlier(),
    view: () => current(),
    revealListPassword: () => ({ password: listPassword }),
    copyListPassword: clearsIn,
    start: ({ choices }) => {
      const { arrived } = state.bulk;
      if (arrived !== null) {
        const { number, file } = arrived;
        const problems = [{ code: "file-exists" as const, details: { file } }];
        const rows = current().rows.map((row) => (row.number === number ? { ...row, problems } : row));
        batch = { ...current(), rows };
        throw new AppError("file-exists", { path: file });
      }
      batch = { ...current(), choices };
      return run();
    },
    resume: ({ listPassword: typed }) => {
      if (current().needsListPassword && typed !== listPassword) throw new AppError("password-wrong");
      batch = { ...current(), needsListPassword: false };
      return run();
    },
    copyPassword: clearsIn,
    show: () => null,
    cancel: () => null,
    close: () => {
      batch = null;
      return null;
    },
  };
}
