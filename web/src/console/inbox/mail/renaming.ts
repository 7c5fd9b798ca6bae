/** Which conversation's subject is being changed. */
import { signal } from "@preact/signals";

export const renaming = signal<string | null>(null);
