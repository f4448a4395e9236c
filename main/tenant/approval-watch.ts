import type { Timer } from "../ports.ts";
import type { TenantSessions } from "./sessions.ts";

/** How often the tenant is read while a colleague's approval is waited for, in milliseconds. */
export const lookPauseMs = 60_000;

export interface ApprovalWatchPorts {
  sessions: Pick<TenantSessions, "lookAgain">;
  timer: Timer;
  onError: (message: string, error: unknown) => void;
}

/** Notices a colleague's approval by itself while the app is open; gives what ends that. */
export function watchApprovals({ sessions, timer, onError }: ApprovalWatchPorts): () => void {
  let looking = false;
  async function look(): Promise<void> {
    // A reading that takes longer than the pause is not asked for twice.
    if (looking) return;
    looking = true;
    try {
      await sessions.lookAgain();
    } catch (error) {
      onError("not looked again", error);
    } finally {
      looking = false;
    }
  }
  return timer.every(lookPauseMs, () => void look());
}
