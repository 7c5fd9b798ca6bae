/** The present moment as a signal that ticks each second, and on which every countdown hangs. */
import { computed, signal } from "@preact/signals";

export const now = signal(new Date());
/** The present minute, for what need not change every second. */
const minutes = computed(() => Math.floor(now.value.getTime() / 60_000));
export const minute = computed(() => new Date(minutes.value * 60_000));

export function startClock(): void {
  setInterval(() => {
    if (document.visibilityState === "visible") now.value = new Date();
  }, 1000);
  document.addEventListener("visibilitychange", () => (now.value = new Date()));
}
