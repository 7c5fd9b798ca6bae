/** The visitor's side of the conversation: what arrives goes into the state, what they do goes out and is not lost. */
import type { Config, Language } from "./model/config";
import { delay } from "./model/backoff";
import * as outbox from "./model/outbox";
import type { Unsent } from "./model/outbox";
import type { Choice, ErrorFrame, EventFrame, Inbox, Limits, ServerFrame, Stored, Welcome } from "./model/protocol";
import { apply, fromOthers, nothing } from "./model/timeline";
import { Connection } from "./net/connection";
import { parsed, Storage } from "./net/storage";
import type { Upload } from "./net/uploads";
import type { Store } from "./state";

/** A typing sign without a fresh one goes out after this long. */
const TYPING_MS = 8_000;
const TYPING_AGAIN_MS = 3_000;
/** After this long without a key the other side is told that the visitor stopped. */
const PAUSE_MS = 4_000;
/** Errors that pass by themselves: the message is sent again, not refused. */
const PASSING = ["rate", "unavailable"];

export class Client {
  readonly storage: Storage;
  private readonly connection: Connection;
  private asking = false;
  /** Nothing has come since the last welcome. */
  private fresh = false;
  private release: (() => void) | null = null;
  private retries = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private typingEnds: ReturnType<typeof setTimeout> | undefined;
  private typingSent = 0;
  private pause: ReturnType<typeof setTimeout> | undefined;
  private read = 0;

  constructor(
    private readonly config: Config,
    private readonly store: Store,
  ) {
    this.storage = new Storage(config.server, config.inbox);
    const url = `${config.server.replace(/^http/, "ws")}/live/${encodeURIComponent(config.inbox)}/socket`;
    this.connection = new Connection(url, {
      opened: () => this.introduce(),
      received: (frame) => this.receive(frame),
      changed: (link) => this.store.set({ link }),
    });
    this.storage.watch((name, value) => this.heardFromTab(name, value));
    document.addEventListener("visibilitychange", () => this.seen());
  }

  /** What an earlier page was told about the inbox. */
  recall(): boolean {
    const kept = this.storage.get("inbox");
    if (kept) this.store.set({ inbox: JSON.parse(kept) as Inbox });
    return kept !== null;
  }

  /** Look and name of the inbox, before any socket is opened; false when this page may not show it, or there is none. */
  async describe(): Promise<boolean> {
    try {
      const { server, inbox } = this.config;
      const answer = await fetch(
        `${server}/live/${encodeURIComponent(inbox)}/config?language=${this.store.state.language}`,
      );
      if (answer.status === 404 || answer.status === 403) return false;
      const told = (await answer.json()) as { inbox: Inbox; limits: Limits };
      this.introduced(told.inbox, told.limits);
    } catch {
      // The launcher works without it; the socket will say the same.
    }
    return true;
  }

  /** Opens the socket when there is somebody to be: a session of old, or a visitor who opened the panel. */
  resume(): void {
    // A panel that was open stays open on the next page, except where it would cover it.
    const open = this.storage.page("open") === "yes" && !matchMedia("(max-width:480px)").matches;
    if (open) this.open();
    else if (this.session) this.connection.start();
  }

  get session(): string | null {
    return this.storage.get("session");
  }

  open(): void {
    this.store.set({ open: true, wasOpen: true });
    this.storage.page("open", "yes");
    this.connection.start();
    this.seen();
  }

  close(): void {
    this.store.set({ open: false });
    this.storage.page("open", null);
  }

  /** What stands in the field; kept while the panel is closed. */
  write(text: string): void {
    this.store.set({ text });
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.typing(false), PAUSE_MS);
    this.typing(text !== "");
  }

  speak(language: Language): void {
    this.storage.set("language", language);
    this.store.set({ language });
    if (this.connection.link === "online") this.hello();
    else void this.describe();
  }

  say(text: string, uploads: Upload[] = [], choice: Choice | null = null): void {
    const unsent: Unsent = { key: freshKey(), at: new Date().toISOString(), text, uploads, choice };
    this.storage.keep(unsent);
    this.store.set({ outbox: outbox.add(this.store.state.outbox, unsent) });
    if (this.connection.link === "online" && !this.asking) this.connection.send(outbox.frame(unsent));
  }

  again(key: string): void {
    this.store.set({ outbox: outbox.retried(this.store.state.outbox, key) });
    this.flush();
  }

  forget(key: string): void {
    this.storage.drop(key);
    this.store.set({ outbox: outbox.without(this.store.state.outbox, key) });
  }

  /** Said at most every few seconds while the visitor types. */
  private typing(on: boolean): void {
    const now = Date.now();
    if (on ? now - this.typingSent < TYPING_AGAIN_MS : !this.typingSent) return;
    this.typingSent = on ? now : 0;
    this.connection.send({ type: "typing", on });
  }

  /** With no session yet only one tab asks for one, so that two tabs do not become two visitors. */
  private introduce(): void {
    if (this.session || !navigator.locks) {
      this.hello();
      return;
    }
    void navigator.locks.request(`parley:${this.config.server}:${this.config.inbox}`, () => {
      this.hello();
      return this.session ? undefined : new Promise<void>((resolve) => (this.release = resolve));
    });
  }

  private hello(): void {
    const { timeline, language } = this.store.state;
    this.asking = true;
    const sent = this.connection.send({
      type: "hello",
      session: this.session,
      language,
      conversation: timeline.conversation ?? this.storage.get("conversation"),
      n: timeline.n,
      page: { url: location.href.slice(0, 2000), title: document.title.slice(0, 300) },
    });
    if (!sent) this.settled();
  }

  private settled(): void {
    this.asking = false;
    this.release?.();
    this.release = null;
  }

  private receive(frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
        return this.welcomed(frame);
      case "event":
        return this.happened(frame);
      case "stored":
        return this.stored(frame);
      case "typing":
        return this.typed(frame.on ? frame.who : null);
      case "error":
        return this.failed(frame);
      case "reload":
        this.store.set({ timeline: { ...nothing, conversation: this.store.state.timeline.conversation } });
        return this.hello();
      default:
        return undefined;
    }
  }

  private welcomed(frame: Welcome): void {
    const known = this.store.state.timeline;
    const { conversation } = frame;
    this.storage.set("session", frame.session);
    if (!frame.resumed || !conversation) this.storage.set("conversation", conversation?.id ?? null);
    const follows = conversation && conversation.id === known.conversation && conversation.after === known.n;
    if (!follows) {
      const start = conversation && {
        conversation: conversation.id,
        n: conversation.after,
        status: conversation.status,
      };
      this.store.set({ timeline: { ...nothing, ...start }, unread: 0 });
    }
    if (conversation) this.remember(conversation.id);
    this.introduced(frame.inbox, frame.limits);
    this.fresh = true;
    this.settled();
    this.connection.greeted(frame.heartbeat_s);
    for (const unsent of this.storage.unsent()) this.store.set({ outbox: outbox.add(this.store.state.outbox, unsent) });
    this.flush();
  }

  private introduced(inbox: Inbox, limits: Limits): void {
    this.storage.set("inbox", JSON.stringify(inbox));
    this.store.set({ inbox, limits });
  }

  private happened(frame: EventFrame): void {
    const { timeline, outbox: before } = this.store.state;
    const [next, verdict] = apply(timeline, frame, this.fresh);
    if (verdict === "gap" && !this.asking) this.hello();
    if (verdict !== "applied") return;
    this.fresh = false;
    if (next.conversation !== timeline.conversation) this.remember(frame.conversation);
    const key = frame.event.kind === "message" ? frame.event.message.key : null;
    if (key) this.storage.drop(key);
    const heard = fromOthers(frame);
    this.store.set({
      timeline: next,
      outbox: key ? outbox.without(before, key) : before,
      unread: this.store.state.unread + (heard && frame.n > this.read ? 1 : 0),
    });
    if (heard) this.typed(null);
    this.seen();
  }

  private stored(frame: Stored): void {
    this.retries = 0;
    this.storage.drop(frame.key);
    const { timeline, outbox: before } = this.store.state;
    const shown = timeline.conversation === frame.conversation && timeline.n >= frame.n;
    this.store.set({ outbox: shown ? outbox.without(before, frame.key) : outbox.stored(before, frame.key) });
  }

  private failed(frame: ErrorFrame): void {
    if (frame.code === "session") {
      this.storage.set("session", null);
      this.settled();
      return this.connection.restart();
    }
    if (this.asking && !frame.key) {
      // Hello was refused: without the conversation, if that was it, and not at once.
      if (frame.field === "conversation") {
        this.storage.set("conversation", null);
        this.store.set({ timeline: nothing });
      }
      this.settled();
      return this.connection.restart();
    }
    if (PASSING.includes(frame.code)) {
      clearTimeout(this.retry);
      this.retry = setTimeout(() => this.flush(), delay(this.retries, Math.random()));
      this.retries += 1;
      return undefined;
    }
    if (!frame.key) return undefined;
    this.storage.drop(frame.key);
    return this.store.set({ outbox: outbox.refused(this.store.state.outbox, frame.key, frame.code) });
  }

  private flush(): void {
    if (this.asking) return;
    for (const frame of outbox.frames(this.store.state.outbox)) this.connection.send(frame);
  }

  private typed(who: string | null): void {
    clearTimeout(this.typingEnds);
    if (who) this.typingEnds = setTimeout(() => this.typed(null), TYPING_MS);
    if (who !== this.store.state.typing) this.store.set({ typing: who });
  }

  /** The panel is open on a page that is being looked at: everything so far has been read. */
  private seen(): void {
    const { open, timeline } = this.store.state;
    if (!open || document.visibilityState === "hidden" || timeline.n <= this.read) return;
    this.read = timeline.n;
    this.storage.set("read", `${timeline.conversation} ${timeline.n}`);
    this.store.set({ unread: 0 });
    this.connection.send({ type: "read", n: timeline.n });
  }

  /** What was read of this conversation, by this tab or another, and where a new page goes on. */
  private remember(conversation: string): void {
    this.storage.set("conversation", conversation);
    const [read, n] = (this.storage.get("read") ?? "").split(" ");
    this.read = read === conversation ? Number(n) : 0;
  }

  private heardFromTab(name: string, value: string | null): void {
    const { outbox: before, timeline } = this.store.state;
    if (name === "session" && value) this.connection.start();
    if (name === "read" && value?.startsWith(`${timeline.conversation} `)) {
      this.read = Math.max(this.read, Number(value.split(" ")[1]));
      if (this.read >= timeline.n) this.store.set({ unread: 0 });
    }
    if (!name.startsWith("out:")) return;
    if (value === null) this.store.set({ outbox: outbox.without(before, name.slice(4)) });
    for (const unsent of parsed(value)) this.store.set({ outbox: outbox.add(before, unsent) });
  }
}

/** Sorts by time of writing, so that what waited is sent in order. */
let count = 0;
function freshKey(): string {
  count += 1;
  const random = crypto.getRandomValues(new Uint32Array(2));
  const time = Date.now().toString(36).padStart(9, "0");
  return `${time}-${count.toString(36).padStart(4, "0")}-${[...random].map((word) => word.toString(36)).join("")}`;
}
