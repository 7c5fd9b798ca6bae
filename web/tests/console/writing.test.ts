/** What keys and buttons do to Markdown, and what happens to two texts written at the same time. */
import { describe, expect, it } from "vitest";
import { applied, blocked, bracketed, callout, entered, indented, lineAt, lined, marked, put, wordsIn, type Change, type Selected } from "../../src/console/articles/writing/markup.ts";
import type { ComparedLine } from "../../src/wire.ts";
import { joined, parts, whole, type Apart } from "../../src/console/articles/writing/merging.ts";

/** `[` and `]` stand around what is selected. */
function of(text: string): Selected {
  const start = text.indexOf("⟦");
  const end = text.indexOf("⟧") - 1;
  return { value: text.replace(/[⟦⟧]/g, ""), start, end };
}

function after({ value }: Selected, change: Change): string {
  const next = applied(value, change);
  const [start, end] = change.select;
  return `${next.slice(0, start)}⟦${next.slice(start, end)}⟧${next.slice(end)}`;
}

const did = (text: string, change: (selected: Selected) => Change): string => after(of(text), change(of(text)));

describe("marks", () => {
  it("go around the words, not the space beside them, and away again", () => {
    expect(did("a ⟦bold ⟧word", (each) => marked(each, "bold"))).toBe("a **⟦bold⟧** word");
    expect(did("a **⟦bold⟧** word", (each) => marked(each, "bold"))).toBe("a ⟦bold⟧ word");
    expect(did("⟦⟧", (each) => marked(each, "italic"))).toBe("*⟦⟧*");
    expect(did("**⟦x⟧**", (each) => marked(each, "italic"))).toBe("***⟦x⟧***");
  });
});

describe("lines", () => {
  it("become a list, another list, and lines again", () => {
    expect(did("⟦one\ntwo⟧\nthree", (each) => lined(each, "steps"))).toBe("⟦1. one\n2. two⟧\nthree");
    expect(did("⟦1. one\n2. two⟧", (each) => lined(each, "tasks"))).toBe("⟦- [ ] one\n- [ ] two⟧");
    expect(did("⟦- one\n- two⟧", (each) => lined(each, "bullets"))).toBe("⟦one\ntwo⟧");
  });

  it("keep the caret where it is among the words", () => {
    expect(did("a\nHe⟦⟧llo", (each) => lined(each, "heading2"))).toBe("a\n## He⟦⟧llo");
    expect(did("## He⟦⟧llo", (each) => lined(each, "heading3"))).toBe("### He⟦⟧llo");
    expect(did("## He⟦⟧llo", (each) => lined(each, "heading2"))).toBe("He⟦⟧llo");
  });

  it("go on with Enter and end on an empty item", () => {
    expect(after(of("1. one⟦⟧"), entered(of("1. one⟦⟧"))!)).toBe("1. one\n2. ⟦⟧");
    expect(after(of("  - [x] one⟦⟧"), entered(of("  - [x] one⟦⟧"))!)).toBe("  - [x] one\n  - [ ] ⟦⟧");
    expect(after(of("- one\n- ⟦⟧"), entered(of("- one\n- ⟦⟧"))!)).toBe("- one\n⟦⟧");
    expect(entered(of("plain⟦⟧"))).toBeNull();
  });

  it("move in and out", () => {
    expect(did("⟦- a\n- b⟧", (each) => indented(each, 1))).toBe("  ⟦- a\n  - b⟧");
    expect(did("  - a⟦⟧", (each) => indented(each, -1))).toBe("- a⟦⟧");
  });
});

describe("blocks", () => {
  it("stand on lines of their own", () => {
    expect(did("before⟦⟧after", (each) => blocked(each, "---"))).toBe("before\n\n---⟦⟧\n\nafter");
    expect(did("⟦⟧", (each) => callout(each, "note", "words"))).toBe("> [!NOTE]\n> ⟦words⟧\n");
    expect(did("⟦a\nb⟧", (each) => callout(each, "tip", "words"))).toBe("> [!TIP]\n> a\n> b⟦⟧\n");
    expect(did("x ⟦y⟧", (each) => put(each, "[y](article:z)", "y"))).toBe("x [⟦y⟧](article:z)");
  });
});

describe("counting", () => {
  it("counts words and characters as each script does", () => {
    expect(wordsIn("## Don't send it back\n\n- [the shop](https://x.example/a-b) 退货 30 天")).toBe(10);
    expect(wordsIn("")).toBe(0);
  });

  it("finds a line, and keeps brackets from ending words", () => {
    expect(lineAt("a\nbc\nd", 2)).toEqual([2, 4]);
    expect(lineAt("a", 9)).toEqual([0, 1]);
    expect(bracketed("a [b]\nc")).toBe("a \\[b\\] c");
  });
});

describe("two texts written at the same time", () => {
  const base = "one\ntwo\nthree\nfour";
  const side = (text: string | null, changed: boolean): ComparedLine["old"] => (text === null ? null : { number: 1, pieces: [{ text, changed }] });
  /** What the server says: a line that both have, or one of mine beside theirs. */
  const compared = (...lines: (string | [string | null, string | null])[]): ComparedLine[] => lines.map((line) => {
    if (typeof line === "string") return { change: "equal", old: side(line, false), new: side(line, false) };
    const [mine, theirs] = line;
    return { change: mine === null ? "inserted" : theirs === null ? "deleted" : "replaced", old: side(mine, true), new: side(theirs, true) };
  });
  const apart = (lines: ComparedLine[], from: string | null): Apart[] => parts(lines, from).filter((each): each is Apart => !each.same);

  it("are joined by whoever changed a line", () => {
    const found = parts(compared(["ONE", "one"], "two", "three", ["four", "FOUR"], [null, "five"]), base);
    expect(joined(found, [])).toBe("ONE\ntwo\nthree\nFOUR\nfive");
  });

  it("keep both where both changed the same", () => {
    const lines = compared("one", ["mine", "theirs"], "three", "four");
    const [one] = apart(lines, base);
    expect(one).toMatchObject({ mine: [[{ text: "mine" }]], theirs: [[{ text: "theirs" }]], choice: "both" });
    expect(joined(parts(lines, base), ["theirs"])).toBe("one\ntheirs\nthree\nfour");
  });

  it("lose a line only where somebody took it out", () => {
    expect(joined(parts(compared("one", [null, "two"], "three", "four"), base), [])).toBe("one\nthree\nfour");
    expect(joined(parts(compared("one", ["two", null], "three", "four"), base), [])).toBe("one\nthree\nfour");
  });

  it("keep mine where nobody knows what it was before", () => {
    expect(joined(parts(compared("a", ["mine", "theirs"]), null), [])).toBe("a\nmine");
    expect(joined(parts(compared("same"), null), [])).toBe("same");
  });

  it("come back whole whatever is chosen", () => {
    const found = parts(compared(["a", "x"], "b", ["c", "y"], [null, "z"]), "b");
    const count = found.filter((each) => !each.same).length;
    expect(joined(found, Array(count).fill("mine"))).toBe("a\nb\nc");
    expect(joined(found, Array(count).fill("theirs"))).toBe("x\nb\ny\nz");
  });

  it("mark words where a line has two forms, and none where a line is on one side only", () => {
    const [both, alone] = apart(compared(["30 days", "60 days"], "and", [null, "more"]), null);
    expect(both!.mine[0]![0]!.changed).toBe(true);
    expect(alone!.theirs).toEqual([[{ text: "more", changed: false }]]);
  });

  it("are chosen between as a whole where they cannot be compared", () => {
    const found = whole("a\nmine", "a\ntheirs", "a\nold");
    expect(joined(found, ["mine"])).toBe("a\nmine");
    expect(joined(found, ["theirs"])).toBe("a\ntheirs");
    expect(joined(found, [])).toBe("a\nmine\na\ntheirs");
    expect(joined(whole("same", "same", null), [])).toBe("same");
  });
});
