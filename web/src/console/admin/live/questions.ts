/** Questions asked before a chat, as they are edited and as they are stored. Pure. */
import { record, said, text, words } from "../values.ts";

export type QuestionKind = "text" | "email" | "choice";
export const QUESTION_KINDS: readonly QuestionKind[] = ["text", "email", "choice"];
export const MOST_QUESTIONS = 10;

export interface QuestionForm {
  key: string; label: Record<string, string>; kind: QuestionKind; required: boolean;
  /** One option a line; the same line of each language is the same option. */
  options: Record<string, string>;
}

export function beginQuestion(stored: unknown): QuestionForm {
  const { key, label, kind, required, options } = record(stored);
  const rows = Array.isArray(options) ? options.map(words) : [];
  const tags = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return {
    key: text(key), label: words(label), kind: QUESTION_KINDS.find((each) => each === kind) ?? "text", required: required === true,
    options: Object.fromEntries(tags.map((tag) => [tag, rows.map((row) => row[tag] ?? "").join("\n")])),
  };
}

function optionsOf(options: Record<string, string>): Record<string, string>[] {
  const columns = Object.entries(options).map(([tag, column]) => [tag, column.split("\n")] as const);
  const longest = Math.max(0, ...columns.map(([, column]) => column.length));
  return Array.from({ length: longest }, (_, at) => said(Object.fromEntries(columns.map(([tag, column]) => [tag, column[at] ?? ""])))).filter((row) => Object.keys(row).length > 0);
}

export function questionConfig({ key, label, kind, required, options }: QuestionForm): Record<string, unknown> {
  return { key: key.trim(), label: said(label), kind, required, ...(kind === "choice" ? { options: optionsOf(options) } : {}) };
}

/** A new one under a name that no other has. */
export function newQuestion(others: readonly QuestionForm[]): QuestionForm {
  const taken = new Set(others.map((each) => each.key));
  let number = others.length + 1;
  while (taken.has(`question_${number}`)) number += 1;
  return { key: `question_${number}`, label: {}, kind: "text", required: false, options: {} };
}

export function moved<T>(items: readonly T[], at: number, by: number): T[] {
  const next = [...items];
  const [item] = next.splice(at, 1);
  next.splice(at + by, 0, item!);
  return next;
}
