/** Something that is done at once, and then again only so often: what comes in between is done together, at the end. */
export class Pace {
  private last = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly everyMs: number) {}

  /** Whether it is time; if not, `again` is called when it is. */
  now(again: () => void): boolean {
    clearTimeout(this.timer);
    const wait = this.last + this.everyMs - Date.now();
    if (wait > 0) this.timer = setTimeout(again, wait);
    else this.last = Date.now();
    return wait <= 0;
  }

  /** The next time is now. */
  reset(): void {
    this.last = 0;
  }
}
