import { useEffect, useState } from "react";
import type { SetupView } from "../../preload/model/setup.ts";
import type { PfxFileView } from "../../preload/model/transfer.ts";
import { attempt, rollout } from "../store/api.ts";

/** The saved PFX as it is on the disk: looked at with every change of the setup, and when the strip comes to the front. */
export function usePfxFile(view: SetupView): PfxFileView | null {
  const { savedAt } = view;
  const setupId = view.summary.id;
  const [seen, setSeen] = useState<{ setupId: string; savedAt: string; file: PfxFileView } | null>(null);
  useEffect(() => {
    let latest = true;
    const look = async (): Promise<void> => {
      const answer = await attempt(rollout().transfer.pfxFile({ setupId }));
      if (latest && answer.ok) setSeen({ setupId, savedAt, file: answer.value });
    };
    const onFocus = (): void => void look();
    onFocus();
    window.addEventListener("focus", onFocus);
    return () => {
      latest = false;
      window.removeEventListener("focus", onFocus);
    };
  }, [setupId, savedAt]);
  return seen?.setupId === setupId ? seen.file : null;
}
