// @vitest-environment happy-dom
/** A ladder says what it means, and an editor's changes keep it one. */
import { beforeAll, describe, expect, it } from "vitest";
import { useLanguage } from "../../../src/console/data/i18n.ts";
import { EVERYBODY, isSimple, ladderText, whole, withStep, withoutStep } from "../../../src/console/routing/ladder-words.ts";

beforeAll(() => useLanguage("en", false));

const names = { skill: (id: string) => ({ s1: "German", s2: "Orders" })[id] ?? id, agent: (id: string) => ({ a1: "Anna", a2: "Ben" })[id] ?? id };
const german = { skill: "s1", level: 3 };
const orders = { skill: "s2", level: 2 };

describe("a ladder in words", () => {
  it("is short where everybody may take it", () => {
    expect(ladderText(null, names)).toBe("At once: everybody in the queue.");
  });

  it("says who is asked first, who is added, and what is never given up", () => {
    const ladder = { required: [orders], steps: [{ any_of: [], agents: ["a1"], until_s: 30 }, { any_of: [[german, orders], [{ ...german, level: 5 }]], agents: ["a2"], until_s: 90 }, {}] };
    expect(ladderText(ladder, names)).toBe(
      "At once: only Anna, if available. "
      + "After 30 sec also whoever has German at 3 or better and Orders at 2 or better, whoever has German at 5 or better, or Ben. "
      + "After 1 min 30 sec also everybody in the queue. Always needed: Orders at 2 or better.");
  });
});

describe("an editor's changes", () => {
  it("ask some people first, and end with everybody as before", () => {
    const first = withStep(whole(null));
    expect(first.steps).toEqual([{ any_of: [], agents: [], until_s: 60 }, { any_of: EVERYBODY, agents: [], until_s: null }]);
    expect(withStep(first).steps.map((step) => step.until_s)).toEqual([60, 120, null]);
  });

  it("add everybody after a step for some", () => {
    const some = whole({ steps: [{ any_of: [[german]], agents: [], until_s: null }] });
    expect(withStep(some).steps).toEqual([{ any_of: [[german]], agents: [], until_s: 60 }, { any_of: EVERYBODY, agents: [], until_s: null }]);
  });

  it("leave the last step standing for ever", () => {
    const two = withStep(whole(null));
    expect(withoutStep(two, 1).steps).toEqual([{ any_of: [], agents: [], until_s: null }]);
    expect(isSimple(withoutStep(two, 0))).toBe(true);
  });
});
