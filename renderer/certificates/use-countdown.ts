import { useEffect, useRef, useState } from "react";

interface Countdown {
  /** Seconds left, or null when none is running. */
  left: number | null;
  start: (seconds: number) => void;
}

/** Counts seconds down by the clock, so that a computer that slept does not lag behind. */
export function useCountdown(onEnd: () => void): Countdown {
  const [endsAt, setEndsAt] = useState<number | null>(null);
  const [left, setLeft] = useState<number | null>(null);
  const latest = useRef(onEnd);
  useEffect(() => {
    latest.current = onEnd;
  });
  useEffect(() => {
    if (endsAt === null) return undefined;
    const timer = setInterval(() => {
      const seconds = Math.ceil((endsAt - Date.now()) / 1_000);
      if (seconds > 0) {
        setLeft(seconds);
        return;
      }
      setLeft(null);
      setEndsAt(null);
      latest.current();
    }, 1_000);
    return () => clearInterval(timer);
  }, [endsAt]);
  return {
    left,
    start: (seconds) => {
      setLeft(seconds);
      setEndsAt(Date.now() + seconds * 1_000);
    },
  };
}
