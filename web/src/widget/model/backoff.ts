/** How long to wait before trying again: doubling, capped, and spread so that a restarted server is not stormed. */

export const FIRST_MS = 500;
export const LONGEST_MS = 30_000;

/** Milliseconds before attempt number `attempt` (0 is the first); `random` is in [0, 1). */
export function delay(attempt: number, random: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 16));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}
