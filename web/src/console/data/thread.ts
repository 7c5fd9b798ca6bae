/** What one conversation looks like after an event, and how its entries are laid out. Pure. */
import type { ConversationDetail, LiveEvent, Message, TimelineEvent } from "../../wire.ts";
import { dayKey } from "./format.ts";

function withMessage(messages: readonly Message[], message: Message): Message[] {
  const at = messages.findIndex((each) => each.id === message.id);
  return at < 0 ? [...messages, message] : messages.with(at, message);
}

/** Facts of a live event as a timeline entry has them. */
function entry(n: number, at: string, event: LiveEvent): TimelineEvent {
  const { kind, by, ...facts } = event as unknown as Record<string, unknown> & { kind: string };
  return { n, kind, at, by: typeof by === "string" ? by : null, facts };
}

/** The conversation after event number `n` of its topic. */
export function apply(detail: ConversationDetail, n: number, at: string, event: LiveEvent): ConversationDetail {
  const position = Math.max(detail.position, n);
  switch (event.kind) {
    case "message":
    case "note":
      return { ...detail, position, messages: withMessage(detail.messages, event.message) };
    case "edited":
      return { ...detail, position, messages: detail.messages.map((each) => (each.id === event.message.id ? event.message : each)) };
    case "reach":
      return { ...detail, position, unreachable_since: event.reachable ? null : at, events: [...detail.events, entry(n, at, event)] };
    case "delivery": {
      const delivery = { state: event.state, reason: event.reason ?? null };
      const messages = detail.messages.map((each) => (each.id === event.message ? { ...each, delivery, envelope: event.envelope ?? each.envelope ?? null } : each));
      return { ...detail, position, messages, events: event.by ? [...detail.events, entry(n, at, event)] : detail.events };
    }
    case "started":
    case "status":
    case "handler":
    case "target_missed":
    case "target_near":
    case "moved_in":
    case "linked":
    case "participants":
    case "rated":
    case "contact":
    case "errand":
      return { ...detail, position, events: [...detail.events, entry(n, at, event)] };
    case "moved_out":
      return { ...detail, position, messages: detail.messages.filter((each) => !event.messages.includes(each.id)), events: [...detail.events, entry(n, at, event)] };
    default:
      return { ...detail, position };
  }
}

export interface Outgoing {
  key: string; conversation: string; kind: "reply" | "note"; text: string;
  uploads: { id: string; name: string; size: number; media_type: string }[];
  at: string; state: "sending" | "failed"; error: string | null;
  /** Who gets a copy: everybody who takes part when null. */
  copies?: string[] | null;
  /** What stands in it from articles. */
  insertions?: string[];
}
export type Entry =
  | { type: "day"; key: string; at: Date }
  | { type: "message"; key: string; message: Message; first: boolean; last: boolean }
  | { type: "outgoing"; key: string; outgoing: Outgoing }
  | { type: "event"; key: string; event: TimelineEvent };

const TOGETHER = 5 * 60_000;
/** Kinds that say nothing a person wants to read between the messages. */
const QUIET = new Set(["read", "message", "note", "bot_answered", "other", "presence", "assigned", "offer", "offer_ended"]);

function sameSpeaker(a: Message | undefined, b: Message): boolean {
  return a !== undefined && a.kind === b.kind && a.author.kind === b.author.kind && a.author.id === b.author.id
    && Date.parse(b.at) - Date.parse(a.at) < TOGETHER && dayKey(new Date(a.at)) === dayKey(new Date(b.at));
}

type Placed = { at: string; n: number } & ({ message: Message } | { event: TimelineEvent });

/** Who rates again changes their mind: of one end of a conversation only the newest rating is shown. */
function withoutRevoked(events: readonly TimelineEvent[]): TimelineEvent[] {
  const follows = (at: number): TimelineEvent | undefined => events.slice(at + 1).find((each) => each.kind === "rated" || each.kind === "status");
  return events.filter((event, at) => event.kind !== "rated" || follows(at)?.kind !== "rated");
}

/** Messages and events in order, with a line for each day, neighbours grouped. */
export function layOut(detail: ConversationDetail, outgoing: readonly Outgoing[]): Entry[] {
  const placed: Placed[] = [
    ...detail.messages.map((message) => ({ at: message.at, n: message.n, message })),
    ...withoutRevoked(detail.events).filter((event) => !QUIET.has(event.kind) && event.facts["handler"] !== "nobody").map((event) => ({ at: event.at, n: event.n, event })),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.n - b.n);
  const entries: Entry[] = [];
  let day = "";
  placed.forEach((each, index) => {
    const key = dayKey(new Date(each.at));
    if (key !== day) entries.push({ type: "day", key: `day-${key}`, at: new Date(each.at) });
    day = key;
    if ("event" in each) {
      entries.push({ type: "event", key: `event-${each.n}-${each.event.kind}`, event: each.event });
      return;
    }
    const before = placed[index - 1];
    const after = placed[index + 1];
    entries.push({
      type: "message", key: each.message.id, message: each.message,
      first: !(before && "message" in before && sameSpeaker(before.message, each.message)),
      last: !(after && "message" in after && sameSpeaker(each.message, after.message)),
    });
  });
  const stored = new Set(detail.messages.map((message) => message.key));
  for (const each of outgoing) if (!stored.has(each.key)) entries.push({ type: "outgoing", key: each.key, outgoing: each });
  return entries;
}

/** Whether a person has answered since it last came to people: what the bot passed on is read then, and in the way. */
export function answeredSinceQueued(detail: ConversationDetail): boolean {
  const last = detail.events.findLast((event) => event.kind === "handler" && event.facts["handler"] === "queue");
  return detail.messages.some((each) => each.kind === "reply" && each.author.kind === "agent" && each.n > (last?.n ?? 0));
}

/** The latest thing the contact said in words: what to search the knowledge base for. */
export function lastQuestion(messages: readonly Message[]): string {
  for (const message of [...messages].reverse()) {
    if (message.author.kind !== "contact") continue;
    const text = message.parts.map((part) => (part.type === "text" ? part.text : "")).join(" ").trim();
    if (text) return text;
  }
  return "";
}
