/** Tells the server now and then that the person is here: presses, clicks and moves in this tab. */
import { live } from "./live.ts";

const TOLD_EVERY = 30_000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

/** At most one word in `every` milliseconds; what happens while the connection is gone is told when it is back. */
export class Activity {
  private told = -Infinity;
  private untold = false;

  constructor(private readonly tell: () => boolean, private readonly now: () => number, private readonly every = TOLD_EVERY) {}

  acted(): void {
    if (this.now() - this.told < this.every) return;
    this.untold = !this.tell();
    if (!this.untold) this.told = this.now();
  }

  back(): void {
    if (this.untold) this.acted();
  }
}

export function followActivity(): void {
  const activity = new Activity(
    () => {
      if (live.state.value !== "live") return false;
      live.send({ type: "active" });
      return true;
    },
    () => Date.now(),
  );
  for (const sign of SIGNS) addEventListener(sign, () => activity.acted(), { passive: true, capture: true });
  live.onBack(() => activity.back());
}
