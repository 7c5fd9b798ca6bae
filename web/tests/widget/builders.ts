/** Frames and messages with the fields that a test does not care about filled in. */
import type { ErrorFrame, EventFrame, Fact, Message, Part, Welcome } from "../../src/widget/model/protocol";

export function aMessage(change: Partial<Message> = {}): Message {
  const parts: Part[] = [{ type: "text", text: "Hello" }];
  return {
    id: "m1",
    author: { kind: "bot", name: null },
    parts,
    at: "2026-03-02T10:00:00Z",
    delivery: null,
    key: null,
    ...change,
  };
}

export function anEvent(n: number, event: Fact, conversation = "c1"): EventFrame {
  return { type: "event", conversation, n, at: "2026-03-02T10:00:00Z", event };
}

export function said(n: number, change: Partial<Message> = {}, conversation = "c1"): EventFrame {
  return anEvent(n, { kind: "message", message: aMessage({ id: `${conversation}-m${n}`, ...change }) }, conversation);
}

export function anError(change: Partial<ErrorFrame>): ErrorFrame {
  return { type: "error", code: "malformed", field: null, expected: "", key: null, ...change };
}

export function aWelcome(change: Partial<Welcome> = {}): Welcome {
  return {
    type: "welcome",
    session: "v1.visitor.secret",
    resumed: false,
    inbox: { name: "Shop", brand: { color: "#1f6f5c", position: "right" }, greeting: "Hi!", languages: ["en", "zh"] },
    conversation: null,
    limits: { text_bytes: 16_384, upload_bytes: 1_000_000, uploads: 5 },
    heartbeat_s: 25,
    ...change,
  };
}
