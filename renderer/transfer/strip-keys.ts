import { useEffect, useRef } from "react";
import type { StripActions } from "./use-strip.ts";

type KeyActions = Pick<StripActions, "moveBy" | "back" | "close"> & {
  /** What the row in turn does. */
  act: () => void;
};

/**
 * The strip's keys, wherever the focus is in it: arrows choose a row, Backspace goes back, Escape closes. Enter presses
 * the focused button by itself; with the focus nowhere it does what the row in turn does.
 */
export function useStripKeys(actions: KeyActions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
      // An open menu has arrows and Escape of its own.
      if (document.querySelector("[role='menu']") !== null) return;
      const run = keyAction(event.key, latest.current);
      if (run === null) return;
      event.preventDefault();
      run();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

function keyAction(key: string, actions: KeyActions): (() => void) | null {
  switch (key) {
    case "ArrowDown":
      return () => actions.moveBy(1);
    case "ArrowUp":
      return () => actions.moveBy(-1);
    case "Home":
      return () => actions.moveBy(-Infinity);
    case "End":
      return () => actions.moveBy(Infinity);
    case "Backspace":
      return actions.back;
    case "Escape":
      return actions.close;
    case "Enter":
      return document.activeElement === document.body ? actions.act : null;
    default:
      return null;
  }
}
