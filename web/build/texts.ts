/** A Vite plugin that hands out the texts: Fluent source for the console, ready-made strings for the widget. */
import type { Plugin } from "vite";
import { LOCALES, PSEUDO, localeTags, messagesOf, onlyPrefixes, plainText, readLocale } from "./fluent.mjs";

const CONSOLE = "virtual:console-texts/";
const WIDGET = "virtual:widget-texts";
const CONSOLE_PREFIXES = ["console-", "error-"];
const WIDGET_PREFIX = "widget-";

function widgetTexts(): Record<string, Record<string, string>> {
  const texts: Record<string, Record<string, string>> = {};
  for (const tag of (localeTags() as string[]).filter((each) => each !== PSEUDO)) {
    const strings: Record<string, string> = {};
    for (const [key, message] of messagesOf(readLocale(tag), tag)) {
      if (key.startsWith(WIDGET_PREFIX)) strings[key.slice(WIDGET_PREFIX.length)] = plainText(message, tag);
    }
    texts[tag] = strings;
  }
  return texts;
}

/** `virtual:console-texts/<tag>` exports Fluent source; `virtual:widget-texts` exports `{tag: {key without prefix: text}}`. */
export function texts(): Plugin {
  return {
    name: "parley-texts",
    resolveId: (id) => (id.startsWith(CONSOLE) || id === WIDGET ? `\0${id}` : null),
    load(id) {
      if (id === `\0${WIDGET}`) {
        for (const tag of localeTags() as string[]) this.addWatchFile(`${LOCALES}${tag}.ftl`);
        return `export default ${JSON.stringify(widgetTexts())}`;
      }
      if (id.startsWith(`\0${CONSOLE}`)) {
        const tag = id.slice(CONSOLE.length + 1);
        this.addWatchFile(`${LOCALES}${tag}.ftl`);
        return `export default ${JSON.stringify(onlyPrefixes(readLocale(tag), CONSOLE_PREFIXES, tag))}`;
      }
      return null;
    },
  };
}
