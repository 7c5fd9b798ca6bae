/** Work that nobody could ever take, as the socket tells supervisors: for the navigation, the banners and a word at once. */
import { signal } from "@preact/signals";
import type { NobodyServes } from "../../wire.ts";
import { live } from "./live.ts";
import { onLeave } from "./session.ts";

export const nobody = signal<NobodyServes[]>([]);

/** `tell` hears that there is more of it than a moment ago. */
export function followNobody(tell: () => void): void {
  let known = false;
  live.on((frame) => {
    if (frame.type !== "nobody") return;
    const before = new Set(nobody.value.map((each) => each.source));
    nobody.value = frame.items;
    if (known && frame.items.some((each) => !before.has(each.source))) tell();
    known = true;
  });
  onLeave(() => {
    nobody.value = [];
    known = false;
  });
}
