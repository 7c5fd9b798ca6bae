// @vitest-environment happy-dom
/** How clusters of unanswered questions are put into figures and lines. */
import { describe, expect, it } from "vitest";
import { points, trend } from "../../src/console/knowledge/gap-data.ts";

describe("the trend of a cluster", () => {
  it("compares this period with the last one, and needs something to compare", () => {
    expect(trend({ size: 0, before: 0 })).toBeNull();
    expect(trend({ size: 3, before: 0 })).toBe("new");
    expect(trend({ size: 13, before: 10 })).toBe("up");
    expect(trend({ size: 7, before: 10 })).toBe("down");
    expect(trend({ size: 11, before: 10 })).toBe("even");
  });
});

describe("the line of a cluster", () => {
  it("goes from edge to edge, highest where most was asked", () => {
    expect(points([0, 2, 1], 10, 20)).toBe("0.0,20.0 5.0,0.0 10.0,10.0");
  });

  it("lies flat where nothing was asked, and bears a single step", () => {
    expect(points([0, 0], 10, 20)).toBe("0.0,20.0 10.0,20.0");
    expect(points([4], 10, 20)).toBe("0.0,0.0");
  });
});
