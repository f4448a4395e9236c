import { useT } from "../i18n.ts";
import type { Translate } from "../i18n.ts";
import { rollout, succeeded, attempt } from "../store/api.ts";
import { openLink } from "../store/setups.ts";
import { showError } from "../store/toasts.ts";
import { announce } from "../ui/index.ts";
import { changeProgress } from "./progress-store.ts";
import { atStart, back, isTicked, move, nextOpen, tick, untick } from "./progress.ts";
import type { Progress } from "./progress.ts";
import type { Row } from "./rows.ts";

export interface StripActions {
  /** What Enter does in this row. */
  act: (row: Row) => Promise<void>;
  /** Ticks the row although the app has not copied anything. */
  done: (row: Row) => void;
  drag: (row: Row) => Promise<void>;
  showFile: () => Promise<void>;
  untick: () => void;
  back: () => void;
  choose: (row: Row) => void;
  moveBy: (by: number) => void;
  startOver: () => void;
  showStep: (target: NonNullable<Row["target"]>) => void;
  openPortal: () => void;
  close: () => void;
}

export interface StripFacts {
  setupId: string;
  rows: readonly Row[];
  progress: Progress;
  /** A secret lies in the clipboard for so many seconds; null when it is something else now. */
  onCopied: (clearsIn: number | null) => void;
}

/** What the user can do in the strip. Main copies and drags; what was done is ticked and announced here. */
export function useStrip({ setupId, rows, progress, onCopied }: StripFacts): StripActions {
  const t = useT();
  const api = rollout();
  const change = (how: (progress: Progress) => Progress) => changeProgress(setupId, how);

  /** Ticks the row and says what comes next. */
  function finish(row: Row, how: string): void {
    const before = { ...progress, current: row.id };
    const next = change(() => tick(before, rows));
    announce(t(`transfer.announce.${how}`, { what: row.name, next: nextWords(next, rows, t) }));
  }

  async function copy(row: Row): Promise<void> {
    if (row.attribute === null) return;
    const answer = await attempt(api.setups.copyAttribute({ setupId, attribute: row.attribute.id }));
    if (!answer.ok) return showError(answer.error);
    onCopied(answer.value.clearsIn);
    finish(row, "copied");
  }

  async function copyPath(row: Row): Promise<void> {
    if (!(await succeeded(api.transfer.copyPfxPath({ setupId })))) return;
    onCopied(null);
    finish(row, "pathCopied");
  }

  function showStep(target: NonNullable<Row["target"]>): void {
    void succeeded(api.transfer.showStep({ setupId, ...target }));
  }

  async function act(row: Row): Promise<void> {
    if (row.kind === "mend") return row.target === null ? undefined : showStep(row.target);
    if (row.kind === "file") return copyPath(row);
    if (row.kind === "save" || row.kind === "leave")
      return finish(row, row.kind === "save" ? "saved" : "left");
    return copy(row);
  }

  return {
    act,
    showStep,
    done: (row) => finish(row, "done"),
    drag: async (row) => {
      if (await succeeded(api.transfer.dragPfx({ setupId }))) finish(row, "dragged");
    },
    showFile: async () => void (await succeeded(api.transfer.showPfx({ setupId }))),
    untick: () => {
      change(untick);
      announce(t("transfer.announce.unticked", { what: nameOf(progress, rows) }));
    },
    back: () => {
      const next = change((now) => back(now, rows));
      announce(t("transfer.announce.back", { what: nameOf(next, rows) }));
    },
    choose: (row) => void change((now) => ({ ...now, current: row.id })),
    moveBy: (by) => void change((now) => move(now, rows, by)),
    startOver: () => {
      change(() => atStart);
      announce(t("transfer.announce.startedOver"));
    },
    openPortal: () => void openLink(setupId, "iam-cloud-portal"),
    close: () => void succeeded(api.transfer.close()),
  };
}

function nameOf({ current }: Progress, rows: readonly Row[]): string {
  return rows.find(({ id }) => id === current)?.name ?? "";
}

/** "next: ConnectPFX", or that everything is handed over. */
function nextWords(progress: Progress, rows: readonly Row[], t: Translate): string {
  const current = rows.find(({ id }) => id === progress.current);
  if (current === undefined || (isTicked(progress, current) && nextOpen(progress, rows) === null)) {
    return t("transfer.announce.all");
  }
  return t("transfer.announce.next", { what: current.name });
}
