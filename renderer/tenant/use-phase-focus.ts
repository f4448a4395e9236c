import type { RefObject } from "react";
import { useEffect, useRef } from "react";

/** What the dialog shows: the plan, a sign-in for it, the work on it, or what came of it. */
export type PlanPhase = "plan" | "sign-in" | "work" | "result";

/**
 * When the dialog shows something else, the pressed button may be gone: then the focus goes to the new content's
 * start, and never away from where the user is.
 */
export function usePhaseFocus(phase: PlanPhase | "stopped" | "unread"): RefObject<HTMLDivElement | null> {
  const content = useRef<HTMLDivElement>(null);
  const last = useRef(phase);
  useEffect(() => {
    if (last.current === phase) return undefined;
    last.current = phase;
    const frame = requestAnimationFrame(() => {
      const { activeElement } = document;
      const dialog = content.current?.closest("[role='dialog']");
      const lost = activeElement === null || activeElement === document.body || activeElement === dialog;
      if (lost) content.current?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [phase]);
  return content;
}
