import type { RefObject } from "react";
import { useEffect, useRef, useState } from "react";

/**
 * Leads the user to what keeps a form from being sent: a reference for the form, and a function that puts the
 * focus on its first field that is marked wrong, once that is drawn.
 */
export function useFocusProblem(): [RefObject<HTMLFormElement | null>, () => void] {
  const form = useRef<HTMLFormElement>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (turn === 0) return;
    const field = form.current?.querySelector<HTMLElement>("[aria-invalid='true']");
    if (!field) return;
    field.closest("details")?.setAttribute("open", "");
    field.focus();
  }, [turn]);
  return [form, () => setTurn((last) => last + 1)];
}
