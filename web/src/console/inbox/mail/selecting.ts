/** The messages that are being chosen to become a conversation of their own. */
import { signal } from "@preact/signals";
import type { ConversationDetail } from "../../../wire.ts";
import { fromHere } from "../../data/outside.ts";

export const selecting = signal<{ conversation: string; ids: ReadonlySet<string> } | null>(null);

/** Begins with this message and what came after it; each may be taken out or in. */
export function startSplit(detail: ConversationDetail, message: string): void {
  selecting.value = { conversation: detail.summary.id, ids: new Set(fromHere(detail.messages, message)) };
}

export function chosenIn(conversation: string): ReadonlySet<string> | null {
  return selecting.value?.conversation === conversation ? selecting.value.ids : null;
}

export function toggle(id: string): void {
  const current = selecting.value;
  if (!current) return;
  const ids = new Set(current.ids);
  if (!ids.delete(id)) ids.add(id);
  selecting.value = { ...current, ids };
}
