/** Fetches what is not needed on every page, once the panel is open. */
import type { Kit, More } from "../more/types";

declare const MORE_VERSION: string;

/** A module import: it needs no more of a page's policy than our own script line does. Rejects when it cannot be had. */
export async function fetchMore(server: string, kit: Kit): Promise<More> {
  const address = `${server}/widget-more.js?v=${MORE_VERSION}`;
  const module = (await import(/* @vite-ignore */ address)) as { default: (kit: Kit) => More };
  return module.default(kit);
}
