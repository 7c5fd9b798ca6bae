/** The live stream takes every event once and in order, and waits longer after each failure. */
import { describe, expect, it } from "vitest";
import { Topics, backoff } from "../../src/console/data/resume.ts";

describe("a followed topic", () => {
  it("takes the next event and remembers it", () => {
    const topics = new Topics();
    topics.subscribe("conversation:a", 4);
    expect(topics.take("conversation:a", 5)).toBe("next");
    expect(topics.last("conversation:a")).toBe(5);
  });

  it("does not take an event twice", () => {
    const topics = new Topics();
    topics.subscribe("t", 4);
    topics.take("t", 5);
    expect(topics.take("t", 5)).toBe("repeat");
    expect(topics.take("t", 3)).toBe("repeat");
  });

  it("asks again when one is missing, from the last it has", () => {
    const topics = new Topics();
    topics.subscribe("t", 4);
    expect(topics.take("t", 7)).toBe("gap");
    expect(topics.last("t")).toBe(4);
    expect(topics.take("t", 5)).toBe("next");
  });

  it("goes on when what is missing does not come even then", () => {
    const topics = new Topics();
    topics.subscribe("t", 4);
    expect(topics.take("t", 7)).toBe("gap");
    expect(topics.take("t", 7)).toBe("next");
    expect(topics.last("t")).toBe(7);
  });

  it("ignores events of topics that nobody follows any more", () => {
    const topics = new Topics();
    topics.subscribe("t", 1);
    topics.unsubscribe("t");
    expect(topics.take("t", 2)).toBe("repeat");
    expect(topics.all()).toEqual([]);
  });
});

describe("waiting before the next attempt", () => {
  it("doubles up to a bound", () => {
    const waits = [0, 1, 2, 3, 10, 50].map((attempt) => backoff(attempt, 0.999_999));
    expect(waits).toEqual([500, 1000, 2000, 4000, 15_000, 15_000]);
  });

  it("leaves half of it to chance, so that not all come back at once", () => {
    expect(backoff(3, 0)).toBe(2000);
    expect(backoff(3, 0.5)).toBe(3000);
  });
});
