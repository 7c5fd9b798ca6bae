/** Signs of typing, both ways: ours is said seldom and taken back, theirs goes out by itself. */

/** A typing sign without a fresh one goes out after this long. */
const TYPING_MS = 8_000;
const TYPING_AGAIN_MS = 3_000;
/** After this long without a key the other side is told that the visitor stopped. */
const PAUSE_MS = 4_000;

export class Signs {
  private ends: ReturnType<typeof setTimeout> | undefined;
  private pause: ReturnType<typeof setTimeout> | undefined;
  private sent = 0;

  constructor(
    private readonly send: (on: boolean) => void,
    private readonly show: (who: string | null) => void,
  ) {}

  /** The visitor has changed what stands in the field. */
  wrote(something: boolean): void {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.say(false), PAUSE_MS);
    this.say(something);
  }

  /** Somebody else types, or nobody does any more. */
  heard(who: string | null): void {
    clearTimeout(this.ends);
    if (who) this.ends = setTimeout(() => this.heard(null), TYPING_MS);
    this.show(who);
  }

  /** At most every few seconds. */
  private say(on: boolean): void {
    const now = Date.now();
    if (on ? now - this.sent < TYPING_AGAIN_MS : !this.sent) return;
    this.sent = on ? now : 0;
    this.send(on);
  }
}
