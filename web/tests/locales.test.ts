/** The catalogues of all languages hold the same keys and variables, and the made-up one is current. */
import { describe, expect, it } from "vitest";
import { PSEUDO, localeTags, messagesOf, readLocale } from "../build/fluent.mjs";
import { pseudoLocale } from "../build/pseudo.mjs";

const english: Map<string, unknown> = messagesOf(readLocale("en"), "en");
const variables = (message: unknown): string[] =>
  [...new Set([...JSON.stringify(message).matchAll(/"VariableReference","id":\{[^}]*?"name":"(\w+)"/g)].map((found) => found[1]!))].sort();

describe("the catalogues", () => {
  for (const tag of localeTags() as string[]) {
    it(`${tag} has every key of English, with the same variables, and no other`, () => {
      const messages: Map<string, unknown> = messagesOf(readLocale(tag), tag);
      expect([...messages.keys()].sort()).toEqual([...english.keys()].sort());
      for (const [key, message] of messages) expect([key, variables(message)]).toEqual([key, variables(english.get(key))]);
    });
  }

  it("the made-up locale is what `npm run locales` makes of English today", () => {
    expect(readLocale(PSEUDO)).toBe(pseudoLocale(readLocale("en")));
  });
});
