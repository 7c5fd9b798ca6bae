/** The present moment as a signal that ticks each second, and on which every countdown hangs. */
import { signal } from "@preact/signals";

export const now = signal(new Date());

export function startClock(): void {
  setInterval(() => {
    if (document.visibilityState === "visible") now.value = new Date();
  }, 1000);
  document.addEventListener("visibilitychange", () => (now.value = new Date()));
}
