/** Planning: half hours as people type them, and the scale of a chart. */
import { describe, expect, it } from "vitest";
import { readArrivals } from "../../src/console/planning/arrivals.ts";
import { ticks } from "../../src/console/planning/bars.tsx";

describe("conversations in each half hour", () => {
  it("are read however they are separated", () => {
    expect(readArrivals(" 12, 15;30\t4.5\n7，8 ")).toEqual({ arrivals: [12, 15, 30, 4.5, 7, 8], wrong: null });
  });

  it("say which of them is no number", () => {
    expect(readArrivals("12 abc 5")).toEqual({ arrivals: [], wrong: "abc" });
    expect(readArrivals("12 -5").wrong).toBe("-5");
  });

  it("may be none at all", () => {
    expect(readArrivals("  ")).toEqual({ arrivals: [], wrong: null });
  });
});

describe("the scale of a chart", () => {
  it("reaches over the largest value in a few even steps", () => {
    expect(ticks(9)).toEqual([0, 5, 10]);
    expect(ticks(37)).toEqual([0, 10, 20, 30, 40]);
    expect(ticks(3)).toEqual([0, 1, 2, 3]);
    expect(ticks(0)).toEqual([0]);
  });
});
