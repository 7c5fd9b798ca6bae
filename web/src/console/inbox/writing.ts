/** The text being written: reply or note with its draft, what is asked for at the caret, and telling that one types. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";
import type { ConversationSummary } from "../../wire.ts";
import { trigger } from "../data/canned.ts";
import type { DraftKind } from "../data/drafts.ts";
import { live } from "../data/live.ts";
import { draftOf, keepDraft } from "./drafts.ts";
import { insertion } from "./insertion.ts";
import { whyNot } from "./ready.tsx";
import type { Asked } from "./suggest.tsx";

const TYPING_EVERY = 2500;

/** Tells the other side that somebody types, now and then. */
function useTyping(conversation: string): (on: boolean) => void {
  const last = useRef(0);
  return (on) => {
    const now = Date.now();
    if (on && now - last.current < TYPING_EVERY) return;
    last.current = on ? now : 0;
    live.send({ type: "typing", conversation, on });
  };
}

function grow(area: HTMLTextAreaElement | null): void {
  if (!area) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}

export interface Writing {
  area: RefObject<HTMLTextAreaElement | null>;
  kind: DraftKind;
  text: string;
  asked: Asked | null;
  put: (text: string, caret?: number) => void;
  /** Puts words at the caret, in place of what was typed since `from`. */
  insert: (words: string, from?: number) => void;
  /** Types a sign that asks for canned replies or articles. */
  ask: (sign: "/" | "@") => void;
  look: () => void;
  settle: () => void;
  choose: (kind: DraftKind) => void;
  sent: () => void;
}

export function useWriting(summary: ConversationSummary): Writing {
  const { id } = summary;
  const [kind, setKind] = useState<DraftKind>("reply");
  const [text, setText] = useState(() => draftOf(id, "reply"));
  const [asked, setAsked] = useState<Asked | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const tell = useTyping(id);
  const put = (next: string, caret?: number): void => {
    setText(next);
    keepDraft(id, kind, next);
    if (kind === "reply") tell(next !== "");
    // At once, not after the next frame: the next key already belongs into the field.
    if (caret !== undefined) area.current?.focus();
    requestAnimationFrame(() => {
      grow(area.current);
      if (caret !== undefined) area.current?.setSelectionRange(caret, caret);
    });
  };
  const look = (): void => setAsked(area.current ? trigger(area.current.value, area.current.selectionStart) : null);
  const insert = (words: string, from?: number): void => {
    const field = area.current!;
    const start = from ?? field.selectionStart;
    setAsked(null);
    put(field.value.slice(0, start) + words + field.value.slice(field.selectionEnd), start + words.length);
  };
  const apart = (space: string): string => (text && !/\s$/u.test(text) ? space : "");
  const ask = (sign: "/" | "@"): void => {
    insert(apart(" ") + sign);
    requestAnimationFrame(look);
  };
  const choose = (next: DraftKind): void => {
    setKind(next);
    setText(draftOf(id, next));
    if (area.current) area.current.hidden = next === "reply" && whyNot(summary) !== null;
    area.current?.focus();
    requestAnimationFrame(() => grow(area.current));
  };
  useEffect(() => grow(area.current), []);
  useEffect(() => {
    const wish = insertion.value;
    if (wish?.conversation !== id) return;
    insertion.value = null;
    if (!wish.reply || kind === "reply") return insert(apart("\n") + wish.text);
    const begun = draftOf(id, "reply");
    keepDraft(id, "reply", begun ? `${begun.trimEnd()}\n${wish.text}` : wish.text);
    choose("reply");
  }, [insertion.value]);
  const sent = (): void => {
    put("");
    tell(false);
    area.current?.focus();
  };
  return { area, kind, text, asked, put, insert, ask, look, choose, sent, settle: () => setAsked(null) };
}
