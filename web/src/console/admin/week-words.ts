/** What is wrong with a day's hours, and a week in a few words. Pure. */

export type Day = [string, string][];
export const MIDNIGHT = "24:00";

export interface Problem { code: "reversed" | "overlap"; one: string; other: string }

function written([from, to]: [string, string]): string {
  return `${from}–${to}`;
}

/** The first that is wrong, times not yet typed aside; the order in which spans are typed does not matter. */
export function problemOf(day: Day): Problem | null {
  const typed = day.filter(([from, to]) => from && to).sort(([one], [other]) => (one < other ? -1 : 1));
  const reversed = typed.find(([from, to]) => from >= to);
  if (reversed) return { code: "reversed", one: written(reversed), other: "" };
  const at = typed.findIndex((span, index) => index > 0 && typed[index - 1]![1] > span[0]);
  return at < 0 ? null : { code: "overlap", one: written(typed[at - 1]!), other: written(typed[at]!) };
}

/** What another span begins as: after the last, if there is room. */
export function nextSpan(day: Day): [string, string] {
  const last = day.at(-1)?.[1];
  if (!last) return ["09:00", "17:00"];
  return last < "22:00" ? [last, "22:00"] : [last < MIDNIGHT ? last : "00:00", MIDNIGHT];
}

/** Equal days that follow one another are drawn together. */
export function weekText(week: Day[], name: (day: number) => string): string[] {
  const spans: { from: number; to: number; text: string }[] = [];
  week.forEach((day, at) => {
    const text = day.map(written).join(", ");
    const last = spans.at(-1);
    if (last && last.text === text && last.to === at - 1) last.to = at;
    else spans.push({ from: at, to: at, text });
  });
  return spans.filter((span) => span.text).map((span) => `${name(span.from)}${span.to > span.from ? `–${name(span.to)}` : ""} ${span.text}`);
}
