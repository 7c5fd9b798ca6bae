/** The review of one edition: fetched, kept current, and stepped on; a step that came too late shows what is so now. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Review } from "../../../wire.ts";
import { ApiError, api } from "../../data/api.ts";
import { href, place } from "../../data/router.ts";
import { ofArticle, useTold } from "../../data/told.ts";

export interface Reviewing {
  path: string;
  review: Review | null;
  error: ApiError | null;
  load: () => void;
  /** Takes over the answer of a step; throws what was refused, after fetching how it is now where somebody was faster. */
  step: (work: () => Promise<Review | void>) => Promise<void>;
}

export function useReview(id: string, tag: string): Reviewing {
  const path = `/api/articles/${id}/${tag}`;
  const [review, setReview] = useState<Review | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const asked = useRef(0);
  const load = (): Promise<void> => {
    const mine = ++asked.current;
    return api.get<Review>(`${path}/review`).then(
      (next) => { if (mine === asked.current) { setReview(next); setError(null); } },
      (fault: ApiError) => { if (mine === asked.current) { setError(fault); if (fault.status === 404) setReview(null); } },
    );
  };
  useEffect(() => { setReview(null); setError(null); load(); }, [path]);
  useTold(ofArticle(id), load);
  const step = async (work: () => Promise<Review | void>): Promise<void> => {
    try {
      const next = await work();
      asked.current += 1;
      if (next) setReview(next);
      else load();
    } catch (fault) {
      if (fault instanceof ApiError && fault.status === 409) load();
      throw fault;
    }
  };
  return { path, review, error, load, step };
}

/** The address of an edition's review; `from` and `to` are revisions to compare. */
export function reviewHref(id: string, change: { tag?: string; view?: string; from?: string; to?: string } = {}): string {
  const query = Object.fromEntries(place.value.query);
  // The list beside it has a filter called tag.
  const { tag, ...rest } = change;
  return href(`/articles/${id}/review`, { ...query, ...rest, ...(tag === undefined ? {} : { in: tag }) });
}
