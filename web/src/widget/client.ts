/** The visitor's side of the conversation: what arrives goes into the state, what they do goes out and is not lost. */
import { delay } from "./model/backoff";
import type { Config } from "./model/config";
import * as outbox from "./model/outbox";
import type { Unsent, Upload } from "./model/outbox";
import type {
  Choice,
  ClientFrame,
  Conversation,
  Details,
  ErrorFrame,
  EventFrame,
  ServerFrame,
  Stored,
  Waiting,
  Welcome,
} from "./model/protocol";
import { apply, begins, fromOthers, nothing } from "./model/timeline";
import { Connection } from "./net/connection";
import { fetchLook } from "./net/look";
import type { Look } from "./net/look";
import { endSession } from "./net/session";
import { parsed, Storage } from "./net/storage";
import { Pace } from "./pace";
import { Signs } from "./signs";
import { NOBODY } from "./state";
import type { Store, View } from "./state";

/** How far one has read is said once for all that comes within this time. */
const READ_MS = 300;

export class Client {
  readonly storage: Storage;
  /** Where this inbox is served. */
  readonly address: string;
  private readonly connection: Connection;
  private readonly signs: Signs;
  /** Signed by the site; told once, for the session keeps it. */
  private identity: string | null;
  private asking = false;
  /** Nothing has come since the last welcome. */
  private fresh = false;
  /** The session that the server last knew us by, or was told. */
  private known: string | null = null;
  private release: (() => void) | null = null;
  private retries = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private read = 0;
  private readonly reading = new Pace(READ_MS);

  constructor(
    private readonly config: Config,
    private readonly store: Store,
  ) {
    this.identity = config.identity;
    this.storage = new Storage(config.server, config.inbox);
    this.address = `${config.server}/live/${encodeURIComponent(config.inbox)}`;
    this.connection = new Connection(`${this.address.replace(/^http/, "ws")}/socket`, {
      opened: () => this.introduce(),
      received: (frame) => this.receive(frame),
      changed: (link) => this.store.set({ link }),
    });
    this.signs = new Signs(
      (on) => this.send({ type: "typing", on }),
      (typing) => typing !== this.store.state.typing && this.store.set({ typing }),
    );
    this.storage.watch((name, value) => this.heardFromTab(name, value));
    document.addEventListener("visibilitychange", () => this.seen());
  }

  /** What an earlier page was told about the inbox. */
  recall(): boolean {
    const kept = this.storage.json<Look>("look");
    if (kept) this.store.set(kept);
    return kept !== null;
  }

  /** Look, name and words of the inbox, before any socket is opened; see `fetchLook`. */
  async describe(): Promise<boolean | undefined> {
    const look = await fetchLook(this.address, [this.storage.get("language"), ...this.config.wishes]);
    if (!look) return look;
    this.storage.set("look", JSON.stringify(look));
    this.store.set(look);
    return true;
  }

  /** Opens the socket when there is somebody to be: a session of old, or a visitor who opened the panel. */
  resume(): void {
    // A panel that was open stays open on the next page, except where it would cover it.
    const open = this.storage.page("open") === "yes" && !matchMedia("(max-width:480px)").matches;
    if (open || this.config.mode === "page") this.open();
    else if (this.session || this.identity) this.connection.start();
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
    if (this.config.mode === "page") return;
    this.reading.reset();
    this.seen();
    this.store.set({ open: false, view: "chat" });
    this.storage.page("open", null);
  }

  show(view: View): void {
    this.store.set({ view });
  }

  /** The site says who this is, with a token that it signed. */
  identify(token: string): void {
    this.identity = token;
    this.store.set({ denied: false });
    if (this.connection.link === "online") this.hello();
    else this.connection.start();
  }

  /** Nothing of this visitor stays in the browser; whoever comes next is somebody else. */
  forget(): void {
    this.identity = null;
    if (this.session) endSession(this.address, this.session);
    this.storage.clear();
    this.storage.set("forgotten", outbox.freshKey());
    this.forgotten();
  }

  private forgotten(): void {
    this.connection.stop();
    this.settled();
    this.known = null;
    this.read = 0;
    this.store.set(NOBODY);
    if (this.store.state.open) this.connection.start();
  }

  /** What stands in the field; kept while the panel is closed. */
  write(text: string): void {
    this.store.set({ text });
    this.signs.wrote(text !== "");
  }

  async speak(language: string): Promise<void> {
    this.storage.set("language", language);
    await this.describe();
    if (this.connection.link === "online") this.hello();
  }

  say(text: string, uploads: Upload[] = [], choice: Choice | null = null): void {
    const unsent: Unsent = { key: outbox.freshKey(), at: new Date().toISOString(), text, uploads, choice };
    this.storage.keep(unsent);
    this.store.set({ outbox: outbox.add(this.store.state.outbox, unsent) });
    // What was refused for now goes first, so that all comes in the order in which it was said.
    if (this.connection.link !== "online" || this.asking || this.retry !== undefined) return;
    this.send(outbox.frame(unsent, this.store.state.details));
  }

  /** What is asked before a chat has been answered; it goes with the first message. */
  answer(details: Details | null): void {
    this.storage.set("details", details && JSON.stringify(details));
    this.store.set({ details });
    if (!details) return;
    for (const { key, error } of this.store.state.outbox) if (error === "details") this.again(key);
  }

  again(key: string): void {
    this.store.set({ outbox: outbox.retried(this.store.state.outbox, key) });
    this.flush();
  }

  drop(key: string): void {
    this.storage.drop(key);
    this.store.set({ outbox: outbox.without(this.store.state.outbox, key) });
  }

  /** False when it could not leave. */
  send(frame: ClientFrame): boolean {
    return this.connection.send(frame);
  }

  /** With no session yet only one tab asks for one, so that two tabs do not become two visitors. */
  private introduce(): void {
    if (this.session || !navigator.locks) return this.hello();
    void navigator.locks.request(`parley:${this.config.server}:${this.config.inbox}`, () => {
      this.hello();
      return this.session ? undefined : new Promise<void>((resolve) => (this.release = resolve));
    });
  }

  private hello(): void {
    const { timeline, texts } = this.store.state;
    this.asking = true;
    const sent = this.send({
      type: "hello",
      session: (this.known = this.session),
      identity: this.identity,
      language: texts.language,
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
        return this.signs.heard(frame.on ? frame.who : null);
      case "read":
        return this.readElsewhere(frame.conversation, frame.n);
      case "waiting":
        return this.waits(frame);
      case "error":
        return this.failed(frame);
      case "reload":
        this.store.set({ timeline: { ...nothing, conversation: this.store.state.timeline.conversation } });
        return this.hello();
      default:
        return this.store.state.more?.heard(frame);
    }
  }

  private welcomed(frame: Welcome): void {
    // Another tab has become somebody while we asked with what was good before.
    if (!frame.resumed && this.session && this.session !== this.known) return this.hello();
    const { conversation } = frame;
    this.known = frame.session;
    this.identity = null;
    this.storage.set("session", frame.session);
    if (!frame.resumed || !conversation) this.storage.set("conversation", conversation?.id ?? null);
    this.goOn(conversation);
    this.store.set({
      inbox: frame.inbox,
      limits: frame.limits,
      service: frame.service ?? null,
      user: frame.user ?? null,
      details: this.storage.json<Details>("details"),
    });
    this.fresh = true;
    this.settled();
    this.connection.greeted(frame.heartbeat_s);
    for (const unsent of this.storage.unsent()) this.store.set({ outbox: outbox.add(this.store.state.outbox, unsent) });
    this.flush();
  }

  /** Where the server goes on is where we are, or what is on the screen begins anew. */
  private goOn(conversation: Conversation | null): void {
    const known = this.store.state.timeline;
    if (conversation?.id !== known.conversation || conversation?.after !== known.n) {
      this.store.set({ timeline: begins(conversation), unread: 0, waiting: null });
    }
    if (!conversation) return;
    this.remember(conversation.id);
    this.readElsewhere(conversation.id, conversation.read ?? 0);
  }

  private happened(frame: EventFrame): void {
    const { timeline, outbox: before, waiting } = this.store.state;
    const [next, verdict] = apply(timeline, frame, this.fresh);
    if (verdict === "gap" && !this.asking) this.hello();
    if (verdict !== "applied") return;
    this.fresh = false;
    if (next.conversation !== timeline.conversation) this.remember(frame.conversation);
    const key = frame.event.kind === "message" ? frame.event.message.key : null;
    if (key) this.storage.drop(key);
    const heard = fromOthers(frame);
    const unread = this.store.state.unread + (heard && frame.n > this.read ? 1 : 0);
    const left = key ? outbox.without(before, key) : before;
    const place = next.handler === "queue" ? waiting : null;
    this.store.set({ timeline: next, outbox: left, unread, waiting: place }, true);
    if (heard) this.signs.heard(null);
    this.seen();
  }

  private stored(frame: Stored): void {
    this.retries = 0;
    this.storage.drop(frame.key);
    if (this.store.state.details) this.answer(null);
    const { timeline, outbox: before } = this.store.state;
    const shown = timeline.conversation === frame.conversation && timeline.n >= frame.n;
    this.store.set({ outbox: shown ? outbox.without(before, frame.key) : outbox.stored(before, frame.key) }, true);
  }

  private waits({ conversation, position, expected_wait_s }: Waiting): void {
    if (conversation !== this.store.state.timeline.conversation) return;
    this.store.set({ waiting: position === null ? null : { position, expected_wait_s } });
  }

  private failed(frame: ErrorFrame): void {
    if (frame.code === "identity") return this.disbelieved();
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
      return this.connection.restart(frame.retry_after_s);
    }
    if (!frame.key) return this.store.state.more?.heard(frame);
    if (outbox.PASSING.includes(frame.code)) {
      // What was on its way behind it is refused as well: that is one failure, not many.
      if (this.retry === undefined) this.retries++;
      clearTimeout(this.retry);
      const soonest = 1000 * (frame.retry_after_s ?? 0);
      this.retry = setTimeout(() => this.flush(), soonest + delay(this.retries - 1, Math.random()));
      return;
    }
    this.storage.drop(frame.key);
    this.store.set({ outbox: outbox.refused(this.store.state.outbox, frame.key, frame.code) });
    if (frame.code === "details") this.answer(null);
  }

  /** The site's word for the visitor was not believed: they go on as who they were, where the inbox lets them. */
  private disbelieved(): void {
    if (this.identity) {
      console.warn("Parley: the server does not accept this identity token");
      this.identity = null;
      return this.hello();
    }
    this.settled();
    this.connection.stop();
    return this.store.set({ denied: true });
  }

  private flush(): void {
    if (this.asking) return;
    this.retry = void clearTimeout(this.retry);
    for (const frame of outbox.frames(this.store.state.outbox, this.store.state.details)) this.send(frame);
  }

  /** The panel is open on a page that is being looked at: everything so far has been read. */
  private seen(): void {
    const { open, timeline } = this.store.state;
    if (!open || document.visibilityState === "hidden" || timeline.n <= this.read) return;
    if (!this.reading.now(() => this.seen())) return;
    this.read = timeline.n;
    this.storage.set("read", `${timeline.conversation} ${timeline.n}`);
    this.store.set({ unread: 0 });
    this.send({ type: "read", n: timeline.n });
  }

  /** By another tab, or on another device. */
  private readElsewhere(conversation: string, n: number): void {
    const { timeline } = this.store.state;
    if (conversation !== timeline.conversation) return;
    this.read = Math.max(this.read, n);
    if (this.read >= timeline.n) this.store.set({ unread: 0 });
  }

  /** What was read of this conversation, by this tab or another, and where a new page goes on. */
  private remember(conversation: string): void {
    this.storage.set("conversation", conversation);
    const [read, n] = (this.storage.get("read") ?? "").split(" ");
    this.read = read === conversation ? Number(n) : 0;
  }

  private heardFromTab(name: string, value: string | null): void {
    const before = this.store.state.outbox;
    if (name === "forgotten") this.forgotten();
    if (name === "session" && value) this.becomes(value);
    if (name === "language") void this.describe();
    if (name === "details") this.store.set({ details: this.storage.json<Details>("details") });
    const [conversation = "", n] = name === "read" ? (value ?? "").split(" ") : [];
    this.readElsewhere(conversation, Number(n));
    if (!name.startsWith("out:")) return;
    if (value === null) this.store.set({ outbox: outbox.without(before, name.slice(4)) });
    for (const unsent of parsed(value)) this.store.set({ outbox: outbox.add(before, unsent) });
  }

  /** Another tab has become somebody. */
  private becomes(session: string): void {
    if (this.connection.link === "idle") this.connection.start();
    else if (this.known && session !== this.known && !this.asking) this.hello();
  }
}
