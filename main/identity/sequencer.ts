/** Runs work one after the other, in the order it was asked for. A failure does not hold up what follows. */
export type Sequencer = <T>(work: () => Promise<T>) => Promise<T>;

/** MSAL's cache is read, changed and written around every call: two calls at once would lose tokens. */
export function createSequencer(): Sequencer {
  let queue: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = queue.then(work, work);
    queue = turn.catch(() => undefined);
    return turn;
  };
}
