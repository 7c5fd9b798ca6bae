/** Why a conversation is where it is and what it is owed: one question to the server for all the panel's sections that ask. */
import type { ConversationRouting } from "../../wire.ts";
import { api } from "./api.ts";

const asking = new Map<string, Promise<ConversationRouting>>();

export function routingOf(conversation: string): Promise<ConversationRouting> {
  const known = asking.get(conversation);
  if (known) return known;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const found = api.get<ConversationRouting>(`/api/conversations/${conversation}/routing`, { zone }).finally(() => asking.delete(conversation));
  asking.set(conversation, found);
  return found;
}
