/** Every day of a stretch, also those without any use, and how high the highest is. Pure. */
import type { DayUse } from "../../wire.ts";

export function daysBetween(since: string, until: string, known: readonly DayUse[]): DayUse[] {
  const by = new Map(known.map((each) => [each.day, each]));
  const days: DayUse[] = [];
  const end = Date.parse(`${until}T00:00:00Z`);
  for (let at = Date.parse(`${since}T00:00:00Z`); at <= end; at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    days.push(by.get(day) ?? { day, viewed: 0, bot: 0, agents: 0 });
  }
  return days;
}

export function highest(days: readonly DayUse[]): number {
  return Math.max(1, ...days.map((each) => each.viewed + each.bot + each.agents));
}
