/** Everything the views draw, in one value, with the one place that tells them it changed. */
import type { Draft } from "./model/attachments";
import { empty } from "./model/outbox";
import type { Outbox } from "./model/outbox";
import type { Details, Inbox, Limits, Service, Texts, User } from "./model/protocol";
import { nothing } from "./model/timeline";
import type { Timeline } from "./model/timeline";
import type { Link } from "./net/connection";
import type { More } from "./more/types";

/** What stands in the panel: the conversation, or one of the rarer things. */
export type View = "chat" | "menu" | "history" | "prove";

export type State = {
  open: boolean;
  /** The panel was open on this page, and closing it gives the focus back. */
  wasOpen: boolean;
  view: View;
  link: Link;
  /** The inbox shows itself only to who is signed in. */
  denied: boolean;
  texts: Texts;
  inbox: Inbox | null;
  service: Service | null;
  user: User | null;
  limits: Limits;
  timeline: Timeline;
  /** The conversation's place in its queue, while it waits there and the server knows. */
  waiting: { position: number; expected_wait_s: number | null } | null;
  outbox: Outbox;
  /** Answers to the questions before a chat, until its first message is stored. */
  details: Details | null;
  typing: string | null;
  unread: number;
  drafts: readonly Draft[];
  /** What stands in the field and is not sent yet. */
  text: string;
  /** What is loaded on demand, once it is there; null where it could not be had. */
  more: More | null | undefined;
};

/** Until the server has said its own. */
const USUAL_LIMITS: Limits = { text_bytes: 16_384, upload_bytes: 10 * 1024 * 1024, uploads: 5 };

const TOGETHER_MS = 50;

/** What is of one visitor: forgotten with them. */
export const NOBODY = {
  view: "chat",
  denied: false,
  user: null,
  timeline: nothing,
  waiting: null,
  outbox: empty,
  details: null,
  typing: null,
  unread: 0,
  text: "",
} satisfies Partial<State>;

export class Store {
  state: State = {
    ...NOBODY,
    open: false,
    wasOpen: false,
    link: "idle",
    texts: { language: "en", direction: "ltr", words: {} },
    inbox: null,
    service: null,
    limits: USUAL_LIMITS,
    drafts: [],
    more: undefined,
  };
  private readonly listeners: (() => void)[] = [];
  private told = false;
  private drawn = 0;
  private later: ReturnType<typeof setTimeout> | undefined;

  /** Drawn at once; of what comes from the server much may come `soon` after another, and is drawn together. */
  set(change: Partial<State>, soon = false): void {
    this.state = { ...this.state, ...change };
    if (this.told) return;
    const wait = this.drawn + TOGETHER_MS - Date.now();
    if (soon && wait > 0) {
      this.later ??= setTimeout(() => this.set({}), wait);
      return;
    }
    this.told = true;
    queueMicrotask(() => {
      clearTimeout(this.later);
      this.later = undefined;
      this.told = false;
      for (const listener of this.listeners) listener();
      this.drawn = Date.now();
    });
  }

  /** `listener` runs once after each batch of changes. */
  watch(listener: () => void): void {
    this.listeners.push(listener);
  }
}
