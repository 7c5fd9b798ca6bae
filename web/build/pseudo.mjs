/** Makes web/locales/ar-XB.ftl from en.ftl: longer and right to left, to try layouts that we have no translation for. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Transformer, parse, serialize } from "@fluent/syntax";
import { LOCALES, PSEUDO, readLocale } from "./fluent.mjs";

const LETTERS = Object.fromEntries([..."abcdefghijklmnopqrstuvwxyz"].map((letter, at) => [letter, [..."ابچدهفگحیجکلمنوپقرستعڤشخغز"][at]]));
const VOWELS = new Set("aeiou");
const NOTE = "# Made from en.ftl by `npm run locales`; do not edit.\n";

/** Every letter becomes an Arabic one, every vowel is drawn out: about a third longer, read from right to left. */
export function pseudo(text) {
  return [...text].map((letter) => {
    const low = letter.toLowerCase();
    return (LETTERS[low] ?? letter) + (VOWELS.has(low) ? "ـــ" : "");
  }).join("");
}

class Stretch extends Transformer {
  visitTextElement(node) {
    node.value = pseudo(node.value);
    return node;
  }
}

export function pseudoLocale(english) {
  const resource = parse(english, { withSpans: false });
  resource.body = resource.body.filter((entry) => entry.type === "Message");
  new Stretch().visit(resource);
  return `${(NOTE + serialize(resource, {})).trimEnd()}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(`${LOCALES}${PSEUDO}.ftl`, pseudoLocale(readLocale("en")));
}
