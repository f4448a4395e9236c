import type { RefObject } from "react";
import { useLayoutEffect, useRef, useState } from "react";

/** How many columns fit: list, step and help; list and step; or only the step. */
export type Room = "three" | "two" | "one";

/** Widths in rem, so that larger text needs more room: 900 and 1180 pixels at 100 %. */
const forTwo = 56.25;
const forThree = 73.75;

/** Height in rem below which a bar at the bottom would leave too little of the step. */
const forBar = 27;

/** The columns that fit into this many rem. */
export function roomFor(rem: number): Room {
  if (rem < forTwo) return "one";
  return rem < forThree ? "two" : "three";
}

export interface Space {
  ref: RefObject<HTMLDivElement | null>;
  room: Room;
  /** Too low for a bar that stays in view: the whole screen scrolls instead. */
  low: boolean;
}

/** What fits into an element now, measured in the app's own text size. */
export function useRoom(): Space {
  const ref = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<Room>("three");
  const [low, setLow] = useState(false);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null || typeof ResizeObserver === "undefined") return undefined;
    const measure = (): void => {
      const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
      const { width, height } = element.getBoundingClientRect();
      if (width === 0) return;
      setRoom(roomFor(width / size));
      setLow(height / size < forBar);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // The text size changes the root's font size without resizing this element.
    const root = new MutationObserver(measure);
    root.observe(document.documentElement, { attributes: true });
    measure();
    return () => {
      observer.disconnect();
      root.disconnect();
    };
  }, []);
  return { ref, room, low };
}
