/** The list of articles, and the filter that the address names. */
import { signal } from "@preact/signals";
import type { ArticleSummary } from "../../wire.ts";
import { ApiError, api } from "../data/api.ts";
import { href, place } from "../data/router.ts";

export const articles = signal<ArticleSummary[] | null>(null);
export const listError = signal<ApiError | null>(null);

export interface Filter { q: string; status: string; language: string }

export function filter(): Filter {
  const { query } = place.value;
  return { q: query.get("q") ?? "", status: query.get("status") ?? "", language: query.get("language") ?? "" };
}

export function articleHref(id: string | null, change: Partial<Filter> = {}): string {
  return href(id ? `/articles/${id}` : "/articles", { ...filter(), ...change });
}

export async function loadArticles(): Promise<void> {
  try {
    articles.value = (await api.get<{ items: ArticleSummary[] }>("/api/articles", { ...filter() })).items;
    listError.value = null;
  } catch (error) {
    listError.value = error as ApiError;
  }
}
