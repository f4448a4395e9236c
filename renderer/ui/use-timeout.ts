import { useEffect, useRef } from "react";

/** Runs `action` once, `delay` milliseconds after `active` became true. */
export function useKeyedTimeout(active: boolean, delay: number, action: () => void): void {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => {
    if (!active) return undefined;
    const timer = setTimeout(() => latest.current(), delay);
    return () => clearTimeout(timer);
  }, [active, delay]);
}
