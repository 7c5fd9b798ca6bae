/** Drafts outlive leaving the page, per conversation and kind. */
import { describe, expect, it } from "vitest";
import { Drafts, type Shelf } from "../../src/console/data/drafts.ts";

function aShelf(): Shelf & { stored: Map<string, string> } {
  const stored = new Map<string, string>();
  return { stored, get: (name) => stored.get(name) ?? null, set: (name, value) => void (value === null ? stored.delete(name) : stored.set(name, value)) };
}

describe("a draft", () => {
  it("is there again after the page was left", () => {
    const shelf = aShelf();
    new Drafts(shelf, () => 0).set("c1", "reply", "Dear Amelia");
    expect(new Drafts(shelf, () => 1000).get("c1", "reply")).toBe("Dear Amelia");
  });

  it("of a note is another than that of the reply, and each conversation has its own", () => {
    const drafts = new Drafts(aShelf(), () => 0);
    drafts.set("c1", "note", "Ask Maria");
    expect(drafts.get("c1", "reply")).toBe("");
    expect([drafts.has("c1"), drafts.has("c2")]).toEqual([true, false]);
  });

  it("is gone when it was sent or emptied, and leaves nothing behind", () => {
    const shelf = aShelf();
    const drafts = new Drafts(shelf, () => 0);
    drafts.set("c1", "reply", "Dear");
    drafts.set("c1", "reply", "  ");
    expect(drafts.has("c1")).toBe(false);
    expect(shelf.stored.size).toBe(0);
  });

  it("is forgotten after two weeks", () => {
    const shelf = aShelf();
    new Drafts(shelf, () => 0).set("c1", "reply", "Dear");
    expect(new Drafts(shelf, () => 15 * 24 * 3600 * 1000).get("c1", "reply")).toBe("");
  });

  it("that cannot be read breaks nothing", () => {
    const shelf = aShelf();
    shelf.set("drafts", "{not json");
    expect(new Drafts(shelf, () => 0).get("c1", "reply")).toBe("");
  });
});
