/** Joins calls while one is under way: afterwards it runs once more, however often it was asked for. */
export function coalesced(run: () => Promise<unknown>): () => void {
  let running = false;
  let again = false;
  const start = async (): Promise<void> => {
    running = true;
    do {
      again = false;
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      await run();
    } while (again);
    running = false;
  };
  return () => {
    if (running) again = true;
    else void start();
  };
}
