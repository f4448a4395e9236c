import type { ErrorView } from "../../preload/model/errors.ts";
import { pageState } from "./page-state.ts";

/** Shortest time a message stays, in milliseconds. */
export const shortestStay = 10_000;

export interface Toast {
  id: number;
  tone: "ok" | "bad" | "none";
  /** Key of the title; `params` fill it and the text. */
  title: string;
  text: string | null;
  params: Record<string, string | number>;
  action: { label: string; run: () => void } | null;
  /** Milliseconds; null stays until it is dismissed. */
  stay: number | null;
}

export interface NewToast {
  title: string;
  text?: string;
  params?: Record<string, string | number>;
  tone?: Toast["tone"];
  /** `label` is a key too, for example "common.undo". */
  action?: { label: string; run: () => void };
  stay?: number | null;
}

const store = pageState<{ toasts: Toast[]; lastId: number }>(() => ({ toasts: [], lastId: 0 }));

/** The messages on the screen, oldest first. */
export function useToasts(): Toast[] {
  return store((state) => state.toasts);
}

const mostToasts = 4;

/** Shows a message; gives its id. At most four are on the screen: the oldest that offers nothing to do makes room. */
export function showToast(toast: NewToast): number {
  const stay = toast.stay === undefined ? shortestStay : toast.stay;
  const next: Toast = {
    id: store.getState().lastId + 1,
    tone: toast.tone ?? "none",
    title: toast.title,
    text: toast.text ?? null,
    params: toast.params ?? {},
    action: toast.action ?? null,
    stay: stay === null ? null : Math.max(shortestStay, stay),
  };
  store.setState(({ toasts }) => ({ toasts: [...withRoom(toasts), next], lastId: next.id }));
  return next.id;
}

/** The messages that stay when another one comes. */
function withRoom(toasts: Toast[]): Toast[] {
  if (toasts.length < mostToasts) return toasts;
  const leaving = toasts.find(({ action }) => action === null) ?? toasts[0];
  return toasts.filter((toast) => toast !== leaving);
}

/** Says that a file was saved, and where; `title` is a key that `params` fill. */
export function showSaved(title: string, path: string, params: Toast["params"] = {}): void {
  showToast({ title, text: "home.savedTo", params: { ...params, path }, tone: "ok" });
}

/** Shows what went wrong, in the words of the locale files. It stays until it is dismissed. */
export function showError(error: ErrorView): void {
  if (error.code === "canceled") return;
  const title = `${error.messageKey}.title`;
  const text = `${error.messageKey}.help`;
  const same = store
    .getState()
    .toasts.find((toast) => toast.title === title && sameParams(toast.params, error.details));
  if (same !== undefined) dismissToast(same.id);
  showToast({ title, text, params: error.details, tone: "bad", stay: null });
}

/** Puts other words into a message that is still on the screen; gives whether it is. */
export function changeToast(id: number, change: Pick<Toast, "title" | "params" | "tone">): boolean {
  const isShown = store.getState().toasts.some((toast) => toast.id === id);
  if (isShown) {
    store.setState(({ toasts }) => ({
      toasts: toasts.map((toast) => (toast.id === id ? { ...toast, ...change } : toast)),
    }));
  }
  return isShown;
}

function sameParams(a: Toast["params"], b: Toast["params"]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export function dismissToast(id: number): void {
  store.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}
