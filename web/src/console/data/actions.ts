/** Everything that can be done here and now, each with its key: for the keyboard, the overview and the palette. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { computed, signal } from "@preact/signals";
import { keep, kept } from "./keep.ts";
import { inText, matches, spell } from "./chords.ts";

export type Group = "go" | "list" | "conversation" | "composer" | "offer" | "articles" | "general";
export interface Action {
  id: string;
  /** Key of the text that names it. */
  text: string;
  group: Group;
  /** `e`, `g m` (one after the other), `Mod+k`, `Shift+?`; none: in the palette only. */
  keys?: string;
  /** Also works while somebody writes. */
  whileWriting?: boolean;
  enabled?: () => boolean;
  run: () => void;
}

const registered = signal<Action[][]>([]);
export const actions = computed(() => registered.value.flat());
/** Single letters can be switched off for those whose tools send letters. */
export const lettersOn = signal(kept("letters") !== "off");

export function setLetters(on: boolean): void {
  lettersOn.value = on;
  keep("letters", on ? null : "off");
}

/** Offers actions for as long as the component is there. */
export function useActions(list: Action[]): void {
  const latest = useRef(list);
  latest.current = list;
  const shape = list.map((action) => action.id).join();
  useLayoutEffect(() => {
    const stable = latest.current.map((action) => ({
      ...action,
      enabled: () => find(action.id)?.enabled?.() ?? true,
      run: () => find(action.id)?.run(),
    }));
    const find = (id: string): Action | undefined => latest.current.find((each) => each.id === id);
    registered.value = [...registered.peek(), stable];
    return () => {
      registered.value = registered.peek().filter((each) => each !== stable);
    };
  }, [shape]);
}

const SEQUENCE_MS = 1200;
let first = "";
let firstAt = 0;

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  const writing = inText(event.target);
  const modal = document.querySelector("dialog[open]") !== null;
  const typed = spell(event);
  const sequence = first && event.timeStamp - firstAt < SEQUENCE_MS ? `${first} ${typed}` : "";
  const usable = [...actions.value].reverse().filter((action) =>
    action.keys && (action.enabled?.() ?? true)
    && (!writing || action.whileWriting)
    && (!modal || action.whileWriting && action.group === "general")
    && (lettersOn.value || action.keys.includes("Mod+") || action.whileWriting));
  const found = usable.find((action) => sequence && matches(action.keys!, sequence)) ?? usable.find((action) => matches(action.keys!, typed));
  if (found) {
    first = "";
    event.preventDefault();
    found.run();
    return;
  }
  const begins = usable.some((action) => action.keys!.startsWith(`${typed} `));
  first = begins ? typed : "";
  firstAt = event.timeStamp;
}

export function listenToKeys(): void {
  addEventListener("keydown", onKey);
}
