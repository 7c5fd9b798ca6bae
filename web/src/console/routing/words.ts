/** Rules, conditions and what they give, in words. */
import type { ConditionTrace, RouteGiven, RuleCondition, RuleGives, RuleGroup, RuleTrace } from "../../wire.ts";
import { length, percent } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { names } from "./ladder.tsx";
import { ladderText, termText } from "./ladder-words.ts";
import { channelName, hoursName, inboxName, intentName, languageName, moodName, policyName, queueName, reasonName, weekday } from "./labels.ts";
import type { LeafCondition } from "./model.ts";

type Join = "conjunction" | "disjunction";

export function listed(words: string[], type: Join): string {
  return words.length ? new Intl.ListFormat(locale(), { type, style: "long" }).format(words) : t("console-rule-nothing-yet");
}

/** Clauses are joined by other words than names are: "it is … and the bot …". */
function clauses(words: string[], join: "and" | "or" | "then"): string {
  const last = words.at(-1) ?? "";
  const before = words.slice(0, -1).join(t("console-rule-comma"));
  return before ? before + t(`console-rule-join-${join}`) + last : last;
}

/** The key of a phrase, turned round if need be. */
function phrase(name: string, not: boolean, values: Record<string, string> = {}): string {
  return t(not ? `console-rule-unless-${name}` : `console-rule-if-${name}`, values);
}

function quoted(words: readonly string[], type: Join): string {
  return listed(words.map((word) => t("console-quoted", { text: word })), type);
}

const any = (values: readonly string[] | undefined, name: (value: string) => string): Record<string, string> => ({ values: listed((values ?? []).map(name), "disjunction") });

function confidenceText({ at_least: from, below }: { at_least?: number | null; below?: number | null }, not: boolean): string {
  const low = percent(from ?? 0, locale());
  const high = percent(below ?? 1, locale());
  return phrase(`confidence${typeof from === "number" ? "-from" : ""}${typeof below === "number" ? "-below" : ""}`, not, { low, high });
}

/** One condition as a clause; `not`: turned round. */
export function leafText(is: LeafCondition, not: boolean): string {
  const same = (value: string): string => value;
  switch (is.kind) {
    case "channel": return phrase("channel", not, any(is.any_of, channelName));
    case "inbox": return phrase("inbox", not, any(is.any_of, inboxName));
    case "language": return phrase("language", not, any(is.any_of, languageName));
    case "contact": return is.any_of?.length ? phrase("contact", not, { name: is.attribute || "…", ...any(is.any_of, same) }) : phrase("contact-known", not, { name: is.attribute || "…" });
    case "context": return is.any_of?.length ? phrase("context", not, { name: is.name || "…", ...any(is.any_of, same) }) : phrase("context-known", not, { name: is.name || "…" });
    case "text": return phrase("text", not, { values: quoted(is.words, is.match === "all" ? "conjunction" : "disjunction") });
    case "intent": return phrase("intent", not, any(is.any_of, intentName));
    case "confidence": return confidenceText(is, not);
    case "mood": return phrase("mood", not, any(is.any_of, moodName));
    case "reason": return phrase("reason", not, any(is.any_of, reasonName));
    case "hours": return phrase((is.open ?? true) ? "hours" : "closed", not, { name: is.hours ? hoursName(is.hours) : "…" });
    case "time": return phrase("time", not, { days: is.days?.length ? listed(is.days.map((day) => weekday(day)), "conjunction") : t("console-rule-every-day"), start: is.start ?? "00:00", end: is.end ?? "24:00", zone: is.zone });
  }
}

function inner(condition: RuleCondition): string {
  const text = conditionText(condition);
  return condition.kind === "group" && (condition.of?.length ?? 0) > 1 ? t("console-rule-together", { text }) : text;
}

export function conditionText(condition: RuleCondition): string {
  if (condition.kind !== "group") return leafText(condition, false);
  const { match = "all", of = [] } = condition;
  const [only] = of;
  if (!only) return t(match === "all" ? "console-rule-always" : match === "any" ? "console-rule-never" : "console-rule-always");
  if (match === "none") return of.length === 1 && only.kind !== "group" ? leafText(only, true) : t("console-rule-none-of", { list: clauses(of.map(inner), "or") });
  return of.length === 1 ? conditionText(only) : clauses(of.map(inner), match === "all" ? "and" : "or");
}

function skillText({ skill, level, drop_after_s: after }: { skill: string; level: number; drop_after_s?: number | null }): string {
  const term = termText({ skill, level }, names);
  return after ? t("console-rule-gives-skill-for", { term, time: length(after, locale()) }) : term;
}

/** What a rule gives, each as a clause. */
function givesTexts({ queue, priority, skills, ladder, sla_policy, work, exclude, person }: RuleGives): string[] {
  return [
    queue ? t("console-rule-gives-queue", { queue: queueName(queue) }) : "",
    priority ? t("console-rule-gives-priority", { priority }) : "",
    skills?.length && !ladder ? t("console-rule-gives-skills", { skills: listed(skills.map(skillText), "conjunction") }) : "",
    sla_policy ? t("console-rule-gives-policy", { policy: policyName(sla_policy) }) : "",
    work ? t("console-rule-gives-work", { work }) : "",
    person ? t("console-rule-gives-person") : "",
    exclude?.length ? t("console-rule-gives-exclude", { names: listed(exclude.map(names.agent), "disjunction") }) : "",
  ].filter(Boolean);
}

export interface Said { when: RuleGroup | RuleCondition; gives: RuleGives; go_on: boolean }

/** The whole rule as sentences. */
export function ruleText({ when, gives, go_on }: Said): string {
  const then = givesTexts(gives);
  const all = when.kind === "group" && (when.of?.length ?? 0) === 0 && when.match !== "any";
  const what = then.length ? clauses(then, "then") : t(gives.ladder ? "console-rule-gives-ladder" : "console-rule-gives-nothing");
  const first = all ? t("console-rule-says-always", { then: what }) : t("console-rule-says", { when: conditionText(when), then: what });
  const more = [gives.ladder ? ladderText(gives.ladder, names) : "", go_on ? t("console-rule-says-go-on") : ""].filter(Boolean);
  return [first, ...more].join(t("console-sentence-space"));
}

/** What a conversation got or would get, in short. */
export function givenText({ queue, queue_name, priority, ladder, sla_policy, work, exclude }: RouteGiven): string {
  return [
    queue_name || queueName(queue),
    priority ? t("console-rule-short-priority", { priority: `+${priority}` }) : "",
    ladder ? t("console-rule-short-ladder") : "",
    sla_policy ? policyName(sla_policy) : "",
    work ?? "",
    exclude?.length ? t("console-rule-short-exclude", { names: listed(exclude.map(names.agent), "disjunction") }) : "",
  ].filter(Boolean).join(" · ");
}

/** Rules that were asked, and what was known then. */
interface Asked { rules: readonly RuleTrace[]; facts: Record<string, string> }

/** Which rule chose the queue, or what did where none did. */
export function decidedText({ queue, queue_name, fallback }: RouteGiven, { rules, facts }: Asked, how: "did" | "would" = "did"): string {
  const name = queue_name || queueName(queue);
  const by = rules.filter((rule) => rule.outcome === "decided" || rule.outcome === "added").map((rule) => t("console-quoted", { text: rule.name }));
  if (fallback === null && by.length) return t(`console-rule-by-rules-${how}`, { rules: listed(by, "conjunction"), queue: name, count: by.length });
  if (facts["reason"] === "reopened") return t("console-rule-by-before", { queue: name });
  return t(fallback?.startsWith("language:") ? "console-rule-by-language" : "console-rule-by-inbox", { queue: name });
}

/** A step of a trace: the clause, or what a group asked for. */
export function traceText({ condition, of }: ConditionTrace): string {
  if (condition.kind !== "group") return leafText(condition, false);
  return t(of.length === 0 ? "console-rule-always" : `console-rule-match-${condition.match ?? "all"}`);
}

/** What was found, as people call it. */
export function seenText({ condition, seen }: ConditionTrace): string {
  if (seen === null || seen === "") return t(condition.kind === "text" ? "console-rule-seen-no-words" : "console-rule-seen-nothing");
  switch (condition.kind) {
    case "channel": return channelName(seen);
    case "inbox": return inboxName(seen);
    case "language": return languageName(seen);
    case "intent": return intentName(seen);
    case "mood": return moodName(seen);
    case "reason": return reasonName(seen);
    case "confidence": return Number.isNaN(Number(seen)) ? seen : percent(Number(seen), locale());
    default: return seen;
  }
}
