/** The live protocol of visitors as it travels: JSON text frames, tagged by `type` (docs/live-protocol.md). */

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
  | { kind: "delivery"; message: string; state: string };

export type EventFrame = { type: "event"; conversation: string; n: number; at: string; event: Fact };

export type Inbox = {
  name: string;
  brand: { color: string | null; position: string | null };
  greeting: string;
  languages: string[];
};

export type Limits = { text_bytes: number; upload_bytes: number; uploads: number };

export type Welcome = {
  type: "welcome";
  session: string;
  resumed: boolean;
  inbox: Inbox;
  /** `n` is its newest number; the events that follow begin after `after`, which is not what was asked when that was too old. */
  conversation: { id: string; n: number; after: number; status: string; handler: string; agent: string | null } | null;
  limits: Limits;
  heartbeat_s: number;
};

export type Stored = { type: "stored"; key: string; message: string; conversation: string; n: number };
export type Typing = { type: "typing"; who: string; on: boolean };
export type ErrorFrame = { type: "error"; code: string; field: string | null; expected: string; key: string | null };

export type ServerFrame = Welcome | EventFrame | Stored | Typing | ErrorFrame | { type: "reload" } | { type: "pong" };

export type Choice = { message: string; option: string };

export type ClientFrame =
  | {
      type: "hello";
      session: string | null;
      language: string;
      conversation: string | null;
      n: number;
      page: { url: string; title: string } | null;
    }
  | { type: "message"; key: string; text: string; uploads: string[]; choice: Choice | null }
  | { type: "typing"; on: boolean }
  | { type: "read"; n: number }
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
