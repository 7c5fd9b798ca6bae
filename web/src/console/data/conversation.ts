/** The conversation that is open: its detail, live; who types and looks on; replies on their way. */
import { batch, computed, signal } from "@preact/signals";
import type { ConversationDetail, ConversationSummary, Message, ServerFrame, Viewer } from "../../wire.ts";
import { ApiError, api } from "./api.ts";
import { changed, openId } from "./lists.ts";
import { live } from "./live.ts";
import { backoff } from "./resume.ts";
import { onLeave } from "./session.ts";
import { apply, type Outgoing } from "./thread.ts";

export const detail = signal<ConversationDetail | null>(null);
export const problem = signal<ApiError | null>(null);
export const typing = signal<{ who: string; name: string | null } | null>(null);
export const viewers = signal<Viewer[]>([]);
export const outgoing = signal<Outgoing[]>([]);
/** The newest message from somebody else, for screen readers and for scrolling. */
export const newest = signal<Message | null>(null);
export const summary = computed(() => detail.value?.summary ?? null);

const TYPING_LASTS = 6000;
const ATTEMPTS = 6;
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

function showTyping(frame: Extract<ServerFrame, { type: "typing" }>): void {
  clearTimeout(typingEnds);
  typing.value = frame.on ? { who: frame.who, name: frame.name } : null;
  if (frame.on) typingEnds = setTimeout(() => (typing.value = null), TYPING_LASTS);
}

function receive(frame: ServerFrame): void {
  const current = detail.value;
  if (frame.type === "reload" && wanted && frame.topic === topic(wanted)) void fetchDetail(wanted);
  if (!current) return;
  const id = current.summary.id;
  if (frame.type === "event" && frame.topic === topic(id)) {
    batch(() => {
      detail.value = apply(current, frame.n, frame.at, frame.event);
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

function settle(key: string | null): void {
  if (key) outgoing.value = outgoing.value.filter((each) => each.key !== key);
}

function update(key: string, change: Partial<Outgoing>): void {
  outgoing.value = outgoing.value.map((each) => (each.key === key ? { ...each, ...change } : each));
}

/** Sends with the same key until the server has it: the key makes a repeat harmless. */
async function push(item: Outgoing, attempt = 0): Promise<void> {
  try {
    const { key, kind, text, uploads } = item;
    const stored = await api.post<Message>(`/api/conversations/${item.conversation}/messages`, {
      key, kind, text, uploads: uploads.map((each) => each.id),
    });
    batch(() => {
      const current = detail.value;
      if (current?.summary.id === item.conversation && !current.messages.some((each) => each.id === stored.id)) {
        detail.value = { ...current, messages: [...current.messages, stored] };
      }
      settle(key);
    });
  } catch (error) {
    const fault = error as ApiError;
    if (fault.passing && attempt < ATTEMPTS) {
      setTimeout(() => void push(item, attempt + 1), backoff(attempt, Math.random()));
      return;
    }
    update(item.key, { state: "failed", error: fault.code });
  }
}

export function send(conversation: string, kind: "reply" | "note", text: string, uploads: Outgoing["uploads"]): void {
  const item: Outgoing = { key: crypto.randomUUID(), conversation, kind, text, uploads, at: new Date().toISOString(), state: "sending", error: null };
  outgoing.value = [...outgoing.value, item];
  void push(item);
}

export function sendAgain(key: string): void {
  const item = outgoing.value.find((each) => each.key === key);
  if (!item) return;
  update(key, { state: "sending", error: null });
  void push(item);
}

export function discard(key: string): void {
  settle(key);
}

export function followConversation(): void {
  live.on(receive);
  onLeave(() => open(null));
}
