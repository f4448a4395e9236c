import { useEffect, useState } from "react";
import { onReset } from "../store/page-state.ts";
import { VisuallyHidden } from "./words.tsx";

export type Politeness = "polite" | "assertive";

/** Shortest time between two announcements, so that a screen reader can finish speaking. */
export const announcementGap = 3_000;

interface Message {
  text: string;
  politeness: Politeness;
}

let waiting: Message[] = [];
let lastAt = Number.NEGATIVE_INFINITY;
let timer: ReturnType<typeof setTimeout> | null = null;
const listeners = new Set<(message: Message) => void>();

onReset(() => {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  waiting = [];
  lastAt = Number.NEGATIVE_INFINITY;
  listeners.clear();
});

/** Says something to screen readers. Messages within three seconds are joined; assertive ones go first. */
export function announce(text: string, politeness: Politeness = "polite"): void {
  if (waiting.some((message) => message.text === text)) return;
  waiting.push({ text, politeness });
  const wait = politeness === "assertive" ? 0 : Math.max(0, lastAt + announcementGap - performance.now());
  if (timer !== null) {
    if (politeness !== "assertive") return;
    clearTimeout(timer);
  }
  timer = setTimeout(flush, wait);
}

function flush(): void {
  timer = null;
  lastAt = performance.now();
  const messages = waiting;
  waiting = [];
  const politeness = messages.some((message) => message.politeness === "assertive") ? "assertive" : "polite";
  const ordered = messages.toSorted(
    (a, b) => Number(b.politeness === "assertive") - Number(a.politeness === "assertive"),
  );
  const text = ordered.map((message) => message.text).join(" ");
  for (const listener of listeners) listener({ text, politeness });
}

/** The two live regions. Rendered once, outside everything that opens and closes. */
export function Announcer() {
  const [message, setMessage] = useState<Message & { turn: number }>({
    text: "",
    politeness: "polite",
    turn: 0,
  });
  useEffect(() => {
    const listener = (next: Message): void => setMessage((last) => ({ ...next, turn: last.turn + 1 }));
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, []);
  // A no-break space tells two equal messages in a row apart, so the second is spoken too.
  const text = message.turn % 2 === 0 ? message.text : `${message.text}\u00A0`;
  return (
    <VisuallyHidden>
      <span role="status" aria-live="polite" data-live-announcer="true">
        {message.politeness === "polite" ? text : ""}
      </span>
      <span role="alert" aria-live="assertive" data-live-announcer="true">
        {message.politeness === "assertive" ? text : ""}
      </span>
    </VisuallyHidden>
  );
}
