/** What comes often is done at once and then together. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Pace } from "../../src/widget/pace.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("lets the first through and does the others once, at the end", () => {
  const pace = new Pace(300);
  let done = 0;
  const work = (): void => {
    if (pace.now(work)) done += 1;
  };
  for (let each = 0; each < 10; each += 1) work();
  expect(done).toBe(1);
  vi.advanceTimersByTime(299);
  expect(done).toBe(1);
  vi.advanceTimersByTime(1);
  expect(done).toBe(2);
  vi.advanceTimersByTime(1000);
  expect(done).toBe(2);
});

it("can be told that now is the time", () => {
  const pace = new Pace(300);
  expect(pace.now(() => undefined)).toBe(true);
  pace.reset();
  expect(pace.now(() => undefined)).toBe(true);
});
