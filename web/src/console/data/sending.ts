/** Replies on their way: sent with a key of ours until the server has them, over lost connections and reloads. */
import { computed, effect, signal, untracked } from "@preact/signals";
import type { Message } from "../../wire.ts";
import { ApiError, api } from "./api.ts";
import { takeInserted } from "./inserted.ts";
import { keep, kept } from "./keep.ts";
import { backoff } from "./resume.ts";
import { me } from "./session.ts";
import type { Outgoing } from "./thread.ts";

export const outgoing = signal<Outgoing[]>([]);

const ATTEMPTS = 8;
type Stored = (conversation: string, message: Message) => void;
let onStored: Stored = () => undefined;

export function settle(key: string | null): void {
  if (key && outgoing.value.some((each) => each.key === key)) outgoing.value = outgoing.value.filter((each) => each.key !== key);
}

function update(key: string, change: Partial<Outgoing>): void {
  outgoing.value = outgoing.value.map((each) => (each.key === key ? { ...each, ...change } : each));
}

/** Sends with the same key until the server has it: the key makes a repeat harmless. */
async function push(item: Outgoing, attempt = 0): Promise<void> {
  const { key, kind, text, uploads, copies = null, insertions = [] } = item;
  try {
    const stored = await api.post<Message>(`/api/conversations/${item.conversation}/messages`, { key, kind, text, uploads: uploads.map((each) => each.id), ...(copies ? { copies } : {}), ...(insertions.length ? { insertions } : {}) });
    onStored(item.conversation, stored);
    settle(key);
  } catch (error) {
    if (error instanceof ApiError && error.passing && attempt < ATTEMPTS) {
      setTimeout(() => void push(item, attempt + 1), backoff(attempt, Math.random()));
      return;
    }
    update(key, { state: "failed", error: error instanceof ApiError ? error.code : "unknown" });
  }
}

export function send(conversation: string, kind: "reply" | "note", text: string, uploads: Outgoing["uploads"], copies: string[] | null = null): void {
  const insertions = kind === "reply" ? takeInserted(conversation) : [];
  const item: Outgoing = { key: crypto.randomUUID(), conversation, kind, text, uploads, at: new Date().toISOString(), state: "sending", error: null, copies, insertions };
  outgoing.value = [...outgoing.value, item];
  void push(item);
}

export function sendAgain(key: string): void {
  const item = outgoing.value.find((each) => each.key === key);
  if (!item) return;
  update(key, { state: "sending", error: null });
  void push(item);
}

/** What was on its way when the page was left goes on its way again; what had failed waits for a decision. */
function takeUp(agent: string): void {
  try {
    outgoing.value = JSON.parse(kept(`outgoing.${agent}`) ?? "[]") as Outgoing[];
  } catch {
    outgoing.value = [];
  }
  for (const item of outgoing.value) if (item.state === "sending") void push(item);
}

export function followSending(then: Stored): void {
  onStored = then;
  const agent = computed(() => me.value?.id ?? null);
  effect(() => {
    const id = agent.value;
    if (id) untracked(() => takeUp(id));
  });
  effect(() => {
    const items = outgoing.value;
    const id = agent.peek();
    if (id) keep(`outgoing.${id}`, items.length ? JSON.stringify(items) : null);
  });
}
