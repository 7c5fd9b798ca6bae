/** How a condition compares: is, is not, has any of …; each kind has its own. */
import type { JSX } from "preact";
import { t } from "../data/i18n.ts";
import type { Leaf } from "./model.ts";

type Way = "is" | "is-not" | "known" | "not-known" | "any" | "all" | "none" | "not-all" | "from" | "below" | "between" | "open" | "closed";
const MIDDLE = 0.5;
const HIGH = 0.9;

const WAYS: Record<Leaf["is"]["kind"], Way[]> = {
  channel: ["is", "is-not"], inbox: ["is", "is-not"], language: ["is", "is-not"], intent: ["is", "is-not"], mood: ["is", "is-not"], reason: ["is", "is-not"], time: ["is", "is-not"],
  contact: ["is", "is-not", "known", "not-known"], context: ["is", "is-not", "known", "not-known"],
  text: ["any", "all", "none"], confidence: ["from", "below", "between"], hours: ["open", "closed"],
};

/** Pure: how a condition compares now. */
export function wayOf({ is, not, known }: Leaf): Way {
  switch (is.kind) {
    case "contact": case "context": return known ? (not ? "not-known" : "known") : not ? "is-not" : "is";
    case "text": return is.match === "all" ? (not ? "not-all" : "all") : not ? "none" : "any";
    case "confidence": return typeof is.at_least === "number" ? (typeof is.below === "number" ? "between" : "from") : "below";
    case "hours": return (is.open ?? true) === !not ? "open" : "closed";
    default: return not ? "is-not" : "is";
  }
}

/** Pure: the same condition, compared in another way. */
export function withWay(node: Leaf, way: Way): Leaf {
  const { is } = node;
  switch (is.kind) {
    case "contact": case "context": {
      const known = way === "known" || way === "not-known";
      return { ...node, known, not: way === "is-not" || way === "not-known", is: known ? { ...is, any_of: [] } : is };
    }
    case "text": return { ...node, not: way === "none" || way === "not-all", is: { ...is, match: way === "all" || way === "not-all" ? "all" : "any" } };
    case "confidence": return { ...node, is: { ...is, at_least: way === "below" ? null : (is.at_least ?? MIDDLE), below: way === "from" ? null : way === "between" ? (is.below ?? HIGH) : (is.below ?? MIDDLE) } };
    case "hours": return { ...node, not: false, is: { ...is, open: way === "open" } };
    default: return { ...node, not: way === "is-not" };
  }
}

export function Operator({ node, onNode }: { node: Leaf; onNode: (node: Leaf) => void }): JSX.Element {
  const way = wayOf(node);
  const ways = WAYS[node.is.kind];
  const all = ways.includes(way) ? ways : [...ways, way];
  return (
    <select class="input select cond-way" aria-label={t("console-rule-condition-way")} value={way} onChange={(event) => onNode(withWay(node, event.currentTarget.value as Way))}>
      {all.map((each) => <option key={each} value={each} selected={each === way}>{t(`console-rule-way-${each}`)}</option>)}
    </select>
  );
}
