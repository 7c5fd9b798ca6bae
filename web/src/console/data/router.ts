/** Where we are: the address under /console as a signal, and how to go elsewhere. */
import { computed, signal } from "@preact/signals";

const BASE = "/console";

export interface Place { path: string; query: URLSearchParams }

function read(): Place {
  const path = location.pathname.startsWith(BASE) ? location.pathname.slice(BASE.length) : location.pathname;
  return { path: path.replace(/\/+$/, "") || "/", query: new URLSearchParams(location.search) };
}

export const place = signal<Place>(read());
/** The address in pieces: `/inbox/mine/c1` is `["inbox", "mine", "c1"]`. */
export const steps = computed(() => place.value.path.split("/").filter(Boolean).map(decodeURIComponent));

let guard: (() => boolean) | null = null;

/** Asks before leaving a page with unsaved work; returns how to stop asking. */
export function guardLeaving(mayLeave: () => boolean): () => void {
  guard = mayLeave;
  return () => {
    if (guard === mayLeave) guard = null;
  };
}

export function href(path: string, query: Record<string, string | null | undefined> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value);
  const text = search.toString();
  return BASE + path + (text ? `?${text}` : "");
}

export function go(address: string, replace = false): void {
  if (address === location.pathname + location.search) return;
  if (guard && !guard()) return;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  place.value = read();
}

/** Follows links and the browser's own back and forward. */
export function followLinks(): void {
  addEventListener("popstate", () => (place.value = read()));
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.("a[href]");
    if (!(link instanceof HTMLAnchorElement) || link.target || link.origin !== location.origin || link.hasAttribute("download")) return;
    if (!link.pathname.startsWith(BASE)) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}
