/** What waits for this person in the knowledge base: its list, and how much of it asks something of them. */
import { computed, signal } from "@preact/signals";
import type { EditorialWork } from "../../wire.ts";
import { ApiError, api } from "./api.ts";
import { live } from "./live.ts";
import { may, me, onLeave } from "./session.ts";
import { follow, ofArticle } from "./told.ts";

export const work = signal<EditorialWork | null>(null);
export const workError = signal<ApiError | null>(null);
export const workCount = computed(() => work.value?.count ?? 0);

let asked = 0;

export async function loadWork(): Promise<void> {
  if (!me.value || !may("edit")) return;
  const mine = ++asked;
  try {
    const found = await api.get<EditorialWork>("/api/knowledge/work");
    if (mine !== asked) return;
    work.value = found;
    workError.value = null;
  } catch (error) {
    if (mine === asked) workError.value = error as ApiError;
  }
}

/** `tell` hears that somebody is asked for a review who was not a moment ago. */
export function followWork(tell: () => void): void {
  const renew = async (): Promise<void> => {
    const before = work.value;
    const known = new Set(before?.review.map((each) => `${each.article} ${each.language} ${each.revision}`));
    await loadWork();
    const own = me.value?.id;
    if (before && work.value?.review.some((each) => each.asked_of?.id === own && !known.has(`${each.article} ${each.language} ${each.revision}`))) tell();
  };
  follow(ofArticle(), renew);
  live.state.subscribe((state) => { if (state === "live") void loadWork(); });
  onLeave(() => {
    asked += 1;
    work.value = null;
    workError.value = null;
  });
}
