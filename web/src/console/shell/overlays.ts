/** Which of the shell's overlays are open. */
import { signal } from "@preact/signals";

export const paletteOpen = signal(false);
export const keysOpen = signal(false);
export const profileOpen = signal(false);
