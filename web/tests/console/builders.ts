/** Values for tests, with only what matters to a test spelled out. */
import type { BotProfile, ConversationDetail, ConversationSummary, Message, Session } from "../../src/wire.ts";

export function aSummary(change: Partial<ConversationSummary> = {}): ConversationSummary {
  return {
    id: "c1", subject: "", status: { state: "open", until: null }, handler: { kind: "agent", id: "me", name: "Me" }, inbox: { id: "web", name: "Web", kind: "widget" },
    contact: { id: "k1", name: "Amelia" }, language: "en", priority: 0, queue: "q1", due_at: null, due_kind: null, last: null, unread: 0,
    created_at: "2026-03-01T09:00:00Z", updated_at: "2026-03-01T09:00:00Z", n: 1, ...change,
  };
}

export function aMessage(change: Partial<Message> & { text?: string } = {}): Message {
  const { text = "Hello", ...rest } = change;
  return { id: "m1", author: { kind: "contact", id: "k1", name: "Amelia" }, kind: "inbound", parts: [{ type: "text", text }], at: "2026-03-01T09:00:00Z", delivery: null, key: null, n: 2, ...rest };
}

export function aDetail(change: Partial<ConversationDetail> = {}): ConversationDetail {
  return {
    summary: aSummary(), contact: { id: "k1", name: "Amelia", language: "en", points: [], attributes: {}, created_at: "2026-01-01T00:00:00Z" },
    messages: [], events: [], earlier: [], handoff: null, errand: null, why: null, position: 1,
    participants: [], links: [], rearrangements: [], can: { copies: false, participants: false, threads: false, rearrange: false },
    context: {}, public: false, unreachable_since: null, ratings: [], ...change,
  };
}

export function aSession(change: Partial<Session> = {}): Session {
  const kind = (anonymous: boolean, threads: boolean) => ({ anonymous, starts: true, threads, weight: 1, interruptible: threads });
  const agent = { id: "me", name: "Me", email: "me@shop.example", roles: [], language: "en", presence: "available" as const, presence_reason: null, capacity: 300, load: 0, presence_since: null, presence_by: null };
  return {
    agent, csrf: "", brand: "", permissions: ["answer"], position: 0, wrap_ups: [], engines: ["rasa", "scripted"],
    kinds: { widget: kind(true, false), email: kind(false, true), telegram: kind(false, false), kiosk: kind(true, false) }, ...change,
  };
}

/** A bot as every inbox has it until somebody says otherwise. */
export function aProfile(given: Partial<BotProfile> = {}): BotProfile {
  return { engine: null, persona: "", languages: [], caution: "usual", ...given };
}
