/** What an article's settings work out themselves. */
import { expect, test } from "vitest";
import { inMonths } from "../../src/console/articles/settings/days.ts";

test("a review in some months is on the same day of the month, or on its last", () => {
  expect(inMonths(3, new Date(2026, 1, 14))).toBe("2026-05-14");
  expect(inMonths(12, new Date(2026, 10, 30))).toBe("2027-11-30");
  expect(inMonths(3, new Date(2025, 10, 30))).toBe("2026-02-28");
  expect(inMonths(1, new Date(2026, 11, 31))).toBe("2027-01-31");
});
