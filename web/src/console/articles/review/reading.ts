/** How texts and comparisons are read: what is shown of them, and which are compared. Pure. */
import type { ComparedLine, Review } from "../../../wire.ts";

const AROUND = 2;

/** What is shown: changed lines with those around them; `null` stands for some that are left out. */
export function folded(lines: readonly ComparedLine[], whole: boolean): (ComparedLine | null)[] {
  if (whole) return [...lines];
  const near = lines.map((_, at) => lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some((each) => each.change !== "equal"));
  return lines.flatMap((line, at) => (near[at] ? [line] : at === 0 || near[at - 1] ? [null] : []));
}

/** The revisions that the address asks for; else what readers see, or the one before, against the newest. */
export function chosen(review: Review, query: URLSearchParams): [number, number] {
  const given = (name: string): number | null => (/^\d{1,9}$/u.test(query.get(name) ?? "") ? Number(query.get(name)) : null);
  const to = given("to") ?? review.revision;
  const before = review.shown !== null && review.shown !== to ? review.shown : Math.max(1, to - 1);
  return [given("from") ?? before, to];
}

/** What kind of Markdown a line is, for its look only. */
export function kindOf(line: string): string {
  if (/^#{1,6}\s/u.test(line)) return "heading";
  if (/^\s*(?:[-*+]|\d+[.)])\s/u.test(line)) return "item";
  if (/^\s*>/u.test(line)) return "quote";
  return line.trim() ? "plain" : "empty";
}
