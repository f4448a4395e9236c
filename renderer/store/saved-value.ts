import type { ErrorView } from "../../preload/model/errors.ts";
import { useCallback, useEffect, useRef, useState } from "react";
import { onReset } from "./page-state.ts";

/** Pause in typing after which a value is saved, in milliseconds. */
export const savePause = 300;

/** Texts that could not be saved, by place: they outlive their field, which is gone once the user looks at another step. */
const unsavedTexts = new Map<string, { text: string; failure: ErrorView }>();
onReset(() => unsavedTexts.clear());

export interface SavedValue {
  text: string;
  /** Why the last save did not work; the text stays and is tried again. */
  failure: ErrorView | null;
  change: (text: string) => void;
  /** Saves at once what is not saved yet; for leaving the field and for "Save again". */
  flush: () => void;
}

/**
 * A text that is saved as it is typed. What stands in the field wins over what arrives from outside for as long as
 * there is a keystroke that has not been saved, so that a refreshed view never swallows one. A text that could not be
 * saved is there again when the field is.
 * @param place what the value is; the same for as long as the field is on the screen.
 * @param save gives null when saved, or why not.
 */
export function useSavedValue(
  place: string,
  saved: string,
  save: (text: string) => Promise<ErrorView | null>,
): SavedValue {
  const [kept] = useState(() => unsavedTexts.get(place));
  const [text, setText] = useState(kept?.text ?? saved);
  const [failure, setFailure] = useState(kept?.failure ?? null);
  const [inFlight, setInFlight] = useState(0);
  const unsaved = useRef(kept?.text ?? null);
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
      if (problem === null) unsavedTexts.delete(place);
      else {
        unsaved.current ??= value;
        unsavedTexts.set(place, { text: unsaved.current, failure: problem });
      }
      setFailure(problem);
      setInFlight((count) => count - 1);
    });
  }, [place]);

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
