/** What an agent can do to a conversation; each answers with its new summary, shown at once everywhere. */
import type { ConversationSummary, Errand, WriteFirst } from "../../wire.ts";
import { api } from "./api.ts";
import { setSummary } from "./conversation.ts";

export type ErrandKind = Errand["kind"];
type To = { queue: string } | { agent: string };

async function command(id: string, verb: string, body?: unknown): Promise<ConversationSummary> {
  const next = await api.post<ConversationSummary>(`/api/conversations/${id}/${verb}`, body);
  setSummary(next);
  return next;
}

export const take = (id: string): Promise<ConversationSummary> => command(id, "take");
export const resolve = (id: string): Promise<ConversationSummary> => command(id, "resolve");
export const reopen = (id: string): Promise<ConversationSummary> => command(id, "reopen");
export const sendBot = (id: string, ask: ErrandKind, question: string | null): Promise<ConversationSummary> => command(id, "bot", { ask, question });
export const wait = (id: string): Promise<ConversationSummary> => command(id, "wait");
export const snooze = (id: string, until: Date): Promise<ConversationSummary> => command(id, "snooze", { until: until.toISOString() });
export const transfer = (id: string, to: To, note: string | null): Promise<ConversationSummary> => command(id, "transfer", { to, note });

export const assign = (id: string, agent: string): Promise<ConversationSummary> => command(id, "assign", { agent });

export async function writeFirst(first: WriteFirst): Promise<ConversationSummary> {
  const next = await api.post<ConversationSummary>("/api/conversations", first);
  setSummary(next);
  return next;
}
