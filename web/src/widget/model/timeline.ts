/** What a visitor has seen of a conversation: events applied strictly by their number, once each. */
import type { Conversation, EventFrame, Message } from "./protocol";

export type Entry =
  | { kind: "message"; id: string; at: string; message: Message }
  | { kind: "joined"; id: string; at: string; name: string }
  | { kind: "left" | "closed"; id: string; at: string };

export type Timeline = {
  conversation: string | null;
  /** The last number seen in `conversation`; 0 before the first. */
  n: number;
  status: string;
  handler: string;
  /** The agent who answers now, while one does. */
  agent: string | null;
  /** What the visitor said of its end, 1 to 5. */
  rating: number | null;
  entries: readonly Entry[];
};

export type Verdict = "applied" | "old" | "gap";

export const nothing: Timeline = {
  conversation: null,
  n: 0,
  status: "open",
  // Nothing is said of a bot that has it from the beginning.
  handler: "bot",
  agent: null,
  rating: null,
  entries: [],
};

/** Before the first event that the server sends of it. */
export function begins(conversation: Conversation | null): Timeline {
  if (!conversation) return nothing;
  const { id, after, handler, agent, rating = null } = conversation;
  // Read from its beginning, it tells itself when it ended.
  const status = after ? conversation.status : "open";
  return { ...nothing, conversation: id, n: after, status, handler, agent, rating };
}

const OVER = ["resolved", "closed"];

export function over(timeline: Timeline): boolean {
  return OVER.includes(timeline.status);
}

/**
 * The timeline after `frame`. A new conversation begins at 1 and keeps what stood above it on the screen.
 * `next`: the server has just been told what we have, so what it sends first is next, whatever its number.
 */
export function apply(seen: Timeline, frame: EventFrame, next = false): [Timeline, Verdict] {
  const begun = frame.conversation === seen.conversation;
  if (!begun && frame.n !== 1) return [seen, "gap"];
  const before: Timeline = begun ? seen : { ...nothing, entries: seen.entries, conversation: frame.conversation };
  if (frame.n <= before.n) return [seen, "old"];
  if (frame.n !== before.n + 1 && !next) return [seen, "gap"];
  return [told({ ...before, n: frame.n }, frame), "applied"];
}

/** The last word of the other side that carries a number, to count what is unread. */
export function fromOthers(frame: EventFrame): boolean {
  return frame.event.kind === "message" && frame.event.message.author.kind !== "contact";
}

function told(now: Timeline, frame: EventFrame): Timeline {
  const { event, at } = frame;
  const id = `${frame.conversation}:${frame.n}`;
  const add = (entry: Entry): readonly Entry[] => [...now.entries, entry];
  switch (event.kind) {
    case "message":
      return { ...now, entries: add({ kind: "message", id: event.message.id, at, message: event.message }) };
    case "joined":
      return {
        ...now,
        handler: "agent",
        agent: event.name,
        entries: add({ kind: "joined", id, at, name: event.name }),
      };
    case "left":
      return { ...now, handler: event.handler, agent: null, entries: over(now) ? now.entries : add({ kind: "left", id, at }) };
    case "status": {
      const ends = OVER.includes(event.status) && !over(now);
      return {
        ...now,
        status: event.status,
        rating: OVER.includes(event.status) ? now.rating : null,
        entries: ends ? add({ kind: "closed", id, at }) : now.entries,
      };
    }
    case "rated":
      return { ...now, rating: event.score };
    case "handler":
      return { ...now, handler: event.handler };
    case "delivery":
      return { ...now, entries: now.entries.map((entry) => delivered(entry, event.message, event.state)) };
    default:
      // A kind that a newer server knows still takes its number.
      return now;
  }
}

function delivered(entry: Entry, message: string, state: string): Entry {
  if (entry.kind !== "message" || entry.id !== message) return entry;
  return { ...entry, message: { ...entry.message, delivery: state } };
}
