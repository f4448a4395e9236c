const dayMs = 86_400_000;

/**
 * Whole days until `notAfter`, rounded down: 0 means within 24 hours, −1 that it ended less than a day ago. They are
 * no calendar days: what ends within 24 hours may end tomorrow.
 */
export function daysLeft(notAfter: string, now: Date): number {
  return Math.floor((Date.parse(notAfter) - now.getTime()) / dayMs);
}

/** What `daysLeft` means in words: whether it is over, and the whole days until the end or since then. */
export function spokenDays(days: number): { over: boolean; count: number } {
  return days < 0 ? { over: true, count: -days - 1 } : { over: false, count: days };
}
