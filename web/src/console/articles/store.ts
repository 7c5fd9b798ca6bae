/** The list of articles as the address asks for it, by page, and how it is narrowed. */
import { signal } from "@preact/signals";
import type { ArticlePage, ArticleSummary } from "../../wire.ts";
import { ApiError, api } from "../data/api.ts";
import { loadCounts } from "../data/knowledge.ts";
import { href, place } from "../data/router.ts";
import { onLeave } from "../data/session.ts";

export const articles = signal<ArticleSummary[] | null>(null);
export const listError = signal<ApiError | null>(null);
export const total = signal<{ count: number; most: number }>({ count: 0, most: 0 });
export const following = signal<string | null>(null);
export const loadingMore = signal(false);

/** What the address may say, and the server understands by the same names. */
export const FIELDS = ["q", "status", "stage", "language", "category", "tag", "audience", "brand", "owner", "overdue", "stale", "missing", "archived", "sort"] as const;
export type FilterField = (typeof FIELDS)[number];
export type Filter = Record<FilterField, string>;
/** What a view of the list decides; the rest narrows it further. */
export const VIEW: readonly FilterField[] = ["status", "stage", "owner", "overdue", "stale", "missing", "archived"];

onLeave(() => { articles.value = null; });

export function filter(): Filter {
  const { query } = place.value;
  return Object.fromEntries(FIELDS.map((each) => [each, query.get(each) ?? ""])) as Filter;
}

export function articleHref(id: string | null, change: Partial<Filter> = {}): string {
  return href(id ? `/articles/${id}` : "/articles", { ...filter(), ...change });
}

/** The same list in another view: a view takes the place of the one before. */
export function viewHref(id: string | null, view: Partial<Filter>): string {
  return articleHref(id, { ...Object.fromEntries(VIEW.map((each) => [each, ""])), ...view });
}

/** Only the newest answer counts: an earlier question may be answered later. */
let asked = 0;
/** So many pages are fetched again at most; whoever has gone further keeps what they see until they come back up. */
const PAGES = 8;

export async function loadArticles(): Promise<void> {
  const mine = ++asked;
  void loadCounts();
  try {
    const page = await api.get<ArticlePage>("/api/articles", filter());
    if (mine !== asked) return;
    articles.value = page.items;
    total.value = { count: page.total, most: page.most };
    following.value = page.next;
    listError.value = null;
  } catch (error) {
    if (mine === asked) listError.value = error as ApiError;
  }
}

export async function loadMore(): Promise<void> {
  const mine = asked;
  if (!following.value || loadingMore.value) return;
  loadingMore.value = true;
  try {
    const page = await api.get<ArticlePage>("/api/articles", { ...filter(), cursor: following.value });
    if (mine !== asked) return;
    const shown = new Set((articles.value ?? []).map((each) => each.id));
    articles.value = [...(articles.value ?? []), ...page.items.filter((each) => !shown.has(each.id))];
    following.value = page.next;
  } catch (error) {
    listError.value = error as ApiError;
  } finally {
    loadingMore.value = false;
  }
}

/** Articles changed: as many lines as are shown are fetched again, and take their place at once. */
export async function renewArticles(): Promise<void> {
  const wanted = articles.value?.length ?? 0;
  const mine = ++asked;
  try {
    const query = filter();
    let page = await api.get<ArticlePage>("/api/articles", query);
    const found = [...page.items];
    for (let at = 1; at < PAGES && page.next && found.length < wanted; at += 1) {
      page = await api.get<ArticlePage>("/api/articles", { ...query, cursor: page.next });
      found.push(...page.items);
    }
    if (mine !== asked) return;
    articles.value = found;
    total.value = { count: page.total, most: page.most };
    following.value = page.next;
    listError.value = null;
    await loadCounts();
  } catch {
    // What is shown stays; the next news tries again.
  }
}
