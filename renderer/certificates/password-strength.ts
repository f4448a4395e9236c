import { commonWords } from "./common-words.ts";

/** How well a password stands up to guessing; texts are `password.strength.<strength>`. */
export const passwordStrengths = ["weak", "fair", "good", "strong"] as const;
export type PasswordStrength = (typeof passwordStrengths)[number];

export interface PasswordRating {
  strength: PasswordStrength;
  /** For the meter, 0 to 100. */
  share: number;
  /** What makes it easy to guess; text is `password.weakness.<weakness>`. */
  weakness: "common" | "sequence" | "repeat" | "keyboard" | "date" | null;
}

/**
 * Powers of ten of guesses. Whoever has the PFX file can try as fast as they like: with 100,000 rounds of PBKDF2 a
 * graphics card makes some ten thousand guesses a second, about 10^12 in three years.
 */
const thresholds = { fair: 8, good: 11, strong: 14 } as const;
/** Longer passwords gain nothing in the meter and would make it slow. */
const ratedLength = 64;

/**
 * Rates a password by how many guesses it takes. The estimator is loaded with the first call.
 * @param context words an attacker would try first, such as the tenant's name.
 */
export async function ratePassword(password: string, context: readonly string[]): Promise<PasswordRating> {
  const estimator = await loadEstimator();
  const words = context
    .flatMap((word) => [word, ...word.split(/[^\p{L}\p{N}]+/u)])
    .filter((word) => word.length > 2);
  const { guessesLog10, sequence } = estimator.check(password.slice(0, ratedLength), words);
  const strength = strengthOf(guessesLog10);
  return {
    strength,
    share: Math.min(100, Math.max(5, Math.round((guessesLog10 / (thresholds.strong + 4)) * 100))),
    weakness:
      strength === "weak" || strength === "fair" ? weaknessOf(sequence.map(({ pattern }) => pattern)) : null,
  };
}

function strengthOf(guessesLog10: number): PasswordStrength {
  if (guessesLog10 >= thresholds.strong) return "strong";
  if (guessesLog10 >= thresholds.good) return "good";
  return guessesLog10 >= thresholds.fair ? "fair" : "weak";
}

const weaknesses = [
  ["dictionary", "common"],
  ["repeat", "repeat"],
  ["sequence", "sequence"],
  ["spatial", "keyboard"],
  ["date", "date"],
  ["regex", "date"],
] as const;

function weaknessOf(patterns: readonly string[]): PasswordRating["weakness"] {
  return weaknesses.find(([pattern]) => patterns.includes(pattern))?.[1] ?? null;
}

interface Estimator {
  check(password: string, words: string[]): { guessesLog10: number; sequence: { pattern: string }[] };
}

let estimator: Promise<Estimator> | null = null;

function loadEstimator(): Promise<Estimator> {
  estimator ??= import("@zxcvbn-ts/core").then(
    ({ ZxcvbnFactory }) =>
      new ZxcvbnFactory({ dictionary: { passwords: [...commonWords] }, maxLength: ratedLength }),
  );
  return estimator;
}
