/** Lists follow what changes: things come, go and move as the filter says. */
import { describe, expect, it } from "vitest";
import { belongs, merge, type ListFilter } from "../../src/console/data/listing.ts";
import { aSummary } from "./builders.ts";

const mine: ListFilter = { list: "mine", status: ["open"], queue: null, q: "", me: "me" };
const queue: ListFilter = { ...mine, list: "queue" };

describe("what belongs in a list", () => {
  it("mine holds what is assigned to me", () => {
    expect(belongs(aSummary(), mine)).toBe(true);
    expect(belongs(aSummary({ handler: { kind: "agent", id: "other", name: "Other" } }), mine)).toBe(false);
  });

  it("the queue holds what waits, in one queue if asked", () => {
    const waiting = aSummary({ handler: { kind: "queue", id: "q1", name: "Orders" } });
    expect(belongs(waiting, queue)).toBe(true);
    expect(belongs(waiting, { ...queue, queue: "q2" })).toBe(false);
  });

  it("other statuses stay outside", () => {
    expect(belongs(aSummary({ status: { state: "resolved", until: null } }), mine)).toBe(false);
  });
});

describe("a list after a change", () => {
  const first = aSummary({ id: "a", updated_at: "2026-03-01T10:00:00Z" });
  const second = aSummary({ id: "b", updated_at: "2026-03-01T09:00:00Z" });

  it("moves what has news to the top", () => {
    const news = { ...second, updated_at: "2026-03-01T11:00:00Z" };
    expect(merge([first, second], [news], mine).map((item) => item.id)).toEqual(["b", "a"]);
  });

  it("gains what now belongs and loses what no longer does", () => {
    const taken = aSummary({ id: "c", updated_at: "2026-03-01T12:00:00Z" });
    const gone = { ...first, status: { state: "resolved" as const, until: null } };
    expect(merge([first, second], [taken, gone], mine).map((item) => item.id)).toEqual(["c", "b"]);
  });

  it("keeps the open conversation under the eyes of who reads it", () => {
    const gone = { ...first, status: { state: "resolved" as const, until: null } };
    expect(merge([first], [gone], mine, "a")).toEqual([gone]);
  });

  it("adds nothing to the results of a search", () => {
    expect(merge([first], [aSummary({ id: "c" })], { ...mine, q: "parcel" })).toEqual([first]);
  });
});
