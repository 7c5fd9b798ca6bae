/** Every text that the console names exists, and none lies about unused; those of errors are named by the server's codes. */
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { messagesOf, readLocale } from "../build/fluent.mjs";

const SOURCES = fileURLToPath(new URL("../src/console/", import.meta.url));
const source = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(SOURCES + name, "utf8"))
  .join("\n");
const keys = [...messagesOf(readLocale("en"), "en").keys()].filter((key: string) => key.startsWith("console-") || key.startsWith("error-")) as string[];
/** Whole keys in quotes, and the beginnings of keys that end in a value: `console-status-${…}`, "console-slot". */
const whole = new Set([...source.matchAll(/["'`]((?:console|error)-[a-z0-9-]+)["'`]/g)].map((found) => found[1]!));
const built = [...source.matchAll(/`((?:console|error)-[a-z0-9-]*)\$\{[^}]*\}([a-z0-9-]*)/g)].map((found) => [found[1]!, found[2]!] as const);
const prefixes = [...source.matchAll(/nameFor\("(console-[a-z-]+)"/g)].map((found) => `${found[1]}-`);
const made = (key: string): boolean => built.some(([start, end]) => start !== "console-" && key.startsWith(start) && key.endsWith(end)) || prefixes.some((prefix) => key.startsWith(prefix));
const NOUNS = [...source.matchAll(/noun="([a-z]+)"/g)].map((found) => found[1]!);
const ofNoun = new Set(NOUNS.flatMap((noun) => ["add", "title", "lead", "none"].map((end) => `console-${noun}-${end}`)));

describe("the console's texts", () => {
  it("are all there", () => {
    const known = new Set(keys);
    const optional = new Set(prefixes.map((prefix) => prefix.slice(0, -1)));
    expect([...whole, ...ofNoun].filter((key) => !known.has(key) && !optional.has(key))).toEqual([]);
  });

  it("are all used", () => {
    expect(keys.filter((key) => !whole.has(key) && !ofNoun.has(key) && !made(key))).toEqual([]);
  });
});
