/** Fetching again what a page shows when somebody changes it: told live, and after a lost connection came back. */
import { useEffect, useRef } from "preact/hooks";
import type { ServerFrame } from "../../wire.ts";
import { live } from "./live.ts";
import { paced } from "./paced.ts";

export type When = (frame: ServerFrame) => boolean;

/** Something about this article, or without one about any. */
export const ofArticle = (id?: string): When => (frame) =>
  frame.type === "articles" && (id === undefined || !frame.ids.length || frame.ids.includes(id));

/** What articles rest on: categories, synonyms, reusables, brands. */
export const ofKnowledge: When = (frame) => frame.type === "knowledge";

/** Orders, and refunds that wait. */
export const ofOrders: When = (frame) => frame.type === "orders";

/** `load` returns once it has its answer, or nothing where nobody need wait for it. */
export function follow(when: When, load: () => unknown): () => void {
  const pace = paced(load);
  const deafen = live.on((frame) => { if (when(frame)) pace.news(); });
  const back = live.onBack(pace.news);
  return () => { deafen(); back(); pace.stop(); };
}

/** For as long as the component is there; always its newest `load`. */
export function useTold(when: When, load: () => unknown): void {
  const latest = useRef({ when, load });
  latest.current = { when, load };
  useEffect(() => follow((frame) => latest.current.when(frame), () => latest.current.load()), []);
}
