/** What the visitor wrote and the server has not yet stored: kept until it has, sent again under the same key. */
import type { Choice, ClientFrame, Details, Media, Message, Part } from "./protocol";

/** Stored already, as it will look in its message. */
export type Upload = { id: string; media: Media };

export type Unsent = {
  key: string;
  at: string;
  /** Of a pressed button its label, so that it can be shown at once. */
  text: string;
  uploads: Upload[];
  choice: Choice | null;
};

export type Pending = Unsent & {
  state: "waiting" | "stored" | "refused";
  /** The error's code when refused. */
  error: string | null;
};

export type Outbox = readonly Pending[];

/** Errors that pass by themselves: the message is sent again, not refused. */
export const PASSING: readonly string[] = ["rate", "unavailable"];

export const empty: Outbox = [];

export function waiting(unsent: Unsent): Pending {
  return { ...unsent, state: "waiting", error: null };
}

export function add(outbox: Outbox, unsent: Unsent): Outbox {
  return has(outbox, unsent.key) ? outbox : [...outbox, waiting(unsent)];
}

export function has(outbox: Outbox, key: string): boolean {
  return outbox.some((pending) => pending.key === key);
}

/** The server has it: it stays on the screen until its event comes, but is not sent again. */
export function stored(outbox: Outbox, key: string): Outbox {
  return outbox.map((pending) => (pending.key === key ? { ...pending, state: "stored" } : pending));
}

/** The server will never take it: shown with the reason, sent again only when the visitor says so. */
export function refused(outbox: Outbox, key: string, error: string): Outbox {
  return outbox.map((pending) => (pending.key === key ? { ...pending, state: "refused", error } : pending));
}

export function retried(outbox: Outbox, key: string): Outbox {
  return outbox.map((pending) => (pending.key === key ? waiting(pending) : pending));
}

export function without(outbox: Outbox, key: string): Outbox {
  return outbox.filter((pending) => pending.key !== key);
}

export function frames(outbox: Outbox, details: Details | null): ClientFrame[] {
  return outbox.filter((pending) => pending.state === "waiting").map((pending) => frame(pending, details));
}

/** `details`: what was answered before the conversation, as long as it has not arrived. */
export function frame(unsent: Unsent, details: Details | null): ClientFrame {
  const { key, text, choice } = unsent;
  const bare: ClientFrame = { type: "message", key, text, uploads: unsent.uploads.map((upload) => upload.id), choice };
  return details ? { ...bare, details } : bare;
}

/** As a message, so that the page draws what waits like what is stored. */
export function asMessage(pending: Pending): Message {
  const { text, choice } = pending;
  const said: Part[] = text ? [{ type: "text", text }] : [];
  if (choice) said[0] = { type: "choice", ...choice, label: text };
  return {
    id: pending.key,
    key: pending.key,
    at: pending.at,
    author: { kind: "contact", name: null },
    parts: [...said, ...pending.uploads.map((upload) => upload.media)],
    delivery: pending.state,
  };
}

/** Sorts by time of writing, so that what waited is sent in order. */
let count = 0;
export function freshKey(): string {
  count += 1;
  const random = crypto.getRandomValues(new Uint32Array(2));
  const time = Date.now().toString(36).padStart(9, "0");
  return `${time}-${count.toString(36).padStart(4, "0")}-${[...random].map((word) => word.toString(36)).join("")}`;
}
