/** A Vite plugin that takes the line breaks out of the widget's style sheets, which travel inside its scripts. */
import type { Plugin } from "vite";

const SHEET = /\/widget\/(view|more)\/styles\.ts$/;

export function styles(): Plugin {
  return {
    name: "parley-styles",
    transform: (code, id) =>
      SHEET.test(id) ? code.replace(/`[^`]*`/g, (sheet) => sheet.replace(/\n\s*/g, "")) : null,
  };
}
