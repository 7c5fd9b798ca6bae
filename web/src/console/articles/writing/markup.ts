/** What a key or a button does to Markdown: pure changes of a text and its selection. */

/** `from`–`to` becomes `text`; afterwards `select` is selected, counted in the new text. */
export interface Change { from: number; to: number; text: string; select: [number, number] }
export interface Selected { value: string; start: number; end: number }

const MARKS = { bold: "**", italic: "*", code: "`", strike: "~~" } as const;
export type Mark = keyof typeof MARKS;
export type Line = "heading2" | "heading3" | "bullets" | "steps" | "tasks" | "quote";
const PREFIX: Record<Line, (at: number) => string> = {
  heading2: () => "## ", heading3: () => "### ", bullets: () => "- ", steps: (at) => `${at + 1}. `, tasks: () => "- [ ] ", quote: () => "> ",
};
/** Whatever a line may begin with already. */
const BEGUN = /^(?:#{1,6} |[-*+] \[[ xX]\] |[-*+] |\d{1,9}[.)] |> )/;
const OWN: Record<Line, RegExp> = {
  heading2: /^## /, heading3: /^### /, bullets: /^[-*+] (?!\[[ xX]\] )/, steps: /^\d{1,9}[.)] /, tasks: /^[-*+] \[[ xX]\] /, quote: /^> /,
};

export function applied(value: string, change: Change): string {
  return value.slice(0, change.from) + change.text + value.slice(change.to);
}

/** Around the selection, or taken away where it is already; of nothing selected, both marks with the caret between. */
export function marked({ value, start, end }: Selected, mark: Mark): Change {
  const sign = MARKS[mark];
  const size = sign.length;
  if (value.slice(start - size, start) === sign && value.slice(end, end + size) === sign && !(size === 1 && value[start - 2] === sign)) {
    return { from: start - size, to: end + size, text: value.slice(start, end), select: [start - size, end - size] };
  }
  const inner = value.slice(start, end);
  const [lead, words, trail] = [/^\s*/.exec(inner)![0], inner.trim(), inner.trim() ? /\s*$/.exec(inner)![0] : ""];
  return { from: start, to: end, text: `${lead}${sign}${words}${sign}${trail}`, select: [start + lead.length + size, start + lead.length + size + words.length] };
}

function linesOf({ value, start, end }: Selected): { from: number; to: number; lines: string[] } {
  const from = value.lastIndexOf("\n", start - 1) + 1;
  const until = value.indexOf("\n", Math.max(start, end - (end > start && value[end - 1] === "\n" ? 1 : 0)));
  const to = until === -1 ? value.length : until;
  return { from, to, lines: value.slice(from, to).split("\n") };
}

/** Each line of the selection begins so, or no longer where all of them did. */
export function lined(selected: Selected, line: Line): Change {
  const { from, to, lines } = linesOf(selected);
  const all = lines.every((each) => OWN[line].test(each) || (each.trim() === "" && lines.length > 1));
  let at = -1;
  const next = lines.map((each) => {
    if (each.trim() === "" && lines.length > 1) return each;
    at += 1;
    return all ? each.replace(BEGUN, "") : PREFIX[line](at) + each.replace(BEGUN, "");
  });
  const text = next.join("\n");
  const caret = selected.start === selected.end;
  const moved = from + text.length;
  return { from, to, text, select: caret ? [Math.min(moved, Math.max(from, selected.start + next[0]!.length - lines[0]!.length)), Math.min(moved, Math.max(from, selected.start + next[0]!.length - lines[0]!.length))] : [from, moved] };
}

/** On lines of its own, with an empty one around; `hole` is what is selected in it then. */
export function blocked({ value, start, end }: Selected, block: string, hole = ""): Change {
  const before = value.slice(0, start);
  const lead = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const after = value.slice(end);
  const trail = after === "" ? "\n" : after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  const at = start + lead.length + (hole ? Math.max(0, block.indexOf(hole)) : block.length);
  return { from: start, to: end, text: lead + block + trail, select: [at, at + hole.length] };
}

/** In the place of the selection; `hole` is what is selected in it then. */
export function put({ start, end }: Selected, text: string, hole = ""): Change {
  const at = start + (hole ? Math.max(0, text.indexOf(hole)) : text.length);
  return { from: start, to: end, text, select: [at, at + hole.length] };
}

export function callout(selected: Selected, kind: string, words: string): Change {
  const said = selected.value.slice(selected.start, selected.end).trim() || words;
  const block = `> [!${kind.toUpperCase()}]\n${said.split("\n").map((each) => `> ${each}`).join("\n")}`;
  return blocked(selected, block, said.includes("\n") ? "" : said);
}

/** Enter within a list goes on with it, and ends it on an empty item; null where Enter is only Enter. */
export function entered({ value, start, end }: Selected): Change | null {
  if (start !== end) return null;
  const from = value.lastIndexOf("\n", start - 1) + 1;
  const found = /^(?<indent>[ \t]*)(?<sign>[-*+] \[[ xX]\] |[-*+] |(?<number>\d{1,9})(?<dot>[.)]) |> )(?<rest>.*)$/.exec(value.slice(from, start));
  if (!found?.groups) return null;
  const { indent, sign, number, dot, rest } = found.groups as Record<string, string>;
  const after = value.slice(start, value.indexOf("\n", start) === -1 ? value.length : value.indexOf("\n", start));
  if (!rest!.trim() && !after.trim()) return { from, to: start, text: "", select: [from, from] };
  const next = number ? `${Number(number) + 1}${dot} ` : sign!.replace(/\[[xX]\]/, "[ ]");
  const text = `\n${indent}${next}`;
  return { from: start, to: start, text, select: [start + text.length, start + text.length] };
}

/** Two spaces more or less before each line of the selection. */
export function indented(selected: Selected, by: 1 | -1): Change {
  const { from, to, lines } = linesOf(selected);
  const next = lines.map((each) => (by > 0 ? `  ${each}` : each.replace(/^ {1,2}/, "")));
  const text = next.join("\n");
  const first = next[0]!.length - lines[0]!.length;
  return { from, to, text, select: [Math.max(from, selected.start + first), Math.max(from, selected.end + text.length - (to - from))] };
}

/** Words of scripts with spaces, and characters of those without, as people count an article's length. */
export function wordsIn(markdown: string): number {
  const plain = markdown.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[#>*_`~|-]+/g, " ");
  const unspaced = plain.match(/[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]/gu)?.length ?? 0;
  const spaced = plain.replace(/[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]/gu, " ").match(/[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
  return unspaced + spaced;
}

/** Where a line, counted from 1, begins and ends. */
export function lineAt(value: string, line: number): [number, number] {
  let from = 0;
  for (let at = 1; at < line; at += 1) {
    const next = value.indexOf("\n", from);
    if (next === -1) break;
    from = next + 1;
  }
  const end = value.indexOf("\n", from);
  return [from, end === -1 ? value.length : end];
}

/** The signs that would end an image's or a link's words early. */
export function bracketed(words: string): string {
  return words.replace(/[\r\n]+/g, " ").replace(/[[\]\\]/g, "\\$&");
}
