/** Text that another part of the page wants in the composer, such as an article from the panel; `reply`: never in a note. */
import { signal } from "@preact/signals";

export const insertion = signal<{ conversation: string; text: string; reply?: boolean } | null>(null);
