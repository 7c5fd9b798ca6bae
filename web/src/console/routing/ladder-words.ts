/** A ladder in words, and the changes an editor makes to one. Pure but for the language. */
import type { Ladder, LadderStep, LadderTerm } from "../../wire.ts";
import { length } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";

/** A step with nothing left out. */
export type WholeStep = Required<LadderStep> & { until_s: number | null };
export interface WholeLadder { required: LadderTerm[]; steps: WholeStep[] }
/** What a skill and an agent are called. */
export interface Names { skill: (id: string) => string; agent: (id: string) => string }

export const EVERYBODY: LadderTerm[][] = [[]];
const NEXT_AFTER_S = 60;

export function whole(ladder: Ladder | null | undefined): WholeLadder {
  const steps = (ladder?.steps ?? [{}]).map(({ any_of = EVERYBODY, agents = [], until_s = null }) => ({ any_of, agents, until_s }));
  return { required: ladder?.required ?? [], steps };
}

/** Whether whoever has what is always needed may have it at this step. */
export function isOpen(step: WholeStep): boolean {
  return step.any_of.some((terms) => terms.length === 0);
}

export function isSimple({ steps }: WholeLadder): boolean {
  return steps.length === 1 && isOpen(steps[0]!) && steps[0]!.agents.length === 0;
}

/** From how many seconds of waiting a step adds its people. */
export function startOf({ steps }: WholeLadder, at: number): number {
  return at === 0 ? 0 : (steps[at - 1]!.until_s ?? 0);
}

/** One step more: before the last if that is for everybody, else after it, for everybody. */
export function withStep(ladder: WholeLadder): WholeLadder {
  const last = ladder.steps.at(-1)!;
  const before = ladder.steps.slice(0, -1);
  const until_s = startOf(ladder, ladder.steps.length - 1) + NEXT_AFTER_S;
  const steps = isOpen(last)
    ? [...before, { any_of: [], agents: [], until_s }, last]
    : [...before, { ...last, until_s }, { any_of: EVERYBODY, agents: [], until_s: null }];
  return { ...ladder, steps };
}

/** One step less; whichever is then the last stays for ever. */
export function withoutStep(ladder: WholeLadder, at: number): WholeLadder {
  const steps = ladder.steps.filter((_, index) => index !== at);
  return { ...ladder, steps: steps.map((step, index) => (index === steps.length - 1 ? { ...step, until_s: null } : step)) };
}

export function withChange(ladder: WholeLadder, at: number, change: Partial<WholeStep>): WholeLadder {
  return { ...ladder, steps: ladder.steps.map((step, index) => (index === at ? { ...step, ...change } : step)) };
}

function list(words: string[], type: "conjunction" | "disjunction"): string {
  return new Intl.ListFormat(locale(), { type, style: "long" }).format(words);
}

export function termText(term: LadderTerm, names: Names): string {
  return t("console-ladder-term", { skill: names.skill(term.skill), level: term.level });
}

export function termsText(terms: readonly LadderTerm[], names: Names): string {
  return list(terms.map((term) => termText(term, names)), "conjunction");
}

function who(step: WholeStep, names: Names): string {
  const people = step.agents.map(names.agent);
  if (isOpen(step)) return t("console-ladder-everybody");
  if (step.any_of.length === 0 && people.length === 0) return t("console-ladder-nobody");
  if (step.any_of.length === 0) return t("console-ladder-only", { names: list(people, "disjunction") });
  return list([...step.any_of.map((terms) => t("console-ladder-has", { terms: termsText(terms, names) })), ...people], "disjunction");
}

/** The sentences that say what a ladder means. */
export function ladderText(given: Ladder | null | undefined, names: Names): string {
  const ladder = whole(given);
  const says = ladder.steps.map((step, at) =>
    at === 0 ? t("console-ladder-says-first", { who: who(step, names) })
    : t("console-ladder-says-then", { time: length(startOf(ladder, at), locale()), who: who(step, names) }));
  if (ladder.required.length) says.push(t("console-ladder-says-required", { terms: termsText(ladder.required, names) }));
  return says.join(t("console-sentence-space"));
}
