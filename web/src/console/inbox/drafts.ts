/** The drafts of this browser as a signal, so that lists show who is still owed an answer. */
import { signal } from "@preact/signals";
import { Drafts, type DraftKind } from "../data/drafts.ts";
import { keep, kept } from "../data/keep.ts";

const store = new Drafts({ get: kept, set: keep }, () => Date.now());
export const drafts = signal({ has: (id: string): boolean => store.has(id) });

export function draftOf(conversation: string, kind: DraftKind): string {
  return store.get(conversation, kind);
}

export function keepDraft(conversation: string, kind: DraftKind, text: string): void {
  if (store.get(conversation, kind) === text) return;
  store.set(conversation, kind, text);
  drafts.value = { has: (id) => store.has(id) };
}
