/** Which list, filter and conversation the address names, and which extras are open beside them. */
import { signal } from "@preact/signals";
import type { ContactRef, StatusState } from "../../wire.ts";
import { keep, kept } from "../data/keep.ts";
import type { ListName } from "../data/listing.ts";
import { href, place, steps } from "../data/router.ts";

/** Where the panel stands beside the conversation; on narrower screens it lies over it, and begins closed. */
const roomy = matchMedia("(min-width: 1200px)");
export const panelOpen = signal(roomy.matches && kept("panel") !== "closed");
export const STATUSES: StatusState[] = ["open", "waiting", "snoozed", "resolved", "closed"];
const LISTS: ListName[] = ["mine", "queue", "all"];

export function setPanel(on: boolean): void {
  panelOpen.value = on;
  if (roomy.matches) keep("panel", on ? null : "closed");
}

/** Whether the open panel lies over the conversation. */
export function panelCovers(): boolean {
  return !roomy.matches;
}

/** What a filter of the list lets through; `active` is everything that is not done. */
export type Filter = StatusState | "active" | "any";
export const FILTERS: Filter[] = ["active", ...STATUSES, "any"];

export function statusesOf(filter: Filter): StatusState[] {
  return filter === "any" ? STATUSES : filter === "active" ? ["open", "waiting", "snoozed"] : [filter];
}

export interface Where { list: ListName; id: string | null; status: Filter; queue: string | null; q: string; bot: string | null }

export function where(): Where {
  const [, list, id] = steps.value;
  const { query } = place.value;
  const status = query.get("status") as Filter | null;
  return {
    list: LISTS.includes(list as ListName) ? (list as ListName) : "mine",
    id: id ?? null,
    status: status && FILTERS.includes(status) ? status : "active",
    queue: query.get("queue"), q: query.get("q") ?? "", bot: query.get("bot"),
  };
}

/** The address of the inbox as it is, but for what is changed. */
export function inboxHref(change: Partial<Where>): string {
  const next = { ...where(), ...change };
  const path = `/inbox/${next.list}${next.id ? `/${encodeURIComponent(next.id)}` : ""}`;
  return href(path, { status: next.status === "active" ? null : next.status, queue: next.queue, q: next.q, bot: next.bot });
}

/** The dialog in which an agent writes first; with a contact already chosen or not. */
export const writing = signal<{ contact: ContactRef | null } | null>(null);
