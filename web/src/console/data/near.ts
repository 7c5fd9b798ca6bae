/** Which of an agent's own conversations came near a missed target just now; each target is told once. Pure. */
import type { ConversationSummary } from "../../wire.ts";

export function isNear(item: ConversationSummary, me: string): boolean {
  return Boolean(item.due_near) && item.status.state === "open" && item.handler.kind === "agent" && item.handler.id === me;
}

/** `told` has those told before, and is brought up to date: what is near no more may come near again. */
export function newlyNear(told: Set<string>, items: readonly ConversationSummary[], me: string, now: Date): ConversationSummary[] {
  return items.filter((item) => {
    const key = item.id;
    if (!isNear(item, me)) {
      told.delete(key);
      return false;
    }
    const fresh = !told.has(key) && item.due_at !== null && new Date(item.due_at) > now;
    told.add(key);
    return fresh;
  });
}
