/** The conversation that is open: its detail, live; who types and looks on. */
import { batch, computed, signal } from "@preact/signals";
import type { ContactDetail, ConversationDetail, ConversationSummary, LiveEvent, Message, ServerFrame, Viewer } from "../../wire.ts";
import { ApiError, api } from "./api.ts";
import { changed, openId } from "./lists.ts";
import { live } from "./live.ts";
import { followSending, settle } from "./sending.ts";
import { onLeave } from "./session.ts";
import { apply } from "./thread.ts";

export const detail = signal<ConversationDetail | null>(null);
export const problem = signal<ApiError | null>(null);
export const typing = signal<{ who: string; name: string | null } | null>(null);
export const viewers = signal<Viewer[]>([]);
/** The newest message from somebody else, for screen readers and for scrolling. */
export const newest = signal<Message | null>(null);
export const summary = computed(() => detail.value?.summary ?? null);

/** Facts after which the conversation has other messages, people, links or ratings than before. */
const RESHAPED = new Set(["moved_in", "moved_out", "linked", "participants", "contact", "rated", "reach", "errand"]);
const TYPING_LASTS = 6000;
let typingEnds: ReturnType<typeof setTimeout> | undefined;
let wanted: string | null = null;

function topic(id: string): string {
  return `conversation:${id}`;
}

async function fetchDetail(id: string): Promise<void> {
  try {
    const found = await api.get<ConversationDetail>(`/api/conversations/${id}`);
    if (wanted !== id) return;
    batch(() => {
      detail.value = found;
      problem.value = null;
    });
    live.subscribe(topic(id), found.position);
    changed([found.summary]);
  } catch (error) {
    if (wanted === id) problem.value = error as ApiError;
  }
}

export function open(id: string | null): void {
  if (wanted === id) return;
  if (wanted) live.unsubscribe(topic(wanted));
  wanted = id;
  batch(() => {
    openId.value = id;
    detail.value = null;
    problem.value = null;
    typing.value = null;
    viewers.value = [];
    newest.value = null;
  });
  if (id) void fetchDetail(id);
}

export function reopenDetail(): void {
  if (wanted) void fetchDetail(wanted);
}

export function setSummary(next: ConversationSummary): void {
  if (detail.value?.summary.id === next.id) detail.value = { ...detail.value, summary: next };
  changed([next]);
}

/** Who the open conversation is with, after a decision of ours. */
export function setContact(contact: ContactDetail): void {
  if (detail.value?.contact.id === contact.id) detail.value = { ...detail.value, contact };
}

function showTyping(frame: Extract<ServerFrame, { type: "typing" }>): void {
  clearTimeout(typingEnds);
  typing.value = frame.on ? { who: frame.who, name: frame.name } : null;
  if (frame.on) typingEnds = setTimeout(() => (typing.value = null), TYPING_LASTS);
}

/** With what the bot passed on, which no event carries. */
function cameToPeople(event: LiveEvent): boolean {
  return event.kind === "handler" && event.handler === "queue";
}

function receive(frame: ServerFrame): void {
  const current = detail.value;
  if (frame.type === "reload" && wanted && frame.topic === topic(wanted)) void fetchDetail(wanted);
  if (!current) return;
  const id = current.summary.id;
  if (frame.type === "event" && frame.topic === topic(id)) {
    batch(() => {
      detail.value = apply(current, frame.n, frame.at, frame.event);
      if (RESHAPED.has(frame.event.kind) || cameToPeople(frame.event)) void fetchDetail(id);
      if (frame.event.kind !== "message" && frame.event.kind !== "note") return;
      settle(frame.event.message.key);
      newest.value = frame.event.message;
      if (frame.event.message.author.kind === typing.value?.who) typing.value = null;
    });
  } else if (frame.type === "changed") {
    const next = frame.items.find((item) => item.id === id);
    if (next) detail.value = { ...current, summary: next };
  } else if (frame.type === "typing" && frame.conversation === id) showTyping(frame);
  else if (frame.type === "viewing" && frame.conversation === id) viewers.value = frame.agents;
}

/** The server has it, even if its event is still on the way. */
function keepStored(conversation: string, message: Message): void {
  const current = detail.value;
  if (current?.summary.id !== conversation || current.messages.some((each) => each.id === message.id)) return;
  detail.value = { ...current, messages: [...current.messages, message] };
}

export function followConversation(): void {
  live.on(receive);
  followSending(keepStored);
  onLeave(() => open(null));
}
