/** Text that another part of the page wants in the composer, such as an article from the panel; `reply`: never in a note. */
import { signal } from "@preact/signals";
import type { ArticleDetail } from "../../wire.ts";
import { api } from "../data/api.ts";

export const insertion = signal<{ conversation: string; text: string; reply?: boolean } | null>(null);

/** Markdown without its signs: what a customer on a plain-text channel should read. */
export function withoutMarks(markdown: string): string {
  return markdown
    .replace(/```[^\n]*\n([\s\S]*?)```/g, "$1")
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\[([^\]]+)\]\(([^)\s]+)[^)]*\)/g, "$1 ($2)")
    .replace(/^#{1,6}\s+/gm, "")
    .replace(/^[ \t]*>[ \t]?/gm, "")
    .replace(/^([ \t]*)[*+-][ \t]+/gm, "$1• ")
    .replace(/(\*\*|__)(.+?)\1/g, "$2")
    .replace(/(?<![\w*])[*_]([^*_\n]+)[*_](?![\w*])/g, "$1")
    .replace(/`([^`]+)`/g, "$1")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** What to say to a customer from an article: its published text, in their language if there is one. */
export async function articleText(article: string, language: string): Promise<string> {
  const detail = await api.get<ArticleDetail>(`/api/articles/${article}`);
  const published = detail.languages[language]?.published ?? Object.values(detail.languages).find((each) => each.published)?.published;
  return published ? withoutMarks(published.body) : "";
}
