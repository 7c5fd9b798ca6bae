/** A Vite plugin that hands out the console's texts as Fluent source; the widget gets its words from the server. */
import type { Plugin } from "vite";
import { LOCALES, onlyPrefixes, readLocale } from "./fluent.mjs";

const CONSOLE = "virtual:console-texts/";
const CONSOLE_PREFIXES = ["console-", "error-"];

/** `virtual:console-texts/<tag>` exports Fluent source. */
export function texts(): Plugin {
  return {
    name: "parley-texts",
    resolveId: (id) => (id.startsWith(CONSOLE) ? `\0${id}` : null),
    load(id) {
      if (id.startsWith(`\0${CONSOLE}`)) {
        const tag = id.slice(CONSOLE.length + 1);
        this.addWatchFile(`${LOCALES}${tag}.ftl`);
        return `export default ${JSON.stringify(onlyPrefixes(readLocale(tag), CONSOLE_PREFIXES, tag))}`;
      }
      return null;
    },
  };
}
