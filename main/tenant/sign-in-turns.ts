/** The right to ask the person; `signal` is aborted once somebody else has it, or the sign-in is canceled. */
export type SignInTurn = AbortController;

export interface SignInTurns {
  /** Ends the sign-in that is under way for any setup, however far it got, and gives the turn to the caller. */
  begin(): SignInTurn;
}

/**
 * There is one browser, and one person in front of it. Whoever asks last has the turn: it is taken when a sign-in is
 * asked for, not when its page opens, so that nothing that has to be prepared first lets an earlier one overtake it.
 */
export function createSignInTurns(): SignInTurns {
  let last: SignInTurn | null = null;
  return {
    begin() {
      last?.abort();
      last = new AbortController();
      return last;
    },
  };
}
