/** An agent is told once that a target of a conversation of theirs is near. */
import { describe, expect, it } from "vitest";
import { newlyNear } from "../../src/console/data/near.ts";
import { aSummary } from "./builders.ts";

const now = new Date("2026-03-02T09:00:00Z");
const near = (part = {}) => aSummary({ handler: { kind: "agent", id: "ada", name: "Ada" }, due_at: "2026-03-02T09:05:00Z", due_kind: "next", due_near: true, ...part });

describe("warnings", () => {
  it("come once, and again when it was near no more in between", () => {
    const told = new Set<string>();
    const tell = (item: ReturnType<typeof near>): number => newlyNear(told, [item], "ada", now).length;
    expect([near({ due_near: false }), near(), near(), near({ due_near: false }), near()].map(tell)).toEqual([0, 1, 0, 0, 1]);
  });

  it("are for who holds it, while it is open and not late yet", () => {
    const others = [near({ handler: { kind: "agent", id: "bob", name: "Bob" } }), near({ handler: { kind: "queue", id: "q1", name: "General" } }), near({ status: { state: "waiting", until: null } }), near({ due_at: "2026-03-02T08:59:00Z" })];
    expect(others.map((item) => newlyNear(new Set(), [item], "ada", now).length)).toEqual([0, 0, 0, 0]);
  });
});
