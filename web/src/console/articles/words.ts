/** Between what an editor types and what is stored: questions, and what has changed. Pure. */
import type { ArticleLanguage, ArticleState, Revision } from "../../wire.ts";

/** `note` says what changed, in a line. */
export interface Text { title: string; questions: string; body: string; note?: string }

/** One question a line; empty lines and repeats are left out. */
export function questionsOf(lines: string): string[] {
  return [...new Set(lines.split("\n").map((line) => line.trim()).filter(Boolean))];
}

/** What an editor goes on with: the draft if there is one, else what is published. */
export function working(own: ArticleLanguage | undefined): Revision | null {
  return own?.draft ?? own?.published ?? null;
}

export function textOf(revision: Revision | null): Text {
  return { title: revision?.title ?? "", questions: (revision?.questions ?? []).join("\n"), body: revision?.body ?? "" };
}

export function differs(text: Text, revision: Revision | null): boolean {
  const stored = textOf(revision);
  return text.title !== stored.title || text.body !== stored.body || questionsOf(text.questions).join("\n") !== stored.questions;
}

export function stateOf(own: ArticleLanguage | undefined): ArticleState | "none" {
  if (own?.published && own.draft) return "both";
  return own?.published ? "published" : own?.draft ? "draft" : "none";
}

/** Whether two texts would be stored alike. */
export function alike(a: Text, b: Text): boolean {
  return a.title.trim() === b.title.trim() && a.body.trim() === b.body.trim() && questionsOf(a.questions).join("\n") === questionsOf(b.questions).join("\n");
}

/** The newest revision's number: what a new one is based on. */
export function newest(own: ArticleLanguage | undefined): number {
  return Math.max(0, own?.draft?.number ?? 0, own?.published?.number ?? 0, ...(own?.revisions ?? []).map((each) => each.number));
}
