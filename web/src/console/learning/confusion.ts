/** A picture of what was taken for what: which cells there are and how strong each is. Pure. */
import type { IntentsConfused } from "../../wire.ts";

export interface Cell { expected: string; got: string; count: number; share: number; right: boolean }
export interface Picture { expected: string[]; got: string[]; cells: Cell[] }

const OUTSIDE = ["out_of_scope", "nlu_fallback"];

/** What is outside comes last, the rest as it was given, so that what is right lies on the diagonal. */
export function picture(confusion: readonly IntentsConfused[]): Picture {
  const last = (one: string): number => OUTSIDE.indexOf(one);
  const order = (names: Iterable<string>): string[] => [...new Set(names)].sort((one, other) => last(one) - last(other) || one.localeCompare(other));
  const expected = order(confusion.map((each) => each.expected));
  const got = order([...expected, ...confusion.map((each) => each.got)]);
  const sums = new Map<string, number>();
  for (const each of confusion) sums.set(each.expected, (sums.get(each.expected) ?? 0) + each.count);
  const cells = confusion.map((each) => ({ ...each, share: each.count / sums.get(each.expected)!, right: each.expected === each.got || (each.expected === "out_of_scope" && last(each.got) >= 0) }));
  return { expected, got, cells };
}

/** The wrong ones, the most frequent first. */
export function mistakes(cells: readonly Cell[]): Cell[] {
  return cells.filter((each) => !each.right).sort((one, other) => other.count - one.count || one.expected.localeCompare(other.expected));
}
