// @vitest-environment happy-dom
/** What is wrong with rules, what they did and what they looked at, in words. */
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../../../src/console/data/api.ts";
import { useLanguage } from "../../../src/console/data/i18n.ts";
import { agents, queues } from "../../../src/console/data/resource.ts";
import { problemText } from "../../../src/console/routing/checks.tsx";
import { rules } from "../../../src/console/routing/store.ts";
import { decidedText, givenText, seenText, traceText } from "../../../src/console/routing/words.ts";
import type { Agent, ConditionTrace, Queue, RouteGiven, RoutingRule, RuleProblem, RuleTrace } from "../../../src/wire.ts";

const gave: RouteGiven = { queue: "q1", queue_name: "Returns", priority: 0, ladder: null, ladder_adds: false, sla_policy: null, work: null, rules: ["u1"], fallback: null };
const ruled = (name: string, outcome: RuleTrace["outcome"]): RuleTrace => ({ rule: name, name, version: 1, outcome, when: null });
const problem = (part: Partial<RuleProblem>): RuleProblem => ({ rule: "u2", name: "Late", code: "missing", by: [], field: null, detail: "", ...part });
const looked = (condition: ConditionTrace["condition"], seen: string | null): ConditionTrace => ({ condition, held: false, seen, of: [] });

beforeAll(() => useLanguage("en", false));
beforeEach(() => {
  vi.spyOn(api, "get").mockRejectedValue(new Error("not asked here"));
  rules.items.value = [{ id: "u1", name: "First" } as RoutingRule];
  queues.items.value = [{ id: "q1", name: "Returns" } as Queue];
});

describe("a rule that does nothing", () => {
  it("names those before it", () => {
    expect(problemText(problem({ code: "unreachable", by: ["u1"] }))).toBe("Never reached: “First” before it takes every conversation that this one would.");
  });

  it("contradicts itself", () => {
    expect(problemText(problem({ code: "impossible" }))).toBe("It can never hold: its conditions contradict one another.");
  });

  it.each([
    ["gives.queue", "Its queue is no longer there. Choose another one."],
    ["gives.skills[0].skill", "A skill that it asks for is no longer there."],
    ["gives.ladder.steps[1].agents[0]", "A person whom it names is no longer there."],
    ["gives.exclude[1]", "Somebody whom it rules out is not known."],
    ["when.of[2].hours", "Business hours that it asks about are no longer there."],
    ["when.of[0].of[0].any_of[1]", "Something that a condition names is no longer there."],
    ["somewhere.else", "Something that it names is no longer there."],
  ])("misses %s", (field, text) => {
    expect(problemText(problem({ field }))).toBe(text);
  });
});

describe("how a conversation came where it is", () => {
  it("names the rules that held, those that went on as well", () => {
    expect(decidedText(gave, { rules: [ruled("Gold", "added"), ruled("Chinese", "no"), ruled("Returns", "decided")], facts: {} })).toBe("The rules “Gold” and “Returns” sent it to Returns.");
  });

  it("says when none decided", () => {
    expect(decidedText({ ...gave, fallback: "language:Returns" }, { rules: [ruled("Gold", "added")], facts: {} })).toBe("No rule decided: Returns speaks its language.");
    expect(decidedText({ ...gave, fallback: "home" }, { rules: [], facts: { reason: "no_bot" } })).toBe("No rule decided: Returns is the queue of its inbox.");
    expect(decidedText({ ...gave, fallback: "home" }, { rules: [], facts: { reason: "reopened" } })).toBe("No rule decided: it stays in Returns, where it was.");
  });

  it("is short beside what it was before", () => {
    expect(givenText({ ...gave, priority: 5, work: "returns" })).toBe("Returns · priority +5 · returns");
    agents.items.value = [{ id: "a1", name: "Ada" } as Agent];
    expect(givenText({ ...gave, exclude: ["a1", "a2"] })).toBe("Returns · never to Ada or a2");
  });
});

describe("what a rule looked at", () => {
  it("is told as people call it", () => {
    expect(seenText(looked({ kind: "language", any_of: ["zh"] }, "en"))).toBe("English");
    expect(seenText(looked({ kind: "confidence", below: 0.5 }, "0.7312"))).toBe("73%");
    expect(seenText(looked({ kind: "contact", attribute: "tier" }, null))).toBe("not known");
    expect(seenText(looked({ kind: "text", words: ["refund*"] }, null))).toBe("none of them");
  });

  it("says of a group what it asked for", () => {
    expect(traceText({ ...looked({ kind: "group", match: "none" }, null), of: [looked({ kind: "intent", any_of: ["complaint"] }, null)] })).toBe("None of these holds");
    expect(traceText(looked({ kind: "group" }, null))).toBe("always");
  });
});
