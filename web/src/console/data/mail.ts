/** Mail that did not become a message: how much of it waits, for the navigation and the page about it. */
import { computed, signal } from "@preact/signals";
import type { MailCounts, MailState } from "../../wire.ts";
import { live } from "./live.ts";
import { onLeave } from "./session.ts";

export const STATES: readonly MailState[] = ["quarantined", "held", "too_large", "set_aside"];

const NONE: MailCounts = { quarantined: 0, held: 0, set_aside: 0, too_large: 0 };
export const mailCounts = signal<MailCounts>(NONE);
/** What a person must look into; what was set aside went where it should. */
export const needsLook = computed(() => mailCounts.value.quarantined + mailCounts.value.held + mailCounts.value.too_large);

/** `tell` hears that more is held back, or more cannot be read, than a moment ago. */
export function followMail(tell: (what: "held" | "quarantined") => void): void {
  let known = false;
  live.on((frame) => {
    if (frame.type !== "mail") return;
    const { type: _, ...counts } = frame;
    const before = mailCounts.value;
    mailCounts.value = counts;
    if (known) for (const what of ["held", "quarantined"] as const) if (counts[what] > before[what]) tell(what);
    known = true;
  });
  onLeave(() => {
    mailCounts.value = NONE;
    known = false;
  });
}
