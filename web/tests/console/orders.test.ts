/** Amounts of orders as people write and read them, in currencies with and without cents. */
import { describe, expect, it } from "vitest";
import { plainMoney, readMoney } from "../../src/console/data/orders.ts";

describe("amounts", () => {
  it.each([
    ["12.50", "EUR", 1250],
    ["12,5", "EUR", 1250],
    [" 0.07 ", "EUR", 7],
    ["1000", "JPY", 1000],
    ["8.90", "KWD", 8900],
  ])("reads %s %s as %i", (text, currency, amount) => expect(readMoney(text, currency)).toBe(amount));

  it.each([["", "EUR"], ["-5", "EUR"], ["1e3", "EUR"], ["12.505", "EUR"], ["0.5", "JPY"], ["1,000.00", "EUR"], ["ten", "EUR"]])(
    "takes %s %s for no amount", (text, currency) => expect(readMoney(text, currency)).toBeNull(),
  );

  it("writes what it reads", () => {
    for (const currency of ["EUR", "JPY", "KWD"]) for (const amount of [1, 99, 100, 123_456]) expect(readMoney(plainMoney(amount, currency), currency)).toBe(amount);
  });
});
