/** What belongs in a list of conversations, and in which order, when one of them changes. Pure. */
import type { ConversationSummary, StatusState } from "../../wire.ts";

export type ListName = "mine" | "queue" | "all";
export interface ListFilter { list: ListName; status: StatusState[]; queue: string | null; q: string; me: string; bot?: string | null }

export function belongs(item: ConversationSummary, filter: ListFilter): boolean {
  if (!filter.status.includes(item.status.state)) return false;
  if (filter.queue && item.queue !== filter.queue) return false;
  if (filter.list === "mine") return item.handler.kind === "agent" && item.handler.id === filter.me;
  return filter.list === "all" || item.handler.kind === "queue";
}

/** Newest activity first. */
function order(a: ConversationSummary, b: ConversationSummary): number {
  return b.updated_at.localeCompare(a.updated_at) || b.id.localeCompare(a.id);
}

/**
 * The list after some conversations changed. While texts are searched, or what is behind a number of the bot's report is
 * shown, nothing is added, for only the server knows what matches; what no longer belongs goes, unless it is the one that is open.
 */
export function merge(
  items: readonly ConversationSummary[], changed: readonly ConversationSummary[], filter: ListFilter, open: string | null = null,
): ConversationSummary[] {
  const news = new Map(changed.map((item) => [item.id, item]));
  const merged: ConversationSummary[] = [];
  for (const item of items) {
    const next = news.get(item.id) ?? item;
    news.delete(item.id);
    if (next === item || next.id === open || belongs(next, filter)) merged.push(next);
  }
  if (!filter.q && !filter.bot) for (const item of news.values()) if (belongs(item, filter)) merged.push(item);
  return merged.sort(order);
}
