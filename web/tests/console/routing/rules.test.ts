// @vitest-environment happy-dom
/** A rule goes to the wire and back unharmed, and says what it means in plain words. */
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../../../src/console/data/api.ts";
import { useLanguage } from "../../../src/console/data/i18n.ts";
import { agents, queues, skills } from "../../../src/console/data/resource.ts";
import { formOf, group, groupOf, leaf, moved, pathOf, spoken, unfinished, wireGroup, withForm } from "../../../src/console/routing/model.ts";
import { wayOf, withWay } from "../../../src/console/routing/operators.tsx";
import { conditionText, ruleText } from "../../../src/console/routing/words.ts";
import { landing, rowAt } from "../../../src/console/ui/sortable.tsx";
import type { Agent, Queue, RoutingRule, RuleGroup } from "../../../src/wire.ts";

const when: RuleGroup = {
  kind: "group", match: "all", of: [
    { kind: "language", any_of: ["zh"] },
    { kind: "group", match: "any", of: [{ kind: "intent", any_of: ["complaint"] }, { kind: "text", words: ["refund*"], match: "any" }] },
    { kind: "group", match: "none", of: [{ kind: "channel", any_of: ["email"] }] },
  ],
};
const rule: RoutingRule = { id: "u1", position: 0, name: "First", enabled: true, when, gives: { queue: "q1", priority: 5, skills: [{ skill: "s1", level: 3, drop_after_s: 60 }] }, go_on: true, version: 2, changed_at: "2026-03-01T09:00:00Z", changed_by: null };

beforeAll(() => useLanguage("en", false));
beforeEach(() => {
  vi.spyOn(api, "get").mockRejectedValue(new Error("not asked here"));
  queues.items.value = [{ id: "q1", name: "Returns" } as Queue];
  skills.items.value = [{ id: "s1", name: "German" }];
});

describe("a rule under edit", () => {
  it("is the same on the wire when nothing was changed", () => {
    expect(wireGroup(groupOf(when))).toEqual(when);
  });

  it("asks for no more skills where the stored rule has none", () => {
    expect(formOf({ ...rule, gives: { queue: "q1", skills: [] } }).gives).toEqual({ queue: "q1" });
  });

  it("shows none of one thing as that thing turned round, and finds it where the server would", () => {
    const form = groupOf(when);
    const last = form.of[2]!;
    expect(last).toMatchObject({ type: "leaf", not: true, is: { kind: "channel" } });
    expect(pathOf("when", 2, last)).toBe("when.of.2.of.0");
  });

  it("knows a value that is still to come from any value at all", () => {
    const form = group("all", [leaf("language"), leaf("contact")]);
    expect(unfinished(form)).toBe("when.of.1");
    expect(conditionText(spoken(form.of[1]!))).toBe("the contact's … is …");
    const stored = groupOf({ kind: "group", of: [{ kind: "contact", attribute: "tier" }] });
    expect(unfinished(stored)).toBe(null);
    expect(wayOf(stored.of[0] as never)).toBe("known");
  });

  it("takes its own place among the others for a trial, a new one the last", () => {
    const other = { ...rule, id: "u2", name: "Second" };
    expect(withForm([rule, other], { ...formOf(other), name: "Edited" }, "New").map((each) => each.name)).toEqual(["First", "Edited"]);
    expect(withForm([rule], formOf(null), "New").map((each) => [each.id, each.name])).toEqual([["u1", "First"], [null, "New"]]);
  });
});

describe("the ways to compare", () => {
  it("turn a condition round and back", () => {
    const text = leaf("text");
    for (const way of ["any", "all", "none", "not-all"] as const) expect(wayOf(withWay(text, way))).toBe(way);
    for (const way of ["is", "is-not", "known", "not-known"] as const) expect(wayOf(withWay(leaf("contact"), way))).toBe(way);
    for (const way of ["from", "below", "between"] as const) expect(wayOf(withWay(leaf("confidence"), way))).toBe(way);
    for (const way of ["open", "closed"] as const) expect(wayOf(withWay(leaf("hours"), way))).toBe(way);
  });

  it("say closed of hours that must not be open", () => {
    expect(wayOf({ ...leaf("hours"), not: true })).toBe("closed");
  });
});

describe("a rule in words", () => {
  it("says when, what, and what comes after", () => {
    expect(ruleText(rule)).toBe(
      "When the language is Chinese, (the bot takes it for Complaint or it has the words “refund*”) and it does not come by E-mail: "
      + "it goes to Returns, its priority rises by 5 and it also needs German at 3 or better (for 1 min). Then the next rules are asked.");
  });

  it("is short for every conversation", () => {
    expect(ruleText({ when: { kind: "group" }, gives: { queue: "q1" }, go_on: false })).toBe("For every conversation: it goes to Returns.");
  });

  it("says who never gets it", () => {
    agents.items.value = [{ id: "a1", name: "Ada" } as Agent];
    expect(ruleText({ when: { kind: "group" }, gives: { exclude: ["a1"] }, go_on: true })).toBe("For every conversation: it never goes to Ada. Then the next rules are asked.");
  });
});

describe("an order under change", () => {
  it("puts one thing elsewhere and leaves the rest in order", () => {
    expect(moved(["a", "b", "c", "d"], 0, 2)).toEqual(["b", "c", "a", "d"]);
    expect(moved(["a", "b", "c", "d"], 3, 0)).toEqual(["d", "a", "b", "c"]);
  });

  it("drops a row where the pointer stands, by the middles of the rows", () => {
    const boxes = [0, 50, 100].map((top) => ({ top, height: 50 }));
    expect([10, 30, 80, 200].map((y) => landing(0, rowAt(boxes, y)))).toEqual([0, 0, 1, 2]);
    expect([10, 60, 130].map((y) => landing(2, rowAt(boxes, y)))).toEqual([0, 1, 2]);
  });
});
