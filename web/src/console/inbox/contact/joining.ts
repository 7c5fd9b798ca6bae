/** Which contact the open one may be merged with: one that was suggested, or one to be looked for. */
import { signal } from "@preact/signals";
import type { ContactBrief, ContactMatch } from "../../../wire.ts";

export interface Other extends ContactBrief { matches?: readonly ContactMatch[] }
export const joining = signal<{ other: Other | null } | null>(null);
