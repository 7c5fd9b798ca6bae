/** Made-up routing rules with their faults, a dry run of them, and how a conversation came where it is. */
import type { ConditionTrace, ConversationRouting, DryRun, DryRunAsk, RouteGiven, RoutingChecks, RoutingRule, RuleTrace } from "../src/wire.ts";
import { ago, queues } from "./data.ts";

const rule = (id: string, position: number, name: string, part: Partial<RoutingRule>): RoutingRule => ({
  id, position, name, enabled: true, when: { kind: "group", match: "all", of: [] }, gives: {}, go_on: false, version: 1, changed_at: ago(600), changed_by: "Lin Yue", ...part,
});

export const rules: RoutingRule[] = [
  rule("u1", 0, "Gold customers first", { go_on: true, when: { kind: "group", match: "all", of: [{ kind: "contact", attribute: "tier", any_of: ["gold", "platinum"] }] }, gives: { priority: 10, sla_policy: "p2" } }),
  rule("u2", 1, "Complaints in Chinese", { when: { kind: "group", match: "all", of: [{ kind: "language", any_of: ["zh"] }, { kind: "group", match: "any", of: [{ kind: "intent", any_of: ["complaint"] }, { kind: "text", words: ["投诉", "complain*"], match: "any" }] }, { kind: "group", match: "none", of: [{ kind: "channel", any_of: ["email"] }] }] },
    gives: { queue: "q3", ladder: { required: [{ skill: "s4", level: 3 }], steps: [{ any_of: [], agents: ["a3"], until_s: 30 }, { any_of: [[{ skill: "s2", level: 3 }, { skill: "s4", level: 4 }], [{ skill: "s1", level: 4 }]], agents: [], until_s: 120 }, {}] } } }),
  rule("u3", 2, "Returns", { when: { kind: "group", match: "any", of: [{ kind: "text", words: ["return*", "refund*", "exchange"], match: "any" }, { kind: "confidence", below: 0.4, at_least: null }] }, gives: { queue: "q2", skills: [{ skill: "s2", level: 3, drop_after_s: 120 }], work: "returns" } }),
  rule("u4", 3, "Refunds by mail at night", { when: { kind: "group", match: "all", of: [{ kind: "text", words: ["refund*"], match: "any" }, { kind: "channel", any_of: ["email"] }, { kind: "hours", hours: "h1", open: false }, { kind: "time", zone: "Europe/Berlin", days: [0, 1, 2, 3, 4], start: "18:00", end: "24:00" }] }, gives: { queue: "q2" } }),
  rule("u5", 4, "The shop's old queue", { enabled: false, when: { kind: "group", match: "all", of: [{ kind: "inbox", any_of: ["web"] }] }, gives: { queue: "gone" } }),
];

export const checks: RoutingChecks = {
  rules: [{ rule: "u4", name: "Refunds by mail at night", code: "unreachable", by: ["u3"], field: null, detail: "" }, { rule: "u5", name: "The shop's old queue", code: "missing", by: [], field: "gives.queue", detail: "gone" }],
  nobody: [{ source: "rule:u2", name: "Complaints in Chinese", queue: "q3", queue_name: "投诉处理", lacking: [{ skill: "s2", name: "Returns", level: 5, best: 4 }], members: 2, since: ago(12), excluded: 0 }],
};

const step = (condition: ConditionTrace["condition"], held: boolean, seen: string | null, of: ConditionTrace[] = []): ConditionTrace => ({ condition, held, seen, of });
const all = (of: ConditionTrace[], held: boolean): ConditionTrace => step({ kind: "group", match: "all", of: [] }, held, null, of);
const trace: RuleTrace[] = [
  { rule: "u1", name: "Gold customers first", version: 1, outcome: "added", when: all([step({ kind: "contact", attribute: "tier", any_of: ["gold", "platinum"] }, true, "Gold")], true) },
  { rule: "u2", name: "Complaints in Chinese", version: 3, outcome: "no", when: all([step({ kind: "language", any_of: ["zh"] }, false, "en")], false) },
  { rule: "u3", name: "Returns", version: 1, outcome: "decided", when: step({ kind: "group", match: "any", of: [] }, true, null, [step({ kind: "text", words: ["return*", "refund*", "exchange"] }, true, "refund")]) },
  { rule: "u5", name: "The shop's old queue", version: 1, outcome: "off", when: null },
];
const gave = (queue: string, part: Partial<RouteGiven> = {}): RouteGiven => ({ queue, queue_name: queues.find((each) => each.id === queue)!.name, priority: 0, ladder: null, ladder_adds: false, sla_policy: null, work: null, rules: ["u3"], fallback: null, ...part });

export function dryRun(ask: DryRunAsk): DryRun {
  const items = ["Refund for order 4127", "Where is my parcel?", "我要投诉", ""].map((subject, at) => ({
    conversation: `v${at + 1}`, subject, at: ago(500 * (at + 1)), changed: at < 3, gave: at === 2 ? null : gave("q1", { fallback: "language:Orders", rules: [] }),
    would_give: gave(at === 2 ? "q3" : at < 2 ? "q2" : "q1", { priority: at ? 0 : 10, sla_policy: at ? null : "p2", work: at < 2 ? "returns" : null }), facts: { language: "en" }, rules: trace,
  }));
  return { considered: 214, changed: 31, more: true, by_fallback: 96, by_rule: ask.rules.map((each, at) => ({ rule: at, held: each.enabled === false ? 0 : 60 - at * 9, decided: each.enabled === false || each.go_on ? 0 : 50 - at * 9 })), items };
}

export const cameHere: ConversationRouting = {
  evaluations: [{ id: "e1", at: ago(3), facts: { language: "en", "contact.tier": "Gold" }, rules: trace, gave: gave("q2", { priority: 10, sla_policy: "p2", rules: ["u1", "u3"] }) }, { id: "e0", at: ago(4000), facts: {}, rules: trace.slice(1, 2), gave: gave("q1", { rules: [], fallback: "language:Orders" }) }],
};
