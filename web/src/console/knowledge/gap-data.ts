/** Clusters of questions that found nothing good: which are shown, and what is done with one. */
import { signal } from "@preact/signals";
import type { GapCluster, GapClusterDetail, GapClusters } from "../../wire.ts";
import { api, type ApiError, withQuery } from "../data/api.ts";
import { locale } from "../data/i18n.ts";
import { href, place } from "../data/router.ts";
import { onLeave } from "../data/session.ts";

export const page = signal<GapClusters | null>(null);
export const pageError = signal<ApiError | null>(null);
let wanted = "";

const NARROWING = ["state", "language", "brand", "days", "offset"] as const;
export type Narrowing = Record<(typeof NARROWING)[number], string>;

/** What the address says. */
export function narrowing(): Narrowing {
  return Object.fromEntries(NARROWING.map((name) => [name, place.value.query.get(name) ?? ""])) as Narrowing;
}

export function gapsHref(cluster: string | null, change: Partial<Narrowing> = {}): string {
  return href(cluster ? `/knowledge/gaps/${cluster}` : "/knowledge/gaps", { ...narrowing(), ...change });
}

export async function loadPage(): Promise<void> {
  const path = withQuery("/api/knowledge/gaps", { ...narrowing() });
  wanted = path;
  try {
    const found = await api.get<GapClusters>(path);
    if (wanted !== path) return;
    page.value = found;
    pageError.value = null;
  } catch (fault) {
    if (wanted === path) pageError.value = fault as ApiError;
  }
}

onLeave(() => { page.value = null; });

export const loadCluster = (id: string): Promise<GapClusterDetail> => api.get<GapClusterDetail>(`/api/knowledge/gaps/${encodeURIComponent(id)}`);
export const act = <T,>(id: string, what: string, body: object): Promise<T> => api.post<T>(`/api/knowledge/gaps/${encodeURIComponent(id)}/${what}`, body);

export function percent(share: number): string {
  return new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 0 }).format(share);
}

/** How a cluster goes: this period against the last one; null where neither had enough to say. */
export function trend({ size, before }: Pick<GapCluster, "size" | "before">): "up" | "down" | "even" | "new" | null {
  if (size + before === 0) return null;
  if (before === 0) return "new";
  if (size > before * 1.2) return "up";
  return size < before * 0.8 ? "down" : "even";
}

/** Points of a line through the counts, in a box of this width and height. */
export function points(course: readonly number[], width: number, height: number): string {
  const most = Math.max(1, ...course);
  const step = width / Math.max(1, course.length - 1);
  return course.map((count, at) => `${(at * step).toFixed(1)},${(height - (count / most) * height).toFixed(1)}`).join(" ");
}
