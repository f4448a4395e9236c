import { useEffect, useRef } from "react";
import { useRoute } from "../store/route.ts";

/**
 * After a move by the user the focus goes to the new screen's heading, as soon as there is one: while it is
 * loading there may be none. What happens in the background never moves the focus.
 */
export function useScreenFocus(): void {
  const { moves } = useRoute();
  const done = useRef(moves);
  useEffect(() => {
    if (done.current === moves) return;
    const heading = document.querySelector<HTMLElement>("[data-screen-heading]");
    if (heading === null) return;
    done.current = moves;
    heading.focus();
  });
}
