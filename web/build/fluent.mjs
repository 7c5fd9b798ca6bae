/** Reads the Fluent catalogues of web/locales: shared by the build, the made-up locale and the tests. */
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "@fluent/syntax";

export const LOCALES = fileURLToPath(new URL("../locales/", import.meta.url));
/** The made-up locale: made from English, never translated by hand. */
export const PSEUDO = "ar-XB";

export function localeTags() {
  return readdirSync(LOCALES).filter((name) => name.endsWith(".ftl")).map((name) => name.slice(0, -4)).sort();
}

export function readLocale(tag) {
  return readFileSync(`${LOCALES}${tag}.ftl`, "utf8");
}

/** The messages of a catalogue as a map from key to its syntax node; a broken entry is an error with its text. */
export function messagesOf(source, name) {
  const messages = new Map();
  for (const entry of parse(source, {}).body) {
    if (entry.type === "Junk") throw new Error(`${name}: cannot be read: ${entry.content.trim().slice(0, 120)}`);
    if (entry.type !== "Message") continue;
    if (messages.has(entry.id.name)) throw new Error(`${name}: ${entry.id.name} is there twice`);
    messages.set(entry.id.name, entry);
  }
  return messages;
}

/** The source of only those messages whose key begins with one of the prefixes. */
export function onlyPrefixes(source, prefixes, name) {
  return [...messagesOf(source, name).entries()]
    .filter(([key]) => prefixes.some((prefix) => key.startsWith(prefix)))
    .map(([, entry]) => source.slice(entry.span.start, entry.span.end).trimEnd())
    .join("\n");
}
