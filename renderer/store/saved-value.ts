import { useCallback, useEffect, useRef, useState } from "react";

/** Pause in typing after which a value is saved, in milliseconds. */
export const savePause = 300;

interface SavedValue<Failure> {
  text: string;
  /** Why the last save did not work; the text stays and is tried again. */
  failure: Failure | null;
  change: (text: string) => void;
  /** Saves at once what is not saved yet; for leaving the field and for "Save again". */
  flush: () => void;
}

/**
 * A text that is saved as it is typed. What stands in the field wins over what arrives from outside for as long as
 * there is a keystroke that has not been saved, so that a refreshed view never swallows one.
 * @param save gives null when saved, or why not.
 */
export function useSavedValue<Failure>(
  saved: string,
  save: (text: string) => Promise<Failure | null>,
): SavedValue<Failure> {
  const [text, setText] = useState(saved);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [inFlight, setInFlight] = useState(0);
  const unsaved = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const latestSave = useRef(save);
  useEffect(() => {
    latestSave.current = save;
  });

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const value = unsaved.current;
    if (value === null) return;
    unsaved.current = null;
    setInFlight((count) => count + 1);
    // One after the other: an older text must never arrive after a newer one.
    queue.current = queue.current.then(async () => {
      const problem = await latestSave.current(value);
      if (problem !== null) unsaved.current ??= value;
      setFailure(() => problem);
      setInFlight((count) => count - 1);
    });
  }, []);

  const change = useCallback(
    (value: string) => {
      setText(value);
      unsaved.current = value;
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, savePause);
    },
    [flush],
  );

  useEffect(() => {
    if (unsaved.current === null && inFlight === 0) setText(saved);
  }, [saved, inFlight]);

  // Leaving the step or the window within the pause must not lose the last words.
  useEffect(() => {
    window.addEventListener("pagehide", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, [flush]);

  return { text, failure, change, flush };
}
