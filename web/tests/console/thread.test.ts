/** A conversation follows its events, and is laid out in days and groups. */
import { describe, expect, it } from "vitest";
import { answeredSinceQueued, apply, lastQuestion, layOut, type Outgoing } from "../../src/console/data/thread.ts";
import { aDetail, aMessage } from "./builders.ts";
import { anEnvelope } from "./mail/builders.ts";

const AT = "2026-03-01T09:00:00Z";
const outgoing: Outgoing = { key: "k", conversation: "c1", kind: "reply", text: "Hi", uploads: [], at: AT, state: "sending", error: null };
const kinds = (entries: ReturnType<typeof layOut>): string[] => entries.map((entry) => entry.type);

describe("an event", () => {
  it("adds a message once, however often it comes", () => {
    const once = apply(aDetail(), 2, AT, { kind: "message", message: aMessage() });
    const twice = apply(once, 3, AT, { kind: "message", message: aMessage({ text: "Hello!" }) });
    expect(twice.messages).toHaveLength(1);
    expect(twice.position).toBe(3);
  });

  it("learns with the delivery who got a reply", () => {
    const detail = aDetail({ messages: [aMessage({ delivery: { state: "queued", reason: null } })] });
    const envelope = anEnvelope({ copies: [{ address: "ben@mail.example", name: null }] });
    const sending = apply(detail, 5, AT, { kind: "delivery", message: "m1", state: "sending", reason: null, envelope });
    expect(sending.messages[0]!.envelope).toEqual(envelope);
    expect(apply(sending, 6, AT, { kind: "delivery", message: "m1", state: "sent", reason: null }).messages[0]!.envelope).toEqual(envelope);
  });

  it("moves a delivery on", () => {
    const detail = aDetail({ messages: [aMessage({ delivery: { state: "queued", reason: null } })] });
    const after = apply(detail, 5, AT, { kind: "delivery", message: "m1", state: "failed", reason: "mailbox full" });
    expect(after.messages[0]!.delivery).toEqual({ state: "failed", reason: "mailbox full" });
  });

  it("that nobody needs to read only moves the position", () => {
    const after = apply(aDetail(), 9, AT, { kind: "read", visible_n: 4 });
    expect(after).toEqual(aDetail({ position: 9 }));
  });
});

describe("the layout", () => {
  it("puts a line before each day", () => {
    const messages = [aMessage({ id: "1", at: "2026-03-01T12:00:00Z" }), aMessage({ id: "2", at: "2026-03-03T12:00:00Z", n: 3 })];
    expect(kinds(layOut(aDetail({ messages }), []))).toEqual(["day", "message", "day", "message"]);
  });

  it("groups what one person says in one go", () => {
    const messages = [aMessage({ id: "1", at: "2026-03-01T12:00:00Z" }), aMessage({ id: "2", at: "2026-03-01T12:01:00Z", n: 3 }), aMessage({ id: "3", at: "2026-03-01T12:30:00Z", n: 4 })];
    const shown = layOut(aDetail({ messages }), []).flatMap((entry) => (entry.type === "message" ? [[entry.first, entry.last]] : []));
    expect(shown).toEqual([[true, false], [false, true], [true, true]]);
  });

  it("shows what is on its way last, until it is stored", () => {
    expect(kinds(layOut(aDetail(), [outgoing]))).toEqual(["outgoing"]);
    expect(kinds(layOut(aDetail({ messages: [aMessage({ key: "k" })] }), [outgoing]))).toEqual(["day", "message"]);
  });
});

describe("what the bot passed on", () => {
  const events = [{ n: 3, kind: "handler", at: "2026-03-01T12:00:30Z", by: null, facts: { handler: "queue", cause: "handed_off" } }];
  const answer = (n: number) => aMessage({ id: `a${n}`, n, kind: "reply", author: { kind: "agent", id: "me", name: "Me" } });

  it("is read when a person has answered since", () => {
    expect(answeredSinceQueued(aDetail({ events, messages: [answer(2)] }))).toBe(false);
    expect(answeredSinceQueued(aDetail({ events, messages: [answer(4)] }))).toBe(true);
  });
});

describe("the last question", () => {
  it("is the latest thing that the contact said in words", () => {
    const messages = [aMessage({ text: "Where is it?" }), aMessage({ id: "2", author: { kind: "agent", id: "me", name: "Me" }, text: "One moment" })];
    expect(lastQuestion(messages)).toBe("Where is it?");
    expect(lastQuestion([])).toBe("");
  });
});
