/** The live protocol of visitors as it travels: JSON text frames, tagged by `type` (channels/live/protocol.py). */

export type Text = { type: "text"; text: string };
export type Media = { type: "image" | "file"; url: string; name: string; size: number; media_type: string };
export type Buttons = { type: "buttons"; options: { id: string; label: string }[] };
export type Article = { type: "article"; article: string; title: string; excerpt: string; url: string | null };
export type Chosen = { type: "choice"; message: string; option: string; label: string };
export type Part = Text | Media | Buttons | Article | Chosen;

export type AuthorKind = "contact" | "bot" | "agent" | "system";
export type Author = { kind: AuthorKind; name: string | null };

export type Message = {
  id: string;
  author: Author;
  parts: Part[];
  at: string;
  delivery: string | null;
  /** The sender's own key, only on what this visitor sent. */
  key: string | null;
};

export type Fact =
  | { kind: "message"; message: Message }
  | { kind: "joined"; name: string }
  | { kind: "left"; handler: string }
  | { kind: "status"; status: string }
  | { kind: "handler"; handler: string }
  | { kind: "delivery"; message: string; state: string }
  | { kind: "rated"; score: number };

export type EventFrame = { type: "event"; conversation: string; n: number; at: string; event: Fact };

/** Asked before the first message; `options` of a choice. */
export type Question = { key: string; label: string; kind: string; required: boolean; options?: string[] };

/** What the inbox offers beside talking; an older server says nothing of it. */
export type Offers = { rating?: boolean; articles?: boolean; mail?: boolean; prove?: string[] };

export type Inbox = {
  name: string;
  brand: { color: string | null; position: string | null };
  greeting: string;
  languages: string[];
  questions?: Question[];
  offers?: Offers;
};

/** What the page says, by key, in `language`. */
export type Texts = { language: string; direction: "ltr" | "rtl"; words: Readonly<Record<string, string>> };

/** Whether people are there (null: nobody knows), when they are next, and how long one waits for one. */
export type Service = { open: boolean | null; opens_at: string | null; expected_wait_s: number | null };

/** A visitor who is proven to be somebody. */
export type User = { name: string | null; proven: string[] };

export type Conversation = {
  id: string;
  n: number;
  after: number;
  status: string;
  handler: string;
  agent: string | null;
  read?: number;
  rating?: number | null;
};

export type Limits = { text_bytes: number; upload_bytes: number; uploads: number };

export type Welcome = {
  type: "welcome";
  session: string;
  resumed: boolean;
  inbox: Inbox;
  /** `n` is its newest number; the events that follow begin after `after`, which is not what was asked when that was too old. */
  conversation: Conversation | null;
  limits: Limits;
  heartbeat_s: number;
  service?: Service;
  user?: User | null;
};

export type Stored = { type: "stored"; key: string; message: string; conversation: string; n: number };
export type Typing = { type: "typing"; who: string; on: boolean };
export type Read = { type: "read"; conversation: string; n: number };
/** `position` null: it does not wait any more. */
export type Waiting = {
  type: "waiting";
  conversation: string;
  position: number | null;
  expected_wait_s: number | null;
};
export type Proving = { type: "proving"; proof: string; kind: string; link: string | null; expires_in_s: number };
export type Proven = { type: "proven"; proof: string; kind: string; address: string };
export type ErrorFrame = {
  type: "error";
  code: string;
  field: string | null;
  expected: string;
  key: string | null;
  retry_after_s?: number | null;
};

export type ServerFrame =
  | Welcome
  | EventFrame
  | Stored
  | Typing
  | Read
  | Waiting
  | Proving
  | Proven
  | ErrorFrame
  | { type: "reload" }
  | { type: "pong" };

export type Choice = { message: string; option: string };
/** Answers to the questions before a chat, by their keys. */
export type Details = Readonly<Record<string, string>>;

export type ClientFrame =
  | {
      type: "hello";
      session: string | null;
      identity: string | null;
      language: string;
      conversation: string | null;
      n: number;
      page: { url: string; title: string } | null;
    }
  | { type: "message"; key: string; text: string; uploads: string[]; choice: Choice | null; details?: Details }
  | { type: "typing"; on: boolean }
  | { type: "read"; n: number }
  | { type: "rate"; score: number; comment: string }
  | { type: "prove"; kind: string; address: string | null }
  | { type: "code"; proof: string; code: string }
  | { type: "ping" };

/** The frame in `data`, or null for what is not one of ours: an old page must survive a newer server. */
export function decode(data: unknown): ServerFrame | null {
  if (typeof data !== "string") return null;
  try {
    const frame: unknown = JSON.parse(data);
    return typeof frame === "object" && frame !== null && "type" in frame ? (frame as ServerFrame) : null;
  } catch {
    return null;
  }
}
