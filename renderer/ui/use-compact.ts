import { useSyncExternalStore } from "react";

/** Width in CSS pixels below which columns go below each other. */
export const compactWidth = 900;

function subscribe(listener: () => void): () => void {
  window.addEventListener("resize", listener);
  return () => window.removeEventListener("resize", listener);
}

/** Whether there is room for only one column: a small window, or a large text size. */
export function useCompact(): boolean {
  return useSyncExternalStore(subscribe, () => window.innerWidth < compactWidth);
}
