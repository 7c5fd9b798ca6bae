// @vitest-environment happy-dom
/** Labels by key, and the picture of what is taken for what. */
import { describe, expect, it } from "vitest";
import { mistakes, picture } from "../../src/console/learning/confusion.ts";
import { busy, intentOfKey, keyOf, nextOpen } from "../../src/console/learning/data.ts";
import type { BotModels, MisreadText } from "../../src/wire.ts";

describe("labels by key", () => {
  const intents = Array.from({ length: 24 }, (_, at) => `intent_${at}`);

  it("gives each intent a key of its own, which means that intent", () => {
    const keys = intents.map((_, at) => keyOf(at));
    expect(new Set(keys).size).toBe(24);
    expect(keys.map((key) => intentOfKey(key!, intents))).toEqual(intents);
  });

  it("leaves the keys alone that move, take back, leave out or go elsewhere", () => {
    for (const key of ["j", "k", "u", "x", "g", "n", "Enter", "ArrowDown", ""]) expect(intentOfKey(key, intents)).toBeNull();
    expect(intentOfKey("9", ["greet"])).toBeNull();
  });

  it("goes on to the next text without a label, from the end to the beginning", () => {
    const label = { id: "l", intent: "greet", by: null, at: "" };
    const items = [{ key: "a", label: null }, { key: "b", label }, { key: "c", label: null }] as MisreadText[];
    expect(nextOpen(items, "a")).toBe("c");
    expect(nextOpen(items, "c")).toBe("a");
    expect(nextOpen([{ key: "b", label } as MisreadText], "b")).toBeNull();
  });
});

describe("the picture", () => {
  const confusion = [
    { expected: "out_of_scope", got: "nlu_fallback", count: 1 },
    { expected: "greet", got: "thank", count: 1 },
    { expected: "greet", got: "greet", count: 3 },
    { expected: "thank", got: "greet", count: 2 },
  ];

  it("has what is outside last, and what is right on the diagonal", () => {
    const { expected, got } = picture(confusion);
    expect(expected).toEqual(["greet", "thank", "out_of_scope"]);
    expect(got).toEqual(["greet", "thank", "out_of_scope", "nlu_fallback"]);
  });

  it("is as strong as the share of its line, and takes not understood for out of scope", () => {
    const { cells } = picture(confusion);
    expect(cells.find((each) => each.expected === "greet" && each.right)?.share).toBe(0.75);
    expect(mistakes(cells).map((each) => [each.expected, each.got, each.count])).toEqual([["thank", "greet", 2], ["greet", "thank", 1]]);
  });
});

it("is busy while a model is trained or rolled out", () => {
  const found = { items: [], rollouts: [] } as unknown as BotModels;
  expect(busy(null)).toBe(false);
  expect(busy(found)).toBe(false);
  expect(busy({ ...found, items: [{ state: "training" }] } as unknown as BotModels)).toBe(true);
  expect(busy({ ...found, rollouts: [{ state: "going_back" }] } as unknown as BotModels)).toBe(true);
});
