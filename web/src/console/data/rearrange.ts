/** Who takes part and what belongs together: the commands, each followed by the conversation as it then is. */
import type { ConversationDetail, Rearranged } from "../../wire.ts";
import { api } from "./api.ts";
import { reopenDetail } from "./conversation.ts";
import { undoable } from "./outside.ts";

async function then<T>(work: Promise<T>): Promise<T> {
  const answer = await work;
  reopenDetail();
  return answer;
}

const path = (id: string, verb: string): string => `/api/conversations/${id}/${verb}`;

export const addParticipant = (id: string, address: string, name: string | null): Promise<unknown> => then(api.post(path(id, "participants"), name ? { address, name } : { address }));
export const removeParticipant = (id: string, point: string): Promise<void> => then(api.remove(path(id, `participants/${point}`)));
export const rename = (id: string, subject: string): Promise<unknown> => then(api.put(path(id, "subject"), { subject }));
export const split = (id: string, messages: string[], subject: string): Promise<Rearranged> => then(api.post<Rearranged>(path(id, "split"), subject ? { messages, subject } : { messages }));
export const merge = (id: string, into: string, keep_people: boolean): Promise<Rearranged> => then(api.post<Rearranged>(path(id, "merge"), { into, keep_people }));
export const move = (message: string, to: string): Promise<unknown> => then(api.post(`/api/messages/${message}/move`, { to }));
export const undo = (rearrangement: string): Promise<Rearranged> => then(api.post<Rearranged>(`/api/rearrangements/${rearrangement}/undo`));
export const decide = (message: string, decision: "again" | "arrived"): Promise<unknown> => then(api.post(`/api/messages/${message}/delivery`, { decision }));

/** Undoes what was done last to a conversation, if that is still possible. */
export async function undoLast(id: string): Promise<Rearranged | null> {
  const last = undoable(await api.get<ConversationDetail>(`/api/conversations/${id}`));
  return last ? undo(last.id) : null;
}
