/** A day's hours that make no sense are found as they are typed, and a week is told in a few words. */
import { describe, expect, it } from "vitest";
import { nextSpan, problemOf, weekText, type Day } from "../../src/console/admin/week-words.ts";

describe("a day's hours", () => {
  it("are right in any order, touching, up to midnight, or while one is being typed", () => {
    const right: Day[] = [[], [["13:00", "17:00"], ["09:00", "12:00"]], [["09:00", "12:00"], ["12:00", "17:00"]], [["22:00", "24:00"], ["00:00", "06:00"]], [["09:00", ""]]];
    expect(right.map(problemOf)).toEqual(right.map(() => null));
  });

  it("are wrong when they end before they start, or overlap", () => {
    expect(problemOf([["09:00", "12:00"], ["22:00", "06:00"]])).toEqual({ code: "reversed", one: "22:00–06:00", other: "" });
    expect(problemOf([["09:00", "09:00"]])?.code).toBe("reversed");
    expect(problemOf([["16:40", "18:20"], ["09:00", "17:00"]])).toEqual({ code: "overlap", one: "09:00–17:00", other: "16:40–18:20" });
  });

  it("go on after the last ones", () => {
    expect([nextSpan([]), nextSpan([["09:00", "12:00"]])]).toEqual([["09:00", "17:00"], ["12:00", "22:00"]]);
  });
});

describe("a week", () => {
  it("draws equal days together", () => {
    const day: Day = [["09:00", "12:00"], ["13:00", "17:00"]];
    expect(weekText([day, day, day, [], day, [], []], (at) => "MTWTFSS"[at]!)).toEqual(["M–W 09:00–12:00, 13:00–17:00", "F 09:00–12:00, 13:00–17:00"]);
  });
});
