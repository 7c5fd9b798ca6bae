/** Two texts that were written at the same time, as the server compares them: what is the same, and where somebody has to choose. Pure. */
import type { ComparedLine, ComparedPiece, ComparedSide } from "../../../wire.ts";

export type Choice = "mine" | "theirs" | "both";
export interface Same { same: true; lines: string[] }
/** Lines in pieces; `choice` is what we suggest: whoever changed it is right, and both where both did. */
export interface Apart { same: false; mine: ComparedPiece[][]; theirs: ComparedPiece[][]; choice: Choice }
export type Part = Same | Apart;

export function textOfLine(pieces: readonly ComparedPiece[]): string {
  return pieces.map((piece) => piece.text).join("");
}

function holds(lines: readonly string[], some: readonly string[]): boolean {
  return `\n${lines.join("\n")}\n`.includes(`\n${some.join("\n")}\n`);
}

/** Whether these lines stand in the text that both began with; none stand there when the other's do not either. */
function untouched(base: readonly string[], own: readonly string[], other: readonly string[]): boolean {
  return own.length ? holds(base, own) : !holds(base, other);
}

function suggested(base: readonly string[] | null, mine: string[], theirs: string[]): Choice {
  if (!base) return "mine";
  const mineIsOld = untouched(base, mine, theirs);
  const theirsIsOld = untouched(base, theirs, mine);
  if (mineIsOld === theirsIsOld) return mineIsOld ? "mine" : "both";
  return mineIsOld ? "theirs" : "mine";
}

/** Words are marked in lines that are two forms of one; of others every word differs, and marking all says nothing. */
function pieces(side: ComparedSide, other: ComparedSide | null): ComparedPiece[] {
  return other ? side.pieces : side.pieces.map(({ text }) => ({ text, changed: false }));
}

function apart(mine: ComparedPiece[][], theirs: ComparedPiece[][], base: string | null): Apart {
  return { same: false, mine, theirs, choice: suggested(base?.split("\n") ?? null, mine.map(textOfLine), theirs.map(textOfLine)) };
}

/** `lines` compare mine, the old side, with theirs; `base`: the text that both began with, where it is known. */
export function parts(lines: readonly ComparedLine[], base: string | null): Part[] {
  const found: Part[] = [];
  let run: ComparedLine[] = [];
  const end = (): void => {
    if (!run.length) return;
    const side = (one: "old" | "new", two: "old" | "new"): ComparedPiece[][] => run.flatMap((line) => (line[one] ? [pieces(line[one], line[two])] : []));
    found.push(apart(side("old", "new"), side("new", "old"), base));
    run = [];
  };
  for (const line of lines) {
    if (line.change !== "equal") {
      run.push(line);
      continue;
    }
    end();
    const text = textOfLine(line.old!.pieces);
    const last = found.at(-1);
    if (last?.same) last.lines.push(text);
    else found.push({ same: true, lines: [text] });
  }
  end();
  return found;
}

/** Where they cannot be compared, one chooses between the whole texts. */
export function whole(mine: string, theirs: string, base: string | null): Part[] {
  const plain = (text: string): ComparedPiece[][] => text.split("\n").map((line) => [{ text: line, changed: false }]);
  return mine === theirs ? [{ same: true, lines: mine.split("\n") }] : [apart(plain(mine), plain(theirs), base)];
}

/** The text that the choices make. */
export function joined(all: readonly Part[], choices: readonly Choice[]): string {
  let at = -1;
  return all.flatMap((part) => {
    if (part.same) return part.lines;
    at += 1;
    const choice = choices[at] ?? part.choice;
    const lines = choice === "mine" ? part.mine : choice === "theirs" ? part.theirs : [...part.mine, ...part.theirs];
    return lines.map(textOfLine);
  }).join("\n");
}
