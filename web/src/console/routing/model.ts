/** A rule as its editor has it: a tree whose leaves may be turned round ("is not"), and the way to the wire and back. Pure. */
import type { DryRunRule, RoutingRule, RoutingRuleAsk, RuleCondition, RuleGives, RuleGroup } from "../../wire.ts";

export type LeafCondition = Exclude<RuleCondition, RuleGroup>;
export type LeafKind = LeafCondition["kind"];
export type Match = "all" | "any" | "none";
/**
 * `key` tells rows apart while they are edited; `not`: it must not hold. `known` (of contact and context): whether
 * any value will do, which on the wire is no value at all.
 */
export interface Leaf { type: "leaf"; key: number; not: boolean; is: LeafCondition; known?: boolean }
export interface Group { type: "group"; key: number; match: Match; of: Node[] }
export type Node = Leaf | Group;
export interface RuleForm { id: string | null; name: string; enabled: boolean; go_on: boolean; version: number | null; when: Group; gives: RuleGives }

export const KINDS: readonly LeafKind[] = ["channel", "inbox", "language", "contact", "context", "text", "intent", "confidence", "mood", "reason", "hours", "time"];

let last = 0;
function key(): number {
  last += 1;
  return last;
}

/** A condition of that kind with nothing chosen yet. */
export function blank(kind: LeafKind, zone = "UTC"): LeafCondition {
  switch (kind) {
    case "contact": return { kind, attribute: "", any_of: [] };
    case "context": return { kind, name: "", any_of: [] };
    case "text": return { kind, words: [], match: "any" };
    case "confidence": return { kind, at_least: null, below: 0.5 };
    case "hours": return { kind, hours: "", open: true };
    case "time": return { kind, zone, days: [], start: "09:00", end: "17:00" };
    default: return { kind, any_of: [] };
  }
}

export function leaf(kind: LeafKind, zone?: string): Leaf {
  return { type: "leaf", key: key(), not: false, is: blank(kind, zone), known: false };
}

function stored(is: LeafCondition, not: boolean): Leaf {
  return { type: "leaf", key: key(), not, is, known: (is.kind === "contact" || is.kind === "context") && !is.any_of?.length };
}

export function group(match: Match, of: Node[] = []): Group {
  return { type: "group", key: key(), match, of };
}

/** None of one thing is that thing turned round, which reads better. */
function nodeOf(condition: RuleCondition): Node {
  if (condition.kind !== "group") return stored(condition, false);
  const { match = "all", of = [] } = condition;
  const [only] = of;
  if (match === "none" && of.length === 1 && only && only.kind !== "group") return stored(only, true);
  return group(match, of.map(nodeOf));
}

function conditionOf(node: Node): RuleCondition {
  if (node.type === "group") return { kind: "group", match: node.match, of: node.of.map(conditionOf) };
  return node.not ? { kind: "group", match: "none", of: [node.is] } : node.is;
}

/** A condition for its sentence: where a value is still to come stand dots, lest it be read as "any value". */
export function spoken(node: Node): RuleCondition {
  if (node.type === "group") return { kind: "group", match: node.match, of: node.of.map(spoken) };
  const { is, known } = node;
  const open = (is.kind === "contact" || is.kind === "context") && !known && !is.any_of?.length;
  return conditionOf(open ? { ...node, is: { ...is, any_of: ["…"] } } : node);
}

export function groupOf(when: RuleGroup | undefined): Group {
  const { match = "all", of = [] } = when ?? {};
  return group(match, of.map(nodeOf));
}

export function wireGroup(when: Group): RuleGroup {
  return { kind: "group", match: when.match, of: when.of.map(conditionOf) };
}

export function formOf(rule: RoutingRule | null): RuleForm {
  if (!rule) return { id: null, name: "", enabled: true, go_on: false, version: null, when: group("all"), gives: {} };
  const { id, name, enabled, go_on, version, when, gives: { skills, ...gives } } = rule;
  // No skills at all leave it to the queue; a list, even an empty one, is the choice to ask for more.
  return { id, name, enabled, go_on, version, when: groupOf(when), gives: skills?.length ? { ...gives, skills } : gives };
}

export function askOf({ name, enabled, go_on, version, when, gives }: RuleForm): RoutingRuleAsk {
  return { name, enabled, go_on, version, when: wireGroup(when), gives };
}

export function dryOf(rule: RoutingRule): DryRunRule {
  const { id, name, enabled, go_on, version, when, gives } = rule;
  return { id, name, enabled, go_on, version, when, gives };
}

/** The rules with one as edited in its place, a new one at the end; the server asks for a name even of a trial. */
export function withForm(rules: readonly RoutingRule[], form: RuleForm, unnamed: string): DryRunRule[] {
  const edited: DryRunRule = { ...askOf(form), id: form.id, name: form.name.trim() || unnamed };
  const list = rules.map((each) => (each.id === form.id ? edited : dryOf(each)));
  return form.id === null ? [...list, edited] : list;
}

/** Where the server would find a child of the group at `path`, in the words of its errors. */
export function pathOf(path: string, at: number, node: Node): string {
  return `${path}.of.${at}${node.type === "leaf" && node.not ? ".of.0" : ""}`;
}

/** The path of a condition that asks for a value and has none, where no value would mean something else. */
export function unfinished(group: Group, path = "when"): string | null {
  for (const [at, node] of group.of.entries()) {
    const here = pathOf(path, at, node);
    const inside = node.type === "group" ? unfinished(node, here) : (node.is.kind === "contact" || node.is.kind === "context") && !node.known && !node.is.any_of?.length ? here : null;
    if (inside) return inside;
  }
  return null;
}

export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, at) => at !== from);
  return [...rest.slice(0, to), list[from]!, ...rest.slice(to)];
}
