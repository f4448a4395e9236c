/** Lets work of the same name run one after the other, in the order of the calls; a failure stops nobody else. */
export interface Turns {
  inTurn<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Resolves when all work that was asked for so far is over. */
  settled(): Promise<void>;
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>();
  return {
    inTurn: (name, work) => {
      const turn = (last.get(name) ?? Promise.resolve()).then(work);
      const forget = () => {
        if (last.get(name) === over) last.delete(name);
      };
      const over: Promise<void> = turn.then(forget, forget);
      last.set(name, over);
      return turn;
    },
    settled: async () => {
      await Promise.all(last.values());
    },
  };
}
