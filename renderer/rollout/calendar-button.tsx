import { useT } from "../i18n.ts";
import { call, rollout } from "../store/api.ts";
import { showSaved } from "../store/toasts.ts";
import { Button } from "../ui/index.ts";

/** Saves the day on which the setup's certificate ends, with reminders, as a calendar file. */
export function CalendarButton({ setupId }: { setupId: string }) {
  const t = useT();
  async function save(): Promise<void> {
    const chosen = await call(rollout().rollout.saveCalendar({ setupId }));
    if (chosen === null || chosen.canceled) return;
    showSaved("rollout.expiry.calendarSaved", chosen.path);
  }
  return (
    <Button icon="wait" onPress={() => void save()}>
      {t("rollout.expiry.calendar")}
    </Button>
  );
}
