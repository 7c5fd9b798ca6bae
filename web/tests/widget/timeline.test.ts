/** Events are applied in their order, once each, and a missing one is noticed. */
import { describe, expect, it } from "vitest";
import { apply, fromOthers, nothing } from "../../src/widget/model/timeline";
import type { Timeline, Verdict } from "../../src/widget/model/timeline";
import type { EventFrame } from "../../src/widget/model/protocol";
import { anEvent, said } from "./builders";

function after(frames: EventFrame[], seen: Timeline = nothing): [Timeline, Verdict[]] {
  const verdicts: Verdict[] = [];
  for (const frame of frames) {
    const [next, verdict] = apply(seen, frame);
    seen = next;
    verdicts.push(verdict);
  }
  return [seen, verdicts];
}

describe("a timeline", () => {
  it("takes events in their order", () => {
    const [seen, verdicts] = after([said(1), said(2), said(3)]);
    expect(verdicts).toEqual(["applied", "applied", "applied"]);
    expect(seen.entries.map((entry) => entry.id)).toEqual(["c1-m1", "c1-m2", "c1-m3"]);
    expect(seen.n).toBe(3);
  });

  it("leaves out what it has seen", () => {
    const [seen, verdicts] = after([said(1), said(2), said(1), said(2)]);
    expect(verdicts.slice(2)).toEqual(["old", "old"]);
    expect(seen.entries).toHaveLength(2);
  });

  it("notices a gap and waits for what is missing", () => {
    const [seen, verdicts] = after([said(1), said(3), said(2), said(3)]);
    expect(verdicts).toEqual(["applied", "gap", "applied", "applied"]);
    expect(seen.entries.map((entry) => entry.id)).toEqual(["c1-m1", "c1-m2", "c1-m3"]);
  });

  it("takes what comes first after a welcome, whatever its number, so that it never asks for ever", () => {
    const [seen] = after([said(1)]);
    expect(apply(seen, said(4), true)).toMatchObject([{ n: 4 }, "applied"]);
    expect(apply(seen, said(1), true)[1]).toBe("old");
  });

  it("begins a new conversation at its first event and keeps the old one in sight", () => {
    const [seen, verdicts] = after([said(1), said(1, {}, "c2"), said(2, {}, "c2")]);
    expect(verdicts).toEqual(["applied", "applied", "applied"]);
    expect([seen.conversation, seen.n]).toEqual(["c2", 2]);
    expect(seen.entries).toHaveLength(3);
  });

  it("takes the middle of an unknown conversation for a gap", () => {
    expect(after([said(1), said(4, {}, "c2")])[1]).toEqual(["applied", "gap"]);
  });

  it("knows who answers", () => {
    const handler = anEvent(1, { kind: "handler", handler: "bot" });
    const [joined] = after([handler, anEvent(2, { kind: "joined", name: "Mei" })]);
    expect([joined.handler, joined.agent]).toEqual(["agent", "Mei"]);
    const [left] = after([anEvent(3, { kind: "left", handler: "queue" })], joined);
    expect([left.handler, left.agent]).toEqual(["queue", null]);
  });

  it("says once that a conversation is over", () => {
    const over = (n: number, status: string): EventFrame => anEvent(n, { kind: "status", status });
    const [seen] = after([over(1, "resolved"), over(2, "closed")]);
    expect(seen.entries.map((entry) => entry.kind)).toEqual(["closed"]);
    expect(seen.status).toBe("closed");
  });

  it("says nothing of a colleague who leaves what is over", () => {
    const over = anEvent(1, { kind: "status", status: "resolved" });
    const [seen] = after([over, anEvent(2, { kind: "left", handler: "nobody" })]);
    expect(seen.entries.map((entry) => entry.kind)).toEqual(["closed"]);
    expect([seen.n, seen.handler, seen.agent]).toEqual([2, "nobody", null]);
  });

  it("moves the delivery of the message that is meant", () => {
    const [seen] = after([
      said(1, { id: "a" }),
      said(2, { id: "b" }),
      anEvent(3, { kind: "delivery", message: "a", state: "read" }),
    ]);
    const states = seen.entries.map((entry) => entry.kind === "message" && entry.message.delivery);
    expect(states).toEqual(["read", null]);
  });

  it("counts an event of a kind that it does not know", () => {
    const strange = anEvent(1, { kind: "sparkle" } as never);
    const [seen, verdicts] = after([strange, said(2)]);
    expect(verdicts).toEqual(["applied", "applied"]);
    expect(seen.entries).toHaveLength(1);
  });

  it("counts as unread what others said", () => {
    expect(fromOthers(said(1))).toBe(true);
    expect(fromOthers(said(1, { author: { kind: "contact", name: null } }))).toBe(false);
    expect(fromOthers(anEvent(1, { kind: "left", handler: "queue" }))).toBe(false);
  });
});
