/** The list of conversations on the screen: fetched by page, kept current by the live socket. */
import { batch, signal } from "@preact/signals";
import type { ConversationPage, ConversationSummary, Counts, ServerFrame } from "../../wire.ts";
import { ApiError, api } from "./api.ts";
import { merge, type ListFilter } from "./listing.ts";
import { live } from "./live.ts";
import { onLeave } from "./session.ts";

export const items = signal<ConversationSummary[]>([]);
export const counts = signal<Counts>({ mine: 0, queue: 0, all: 0 });
export const loading = signal(true);
export const loadingMore = signal(false);
export const more = signal<string | null>(null);
export const failed = signal<ApiError | null>(null);
/** The conversation that is open stays in the list even when it no longer belongs there. */
export const openId = signal<string | null>(null);

let filter: ListFilter | null = null;
let request = new AbortController();

function asked(cursor: string | null): Promise<ConversationPage> {
  const { list, status, queue, q, bot } = filter!;
  return api.get<ConversationPage>("/api/conversations", { list, status: status.join(","), queue, q, cursor, bot: bot ?? null }, request.signal);
}

async function fill(quiet: boolean): Promise<void> {
  request.abort();
  request = new AbortController();
  const mine = request;
  if (!quiet) batch(() => { loading.value = true; items.value = []; });
  try {
    const page = await asked(null);
    batch(() => {
      items.value = page.items;
      more.value = page.next;
      counts.value = page.counts;
      failed.value = null;
    });
  } catch (error) {
    if (mine.signal.aborted) return;
    failed.value = error as ApiError;
  }
  if (mine === request) loading.value = false;
}

export function show(next: ListFilter): void {
  filter = next;
  void fill(false);
}

export function again(): void {
  if (filter) void fill(failed.value === null);
}

export async function loadMore(): Promise<void> {
  if (!more.value || loadingMore.value) return;
  loadingMore.value = true;
  const mine = request;
  try {
    const page = await asked(more.value);
    if (mine !== request) return;
    const known = new Set(items.value.map((item) => item.id));
    batch(() => {
      items.value = [...items.value, ...page.items.filter((item) => !known.has(item.id))];
      more.value = page.next;
    });
  } catch {
    more.value = null;
  } finally {
    loadingMore.value = false;
  }
}

/** Takes over conversations that changed, from the socket or as the answer to a command. */
export function changed(news: readonly ConversationSummary[]): void {
  if (filter) items.value = merge(items.value, news, filter, openId.value);
}

function receive(frame: ServerFrame): void {
  if (frame.type === "changed") changed(frame.items);
  else if (frame.type === "gone") items.value = items.value.filter((item) => !frame.ids.includes(item.id));
  else if (frame.type === "counts") counts.value = { mine: frame.mine, queue: frame.queue, all: frame.all };
}

export function followLists(): void {
  live.on(receive);
  live.onBack(again);
  onLeave(() => {
    request.abort();
    filter = null;
    items.value = [];
  });
}
