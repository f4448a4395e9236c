import type { ReminderView } from "../../preload/contract.ts";
import { spokenDays } from "../../preload/model/days.ts";
import { attempt, rollout } from "./api.ts";
import { onReset } from "./page-state.ts";
import { navigate } from "./route.ts";
import { dismissToast, showToast } from "./toasts.ts";

/** Up to this many certificates each get a message of their own. */
const mostMessages = 2;

/** From here on the message is drawn as a problem. */
const urgentDays = 7;

/** What is on the screen, or was, by setup: the same reminder comes once, and a later one takes its place. */
const shown = new Map<string, { days: number; toast: number }>();
onReset(() => shown.clear());

/** Reminds of certificates that expire. The messages stay until they are dismissed. */
export function showReminders(reminders: readonly ReminderView[]): void {
  const due = reminders.filter(({ setupId, days }) => shown.get(setupId)?.days !== days);
  for (const { setupId } of due) {
    const earlier = shown.get(setupId);
    if (earlier !== undefined) dismissToast(earlier.toast);
  }
  if (due.length <= mostMessages) {
    for (const one of due) shown.set(one.setupId, { days: one.days, toast: showOne(one) });
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

function showOne({ setupId, name, days }: ReminderView): number {
  const { over, count } = spokenDays(days);
  return showToast({
    title: over ? "reminders.toast.expired" : "reminders.toast.expires",
    text: "reminders.toast.text",
    params: { name, count },
    tone: days <= urgentDays ? "bad" : "none",
    stay: null,
    action: { label: "reminders.toast.open", run: () => navigate({ screen: "setup", setupId }) },
  });
}

/** Those that main told before this page was there. */
export async function loadReminders(): Promise<void> {
  const result = await attempt(rollout().rollout.reminders());
  if (result.ok) showReminders(result.value);
}
