/** Decides what the live stream needs: where each topic stands, what a frame means, how long to wait. Pure. */

export type Verdict = "next" | "repeat" | "gap";

/** The last number seen of each subscribed topic. */
export class Topics {
  private readonly seen = new Map<string, number>();
  /** From where a topic was asked for again because something was missing. */
  private readonly asked = new Map<string, number>();

  subscribe(topic: string, n: number): void {
    this.seen.set(topic, n);
  }

  unsubscribe(topic: string): void {
    this.seen.delete(topic);
  }

  has(topic: string): boolean {
    return this.seen.has(topic);
  }

  last(topic: string): number {
    return this.seen.get(topic) ?? 0;
  }

  all(): [topic: string, n: number][] {
    return [...this.seen];
  }

  /**
   * Judges an event by its number: a topic counts without a gap, so only the very next one is taken. What is still
   * missing after it was asked for again will not come: then the later one is taken.
   */
  take(topic: string, n: number): Verdict {
    const last = this.seen.get(topic);
    if (last === undefined || n <= last) return "repeat";
    if (n > last + 1 && this.asked.get(topic) !== last) {
      this.asked.set(topic, last);
      return "gap";
    }
    this.seen.set(topic, n);
    return "next";
  }
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;

/** Milliseconds to wait before the next attempt: doubling, with half of it left to chance. `random` is in [0, 1). */
export function backoff(attempt: number, random: number): number {
  const whole = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt);
  return Math.round(whole / 2 + (whole / 2) * random);
}
