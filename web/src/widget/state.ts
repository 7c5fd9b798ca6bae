/** Everything the views draw, in one value, with the one place that tells them it changed. */
import type { Draft } from "./model/attachments";
import type { Language } from "./model/config";
import { empty } from "./model/outbox";
import type { Outbox } from "./model/outbox";
import type { Inbox, Limits } from "./model/protocol";
import { nothing } from "./model/timeline";
import type { Timeline } from "./model/timeline";
import type { Link } from "./net/connection";

export type State = {
  open: boolean;
  /** The panel was open on this page, and closing it gives the focus back. */
  wasOpen: boolean;
  language: Language;
  link: Link;
  inbox: Inbox | null;
  limits: Limits;
  timeline: Timeline;
  outbox: Outbox;
  typing: string | null;
  unread: number;
  drafts: readonly Draft[];
  /** What stands in the field and is not sent yet. */
  text: string;
};

/** Until the server has said its own. */
const USUAL_LIMITS: Limits = { text_bytes: 16_384, upload_bytes: 10 * 1024 * 1024, uploads: 5 };

export class Store {
  state: State;
  private readonly listeners: (() => void)[] = [];
  private told = false;

  constructor(language: Language) {
    this.state = {
      open: false,
      wasOpen: false,
      language,
      link: "idle",
      inbox: null,
      limits: USUAL_LIMITS,
      timeline: nothing,
      outbox: empty,
      typing: null,
      unread: 0,
      drafts: [],
      text: "",
    };
  }

  set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    if (this.told) return;
    this.told = true;
    queueMicrotask(() => {
      this.told = false;
      for (const listener of this.listeners) listener();
    });
  }

  /** `listener` runs once after each batch of changes. */
  watch(listener: () => void): void {
    this.listeners.push(listener);
  }
}
