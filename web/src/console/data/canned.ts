/** Finds canned replies as somebody types `/…`, and fills in their blanks. Pure. */
import type { Canned } from "../../wire.ts";

/** What is being asked for at the caret: the word after a `/` or `@` that begins a word, or nothing. */
export function trigger(text: string, caret: number): { sign: "/" | "@"; query: string; start: number } | null {
  const found = /(^|\s)([/@])([^\s/@]*)$/u.exec(text.slice(0, caret));
  if (!found) return null;
  return { sign: found[2] as "/" | "@", query: found[3]!, start: caret - found[3]!.length - 1 };
}

function score(canned: Canned, query: string): number {
  const shortcut = canned.shortcut.replace(/^\//, "").toLowerCase();
  if (shortcut === query) return 5;
  if (shortcut.startsWith(query)) return 4;
  const title = canned.title.toLowerCase();
  if (title.split(/\s+/u).some((word) => word.startsWith(query))) return 3;
  if (title.includes(query) || shortcut.includes(query)) return 2;
  return canned.text.toLowerCase().includes(query) ? 1 : 0;
}

/** The best matches first; those in the conversation's language before equally good others. */
export function searchCanned(all: readonly Canned[], query: string, language: string, limit = 8): Canned[] {
  const wanted = query.toLowerCase();
  return all
    .map((canned) => ({ canned, score: wanted ? score(canned, wanted) : 1, own: canned.language === language ? 1 : 0 }))
    .filter((each) => each.score > 0)
    .sort((a, b) => b.own - a.own || b.score - a.score || a.canned.shortcut.localeCompare(b.canned.shortcut))
    .slice(0, limit)
    .map((each) => each.canned);
}

/** Puts values in place of `{{name}}`; an unknown blank stays, so that the agent sees it. */
export function fillIn(text: string, values: Record<string, string | null>): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (blank, name: string) => values[name] || blank);
}
