import { useEffect, useRef, useState } from "react";

/** Whether something that was started here is still running. */
export function useRunning(): [running: boolean, run: (work: Promise<unknown>) => Promise<void>] {
  const [running, setRunning] = useState(false);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  async function run(work: Promise<unknown>): Promise<void> {
    setRunning(true);
    await work;
    if (mounted.current) setRunning(false);
  }

  return [running, run];
}
