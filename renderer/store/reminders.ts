import type { ReminderView } from "../../preload/contract.ts";
import { spokenDays } from "../../preload/model/days.ts";
import { attempt, rollout } from "./api.ts";
import { onReset } from "./page-state.ts";
import { navigate } from "./route.ts";
import type { Toast } from "./toasts.ts";
import { changeToast, dismissToast, showToast } from "./toasts.ts";

/** Up to this many certificates each get a message of their own. */
const mostMessages = 2;

/** From here on the message is drawn as a problem. */
const urgentDays = 7;

/** What is on the screen, or was, by setup: the same reminder comes once, and a later one takes its place. */
const shown = new Map<string, { days: number; toast: number }>();
/** The reminders with a message of their own, by setup. */
const alone = new Map<string, ReminderView>();
onReset(() => {
  shown.clear();
  alone.clear();
});

/** Reminds of certificates that expire. The messages stay until they are dismissed. */
export function showReminders(reminders: readonly ReminderView[]): void {
  const due = reminders.filter(({ setupId, days }) => shown.get(setupId)?.days !== days);
  for (const { setupId } of due) {
    const earlier = shown.get(setupId);
    if (earlier !== undefined) dismissToast(earlier.toast);
    alone.delete(setupId);
  }
  if (due.length <= mostMessages) {
    for (const one of due) {
      shown.set(one.setupId, { days: one.days, toast: showOne(one) });
      alone.set(one.setupId, one);
    }
    return;
  }
  const toast = showToast({
    title: "reminders.toast.many",
    text: "reminders.toast.text",
    params: { count: due.length },
    tone: due.some(({ days }) => days <= urgentDays) ? "bad" : "none",
    stay: null,
    action: { label: "reminders.toast.show", run: () => navigate({ screen: "home", show: "expiring" }) },
  });
  for (const { setupId, days } of due) shown.set(setupId, { days, toast });
}

function showOne(one: ReminderView): number {
  const { setupId } = one;
  return showToast({
    ...wordsOf(one),
    text: "reminders.toast.text",
    stay: null,
    action: { label: "reminders.toast.open", run: () => navigate({ screen: "setup", setupId }) },
  });
}

function wordsOf({ name, days }: ReminderView): Pick<Toast, "title" | "params" | "tone"> {
  const { over, count } = spokenDays(days);
  return {
    title: over ? "reminders.toast.expired" : "reminders.toast.expires",
    params: { name, count },
    tone: days <= urgentDays ? "bad" : "none",
  };
}

/** Lets the messages that are still on the screen tell the present days. A certificate with more is another one: its message goes. */
export async function renewReminders(): Promise<void> {
  if (alone.size === 0) return;
  const result = await attempt(rollout().setups.list());
  if (!result.ok) return;
  const daysOf = new Map(result.value.map(({ id, certificateDaysLeft }) => [id, certificateDaysLeft]));
  for (const [setupId, one] of alone) {
    const days = daysOf.get(setupId) ?? null;
    const toast = shown.get(setupId)?.toast;
    if (toast === undefined || days === null || days === one.days) continue;
    const present = { ...one, days };
    if (days > one.days) dismissToast(toast);
    if (changeToast(toast, wordsOf(present))) alone.set(setupId, present);
    else alone.delete(setupId);
  }
}

/** Those that main told before this page was there. */
export async function loadReminders(): Promise<void> {
  const result = await attempt(rollout().rollout.reminders());
  if (result.ok) showReminders(result.value);
}
