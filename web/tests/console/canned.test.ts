/** Canned replies are found by shortcut, title and text, and have their blanks filled in. */
import { describe, expect, it } from "vitest";
import type { Canned } from "../../src/wire.ts";
import { fillIn, searchCanned, trigger } from "../../src/console/data/canned.ts";

const reply = (shortcut: string, title: string, text: string, language = "en"): Canned => ({ id: shortcut, shortcut, title, text, language });
const all = [reply("late", "Parcel is late", "We are sorry"), reply("refund", "Refund", "The money is on its way"), reply("hello", "Greeting", "Hello"), reply("tui", "退款", "退款已提交", "zh")];
const ids = (found: Canned[]): string[] => found.map((each) => each.id);

describe("what is asked for at the caret", () => {
  it("is the word after a slash or an at that begins a word", () => {
    expect(trigger("Hi /la", 6)).toEqual({ sign: "/", query: "la", start: 3 });
    expect(trigger("@", 1)).toEqual({ sign: "@", query: "", start: 0 });
    expect(trigger("好的 /退", 5)).toEqual({ sign: "/", query: "退", start: 3 });
  });

  it("is nothing inside addresses, fractions or after a space", () => {
    expect(trigger("https://x", 9)).toBeNull();
    expect(trigger("me@x.example", 4)).toBeNull();
    expect(trigger("1/2", 3)).toBeNull();
    expect(trigger("/late ", 6)).toBeNull();
  });
});

describe("the search", () => {
  it("puts a shortcut before a title before a text", () => {
    const replies = [reply("x", "y", "refund"), reply("z", "My refund", ""), reply("refund", "", "")];
    expect(ids(searchCanned(replies, "refund", "en"))).toEqual(["refund", "z", "x"]);
  });

  it("offers the conversation's language first", () => {
    expect(ids(searchCanned(all, "", "zh"))[0]).toBe("tui");
    expect(ids(searchCanned(all, "", "en")).at(-1)).toBe("tui");
  });

  it("finds Chinese words", () => {
    expect(ids(searchCanned(all, "退款", "en"))).toEqual(["tui"]);
  });

  it("finds nothing where there is nothing", () => {
    expect(searchCanned(all, "qqq", "en")).toEqual([]);
  });
});

describe("filling in", () => {
  it("puts names in their blanks and leaves unknown blanks to be seen", () => {
    expect(fillIn("Hello {{contact}}, {{ agent }} here. {{order}}", { contact: "Amelia", agent: "Lin" })).toBe("Hello Amelia, Lin here. {{order}}");
    expect(fillIn("Hello {{contact}}", { contact: "" })).toBe("Hello {{contact}}");
  });
});
