/** What filing an article chooses from: categories, tags, brands, owners, languages; and how many articles each view has. */
import { signal } from "@preact/signals";
import type { ArticleCounts, Category, FilingChoices } from "../../wire.ts";
import { api } from "./api.ts";
import { language } from "./i18n.ts";
import { resource } from "./resource.ts";
import { may, onLeave } from "./session.ts";

export const categories = resource<Category>("/api/categories");
export const choices = signal<FilingChoices | null>(null);
export const counts = signal<ArticleCounts | null>(null);

onLeave(() => {
  choices.value = null;
  counts.value = null;
});

export async function loadChoices(): Promise<void> {
  choices.value = await api.get<FilingChoices>("/api/knowledge/choices").catch(() => choices.peek());
}

export async function loadCounts(): Promise<void> {
  if (!may("edit")) return;
  counts.value = await api.get<ArticleCounts>("/api/knowledge/counts").catch(() => counts.peek());
}

/** In the reader's language, else in English, else in any. */
export function categoryName(category: Pick<Category, "names"> | undefined): string {
  if (!category) return "";
  return category.names[language.value] ?? category.names.en ?? Object.values(category.names)[0] ?? "";
}

export function nameOfCategory(id: string | null): string {
  return categoryName(categories.items.value.find((each) => each.id === id));
}

/** For a list to choose from: in order, those of the lower level under their parent's name. */
export function categoryOptions(): { value: string; text: string }[] {
  return categories.items.value.map((each) => ({ value: each.id, text: `${each.parent ? `${nameOfCategory(each.parent)} › ` : ""}${categoryName(each)}` }));
}
