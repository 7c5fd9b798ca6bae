/** What the things that rules speak of are called, and which values can be chosen for them. */
import { inboxName, known } from "./known.ts";
import { languageName as nameOfLanguage } from "../data/format.ts";
import { hasText, LANGUAGES, locale, t } from "../data/i18n.ts";
import { agents, hours, inboxes, nameOf, policies, queues, skills } from "../data/resource.ts";
import { may, session } from "../data/session.ts";
import type { Option } from "../ui/picks.tsx";

const UNKNOWN = "und";
/** The bot's intents that lead to a person, and the reasons for which one is needed; others can be typed. */
const INTENTS = ["talk_to_person", "complaint", "order_status", "order_cancel", "order_change_address", "order_return", "order_refund", "delivery_problem", "invoice", "password", "account", "opening_hours", "price", "ask_knowledge", "not_helped", "insult", "out_of_scope"];
const REASONS = ["angry", "asked_for_person", "asked_twice", "attachment", "bot_failed", "complaint", "lookup_failed", "no_answer", "no_number", "no_order", "not_for_bot", "not_helped", "not_proven", "stuck", "tier", "topic", "unhappy", "unsure", "no_bot", "reopened"];
const MOODS = ["angry", "urgent", "unhappy", "calm"];
const SUNDAY = Date.UTC(2024, 0, 7);
const DAY_MS = 86_400_000;

/** A code in words: ours, else the code without its underscores. */
export function nameFor(prefix: string, code: string): string {
  const key = `${prefix}-${code.replaceAll("_", "-")}`;
  return hasText(key) ? t(key) : code.replaceAll("_", " ");
}

export function languageName(tag: string): string {
  return tag === UNKNOWN ? t("console-rule-language-unknown") : nameOfLanguage(tag, locale());
}

/** The name of a day, 0 being Monday. */
export function weekday(day: number, style: "long" | "short" = "short"): string {
  return new Intl.DateTimeFormat(locale(), { weekday: style, timeZone: "UTC" }).format(SUNDAY + (day + 1) * DAY_MS);
}

export const channelName = (kind: string): string => nameFor("console-inbox-kind", kind);
export const intentName = (code: string): string => nameFor("console-intent", code);
export const reasonName = (code: string): string => nameFor("console-handoff-reason", code);
export const moodName = (code: string): string => nameFor("console-handoff-mood", code);
export const queueName = (id: string): string => nameOf(queues, id) || id;
/** Agents are not told of policies and hours: a trace leaves out the names of these. */
export const policyName = (id: string): string => nameOf(policies, id) || (may("supervise") ? id : "");
export const hoursName = (id: string): string => nameOf(hours, id) || (may("supervise") ? id : t("console-hours-title"));
export { inboxName };

export function needNames(): void {
  [agents, inboxes, queues, skills].forEach((each) => each.need());
  if (may("supervise")) [hours, policies].forEach((each) => each.need());
}

export function needEverything(): void {
  needNames();
  known.need();
}

function options(values: readonly string[], text: (value: string) => string): Option[] {
  return [...new Set(values)].map((value) => ({ value, text: text(value) }));
}

/** What can be chosen for a kind of condition. */
export function choices(kind: string): Option[] {
  switch (kind) {
    case "channel": return options(Object.keys(session.value?.kinds ?? {}), channelName);
    case "inbox": return inboxes.items.value.map((each) => ({ value: each.id, text: each.name }));
    case "language": return options([...LANGUAGES.map((each) => each.tag), ...queues.items.value.flatMap((each) => each.languages), ...known.value.languages, UNKNOWN], languageName);
    case "intent": return options([...INTENTS, ...known.value.intents], intentName);
    case "mood": return options(MOODS, moodName);
    case "reason": return options([...REASONS, ...known.value.reasons], reasonName);
    default: return [];
  }
}
