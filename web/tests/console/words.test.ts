/** The small rules of keys, snoozing, article texts and Markdown. */
// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { questionsOf, newest, stateOf } from "../../src/console/articles/words.ts";
import { caps, spell } from "../../src/console/data/chords.ts";
import { presets } from "../../src/console/inbox/presets.ts";
import { rank } from "../../src/console/shell/palette.tsx";

const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey" | "shiftKey", boolean>> = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe("keys", () => {
  it("are spelled the same on every keyboard", () => {
    expect(spell(press("k", { ctrlKey: true }))).toBe("Mod+k");
    expect(spell(press("k", { metaKey: true }))).toBe("Mod+k");
    expect(spell(press("D", { shiftKey: true }))).toBe("Shift+d");
    expect(spell(press("?", { shiftKey: true }))).toBe("?");
  });

  it("are drawn as this machine writes them", () => {
    expect(caps("Mod+Enter", true)).toEqual(["⌘", "↵"]);
    expect(caps("g m", false)).toEqual(["G", "M"]);
  });
});

describe("the palette", () => {
  it("prefers words that contain the query to scattered letters, and drops the rest", () => {
    expect(rank("Transfer", "tra")).toBeGreaterThan(rank("Take for later", "tra"));
    expect(rank("Resolve", "xyz")).toBe(0);
  });
});

describe("snoozing", () => {
  it("until next week means Monday morning, also on a Monday", () => {
    const monday = new Date(2026, 2, 2, 15, 0);
    const week = presets(monday).find((each) => each.name === "week")!.at;
    expect([week.getDay(), week.getDate(), week.getHours()]).toEqual([1, 9, 9]);
  });
});

describe("articles", () => {
  it("keep one question a line, without empty lines or repeats", () => {
    expect(questionsOf("How?\n\n  Why? \nHow?")).toEqual(["How?", "Why?"]);
  });

  it("know their state and their newest revision", () => {
    const revision = { number: 2, title: "", body: "", questions: [], author: "", created_at: "", published_at: null };
    expect(stateOf({ published: revision, draft: { ...revision, number: 3 }, revisions: [], stage: null })).toBe("both");
    expect(stateOf(undefined)).toBe("none");
    expect(newest({ published: revision, draft: null, revisions: [{ number: 4, author: "", at: "", state: "superseded" }], stage: null })).toBe(4);
  });
});
