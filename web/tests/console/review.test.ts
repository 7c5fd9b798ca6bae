/** The review of an article: what a comparison shows, which revisions it begins with, and how far a text has come. */
import { describe, expect, it } from "vitest";
import type { ComparedLine, Review } from "../../src/wire.ts";
import { chosen, folded, kindOf } from "../../src/console/articles/review/reading.ts";
import { endBefore, momentOf, reached, scheduling, shownStage } from "../../src/console/articles/review/words.ts";

function line(change: ComparedLine["change"]): ComparedLine {
  return { change, old: null, new: null };
}

const review = { revision: 4, shown: 2, stage: "in_review", archived: false } as Review;

describe("a comparison", () => {
  it("shows what changed with two lines around it, and a sign for what is left out", () => {
    const lines = [...Array.from({ length: 6 }, () => line("equal")), line("replaced"), ...Array.from({ length: 6 }, () => line("equal"))];
    expect(folded(lines, false).map((each) => each?.change ?? "…")).toEqual(["…", "equal", "equal", "replaced", "equal", "equal", "…"]);
    expect(folded(lines, true)).toHaveLength(13);
    expect(folded([line("deleted")], false)).toHaveLength(1);
  });

  it("begins with what readers see, else with the revision before, and goes by the address", () => {
    expect(chosen(review, new URLSearchParams())).toEqual([2, 4]);
    expect(chosen({ ...review, shown: null }, new URLSearchParams())).toEqual([3, 4]);
    expect(chosen({ ...review, shown: 4 }, new URLSearchParams())).toEqual([3, 4]);
    expect(chosen(review, new URLSearchParams("from=1&to=3"))).toEqual([1, 3]);
    expect(chosen(review, new URLSearchParams("from=x&to=-1"))).toEqual([2, 4]);
  });
});

describe("where a text stands", () => {
  it("is published when its newest revision is, and archived whatever else", () => {
    expect(shownStage(review)).toBe("in_review");
    expect(shownStage({ ...review, shown: 4 })).toBe("published");
    expect(shownStage({ ...review, archived: true })).toBe("archived");
    expect(["draft", "changes_requested", "scheduled", "published"].map((each) => reached(each as "draft"))).toEqual([0, 1, 2, 3]);
  });

  it("reads the kind of a line from its first signs", () => {
    expect(["# A", "- a", "2. b", "> c", "", "text"].map(kindOf)).toEqual(["heading", "item", "item", "quote", "empty", "plain"]);
  });

  it("takes a local time as the moment it is here, and nothing as none", () => {
    expect(momentOf("2026-05-01T09:00")).toBe(new Date(2026, 4, 1, 9).toISOString());
    expect([momentOf(""), momentOf("soon")]).toEqual([null, null]);
  });
});

describe("a schedule", () => {
  it("names an end only where somebody chose or cleared one", () => {
    expect(scheduling(3, "2026-05-01T09:00", undefined, "")).not.toHaveProperty("unpublish_at");
    expect(scheduling(3, "2026-05-01T09:00", "", "")).toMatchObject({ version: 3, unpublish_at: null });
    expect(scheduling(3, "2026-05-01T09:00", "2026-05-02T09:00", "").unpublish_at).toBe(momentOf("2026-05-02T09:00"));
  });

  it("tells of an end that comes before it", () => {
    const now = { ...review, publish_at: null, unpublish_at: "2026-05-01T00:00:00Z", gap_from: null } as Review;
    expect(endBefore(now, "2026-05-03T09:00")).toBe(now.unpublish_at);
    expect(endBefore(now, "2026-04-28T09:00")).toBeNull();
    expect(endBefore({ ...now, shown: null }, "2026-05-03T09:00")).toBeNull();
    const scheduled = { ...now, publish_at: "2026-05-02T00:00:00Z", gap_from: "2026-05-01T06:00:00Z" };
    expect(endBefore(scheduled, "2026-05-03T09:00")).toBe("2026-05-01T06:00:00Z");
    expect(endBefore({ ...scheduled, gap_from: null }, "2026-05-03T09:00")).toBeNull();
  });
});
