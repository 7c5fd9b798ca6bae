/** News comes as fast as it likes; what it asks of the server comes one at a time, with pauses, and never misses the last. */
// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { articles, renewArticles } from "../../src/console/articles/store.ts";
import { api } from "../../src/console/data/api.ts";
import { live } from "../../src/console/data/live.ts";
import { paced, type Paced } from "../../src/console/data/paced.ts";
import { follow, ofArticle } from "../../src/console/data/told.ts";
import type { ServerFrame } from "../../src/wire.ts";

const second = (times: number): Promise<unknown> => vi.advanceTimersByTimeAsync(times * 1000);

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("what is fetched for news", () => {
  let state: number;
  let seen: number[];
  let running: number;
  let most: number;
  const load = async (): Promise<void> => {
    most = Math.max(most, ++running);
    const found = state;
    await new Promise((done) => setTimeout(done, 300));
    seen.push(found);
    running -= 1;
  };
  const pour = async (pace: Paced, news: number): Promise<void> => {
    for (let each = 0; each < news; each += 1) {
      state += 1;
      pace.news();
      await second(0.2);
    }
  };
  beforeEach(() => { [state, seen, running, most] = [0, [], 0, 0]; });

  it.each([[0, 16], [0.999, 9]])("comes one at a time with a pause of one to two seconds (chance %d), the last of it always", async (random, fetches) => {
    const pace = paced(load, () => random);
    await pour(pace, 100);
    await second(5);
    expect(most).toBe(1);
    expect(seen).toHaveLength(fetches + 1);
    expect([seen[0], seen.at(-1)]).toEqual([1, 100]);
  });

  it("is fetched at once when there was none for a while, and no more than there is news", async () => {
    const pace = paced(load, () => 0);
    await pour(pace, 1);
    await second(60);
    expect(seen).toEqual([1]);
    await pour(pace, 1);
    await second(60);
    expect(seen).toEqual([1, 2]);
  });

  it("goes on after a failure, and not after it is stopped", async () => {
    let calls = 0;
    const pace = paced(() => { calls += 1; throw new Error("gone"); }, () => 0);
    await pour(pace, 2);
    await second(2);
    expect(calls).toBe(2);
    pace.news();
    pace.news();
    pace.stop();
    await second(5);
    expect(calls).toBe(3);
  });
});

describe("an open list of articles", () => {
  it("asks for one page at a time, however much is told of changes", async () => {
    let hear: (frame: ServerFrame) => void = () => undefined;
    vi.spyOn(live, "on").mockImplementation((then) => { hear = then as typeof hear; return () => undefined; });
    vi.spyOn(Math, "random").mockReturnValue(0);
    let running = 0;
    let most = 0;
    const get = vi.spyOn(api, "get").mockImplementation(async () => {
      most = Math.max(most, ++running);
      await new Promise((done) => setTimeout(done, 100));
      running -= 1;
      return { items: [{ id: `${get.mock.calls.length}` }], total: 9, most: 9, next: "more" };
    });
    articles.value = Array.from({ length: 3 }, (_, at) => ({ id: `${at}` })) as never;
    const deafen = follow(ofArticle(), renewArticles);
    for (let each = 0; each < 50; each += 1) {
      hear({ type: "articles", ids: ["a"] } as ServerFrame);
      await second(0.2);
    }
    deafen();
    expect(most).toBe(1);
    expect(get.mock.calls.length).toBeLessThanOrEqual(8 * 4);
  });
});
