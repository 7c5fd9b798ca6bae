/** What conversations have had of late: attributes of contacts, what sites tell, intents; offered where rules ask for them. */
import { signal } from "@preact/signals";
import type { KnownValues } from "../../wire.ts";
import { api } from "../data/api.ts";
import { inboxes, nameOf } from "../data/resource.ts";
import { onLeave } from "../data/session.ts";

const NOTHING: KnownValues = { languages: [], intents: [], reasons: [], attributes: {}, context: {}, work: [] };
const found = signal<KnownValues>(NOTHING);
let asked = false;

export const known = {
  get value(): KnownValues { return found.value; },
  /** Loads once; without it everything can still be typed. */
  need(): void {
    if (asked) return;
    asked = true;
    api.get<KnownValues>("/api/routing/known").then((next) => (found.value = next), () => (asked = false));
  },
};

onLeave(() => {
  asked = false;
  found.value = NOTHING;
});

export function inboxName(id: string): string {
  return nameOf(inboxes, id) || id;
}
