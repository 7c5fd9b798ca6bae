/** @vitest-environment happy-dom */
/** The client against a socket in memory: nothing is lost or doubled, whatever the connection does. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Client } from "../../src/widget/client";
import { configured } from "../../src/widget/model/config";
import type { ClientFrame, ServerFrame } from "../../src/widget/model/protocol";
import { Store } from "../../src/widget/state";
import { aWelcome, anError, anEvent, said } from "./builders";

class FakeSocket {
  static all: FakeSocket[] = [];
  readyState = 0;
  sent: ClientFrame[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }
  send(data: string): void {
    this.sent.push(JSON.parse(data) as ClientFrame);
  }
  close(): void {
    this.readyState = 3;
  }
  open(): this {
    this.readyState = 1;
    this.onopen?.();
    return this;
  }
  hear(...frames: ServerFrame[]): this {
    for (const frame of frames) this.onmessage?.({ data: JSON.stringify(frame) });
    return this;
  }
  die(): void {
    this.readyState = 3;
    this.onclose?.();
  }
  of(type: ClientFrame["type"]): ClientFrame[] {
    return this.sent.filter((frame) => frame.type === type);
  }
}

function aTab(): { client: Client; store: Store; socket: () => FakeSocket } {
  const config = configured({ inbox: "web" }, "https://parley.example/widget.js", ["en"]);
  const store = new Store();
  return { client: new Client(config, store), store, socket: () => FakeSocket.all.at(-1)! };
}

const resumedAt = (after: number) => ({
  resumed: true,
  conversation: { id: "c1", n: after, after, status: "open", handler: "bot", agent: null },
});
const mine = (n: number, key: string) => said(n, { key, author: { kind: "contact", name: null } });
const keyOf = (frame: ClientFrame | undefined): string => (frame?.type === "message" ? frame.key : "");

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  FakeSocket.all = [];
  localStorage.clear();
  sessionStorage.clear();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the client", () => {
  it("opens no socket before the panel is opened", () => {
    const { client } = aTab();
    client.resume();
    expect(FakeSocket.all).toHaveLength(0);
    client.open();
    expect(FakeSocket.all[0]?.url).toBe("wss://parley.example/live/web/socket");
  });

  it("opens it at once for a visitor who was here before", () => {
    localStorage.setItem("parley:https://parley.example:web:session", "v1.x.y");
    aTab().client.resume();
    expect(FakeSocket.all).toHaveLength(1);
  });

  it("says hello, keeps its session, and goes on after the last number seen", () => {
    const { client, socket } = aTab();
    client.open();
    socket().open().hear(aWelcome(), said(1), said(2)).die();
    vi.advanceTimersByTime(600);
    socket().open();
    expect(socket().sent[0]).toMatchObject({ type: "hello", session: "v1.visitor.secret", conversation: "c1", n: 2 });
  });

  it("sends a message written without a connection once it is there, and again until it is stored", () => {
    const { client, store, socket } = aTab();
    client.open();
    client.say("Hello?");
    socket().open();
    expect(socket().of("message")).toHaveLength(0);
    socket().hear(aWelcome());
    const key = keyOf(socket().of("message")[0]);
    socket().die();
    vi.advanceTimersByTime(600);
    socket()
      .open()
      .hear(aWelcome({ resumed: true }));
    expect(keyOf(socket().of("message")[0])).toBe(key);
    socket().hear({ type: "stored", key, message: "m", conversation: "c1", n: 1 });
    socket().die();
    vi.advanceTimersByTime(60_000);
    socket()
      .open()
      .hear(aWelcome({ resumed: true }), mine(1, key));
    expect(socket().of("message")).toHaveLength(0);
    expect(store.state.outbox).toHaveLength(0);
    expect(store.state.timeline.entries).toHaveLength(1);
  });

  it("keeps what is unsent for the next page", () => {
    aTab().client.say("Kept");
    const { client, socket } = aTab();
    client.open();
    socket().open().hear(aWelcome());
    expect(socket().of("message")[0]).toMatchObject({ text: "Kept" });
  });

  it("asks for what is missing once, and takes it", () => {
    const { client, store, socket } = aTab();
    client.open();
    socket().open().hear(aWelcome(), said(1), said(3), said(4));
    expect(socket().of("hello")).toHaveLength(2);
    expect(socket().sent.at(-1)).toMatchObject({ type: "hello", conversation: "c1", n: 1 });
    socket().hear(aWelcome(resumedAt(1)), said(2), said(3), said(4));
    expect(store.state.timeline.n).toBe(4);
    expect(store.state.timeline.entries).toHaveLength(4);
  });

  it("drops what it has and begins again when it is too far behind", () => {
    const { client, store, socket } = aTab();
    client.open();
    socket().open().hear(aWelcome(), said(1), { type: "reload" });
    expect(socket().sent.at(-1)).toMatchObject({ type: "hello", conversation: "c1", n: 0 });
    socket().hear(aWelcome(resumedAt(500)), said(501));
    expect([store.state.timeline.n, store.state.timeline.entries.length]).toEqual([501, 1]);
  });

  it("shows a refused message with its reason and does not send it again by itself", () => {
    const { client, store, socket } = aTab();
    client.open();
    socket().open().hear(aWelcome());
    client.say("x");
    const key = keyOf(socket().of("message")[0]);
    socket().hear({ type: "error", code: "too_large", field: "text", expected: "", key });
    socket().die();
    vi.advanceTimersByTime(600);
    socket()
      .open()
      .hear(aWelcome({ resumed: true }));
    expect(socket().of("message")).toHaveLength(0);
    expect(store.state.outbox[0]).toMatchObject({ state: "refused", error: "too_large" });
  });

  it("waits and sends again when the server is too busy, in the order in which all was said", () => {
    const { client, socket } = aTab();
    client.open();
    socket().open().hear(aWelcome());
    client.say("x");
    const key = keyOf(socket().of("message")[0]);
    socket().hear({ type: "error", code: "rate", field: null, expected: "", key });
    client.say("y");
    vi.advanceTimersByTime(600);
    client.say("z");
    const said = socket().of("message").flatMap((frame) => ("text" in frame ? frame.text : []));
    expect(said).toEqual(["x", "x", "y", "z"]);
  });

  it("becomes a new visitor when its session is no longer known", () => {
    const { client, socket } = aTab();
    client.open();
    socket().open().hear(aWelcome(), { type: "error", code: "session", field: "session", expected: "", key: null });
    vi.advanceTimersByTime(600);
    socket().open();
    expect(socket().sent[0]).toMatchObject({ type: "hello", session: null });
  });

  it("lets go of a conversation that is not its own", () => {
    localStorage.setItem("parley:https://parley.example:web:conversation", "somebody's");
    const { client, socket } = aTab();
    client.open();
    const error = { type: "error", code: "conversation", field: "conversation", expected: "", key: null } as const;
    socket().open().hear(error);
    vi.advanceTimersByTime(600);
    expect(socket().open().sent[0]).toMatchObject({ type: "hello", conversation: null });
  });

  it("comes back when the server falls silent", () => {
    const { client, socket } = aTab();
    client.open();
    socket().open().hear(aWelcome());
    const first = socket();
    vi.advanceTimersByTime(25_000);
    expect(first.of("ping")).toHaveLength(1);
    vi.advanceTimersByTime(45_000);
    expect(socket()).not.toBe(first);
  });

  it("tries at once when the network returns", () => {
    const { client, store, socket } = aTab();
    client.open();
    for (let i = 0; i < 8; i += 1) {
      socket().die();
      vi.advanceTimersByTime(29_000);
    }
    socket().die();
    expect(store.state.link).toBe("offline");
    const before = FakeSocket.all.length;
    dispatchEvent(new Event("online"));
    expect(FakeSocket.all).toHaveLength(before + 1);
  });

  it("counts what others said while the panel is closed, and tells what was read", () => {
    const { client, store, socket } = aTab();
    client.open();
    socket().open().hear(aWelcome(), said(1));
    expect(store.state.unread).toBe(0);
    expect(socket().sent.at(-1)).toEqual({ type: "read", n: 1 });
    client.close();
    socket().hear(said(2), mine(3, "k"), anEvent(4, { kind: "joined", name: "Mei" }), said(5));
    expect(store.state.unread).toBe(2);
    client.open();
    expect(store.state.unread).toBe(0);
    expect(socket().sent.at(-1)).toEqual({ type: "read", n: 5 });
  });

  it("shows in a second tab what the first has read and written, without sending it twice", () => {
    const [one, two] = [aTab(), aTab()];
    one.client.open();
    one.socket().open().hear(aWelcome());
    two.client.resume();
    const second = two
      .socket()
      .open()
      .hear(aWelcome({ resumed: true }));
    one.client.say("Hi");
    const name = Object.keys(localStorage).find((key) => key.includes(":out:"))!;
    dispatchEvent(new StorageEvent("storage", { key: name, newValue: localStorage.getItem(name) }));
    expect(two.store.state.outbox).toHaveLength(1);
    expect(second.of("message")).toHaveLength(0);
    second.hear(mine(1, two.store.state.outbox[0]!.key));
    expect(two.store.state.outbox).toHaveLength(0);
    expect(two.store.state.timeline.entries).toHaveLength(1);
  });

  it("tells at once what was read or waited for elsewhere", () => {
    const { client, store, socket } = aTab();
    client.open();
    socket().open().hear(aWelcome());
    client.close();
    socket().hear(said(1), anEvent(2, { kind: "handler", handler: "queue" }));
    expect(store.state.unread).toBe(1);
    socket().hear({ type: "read", conversation: "another", n: 9 });
    expect(store.state.unread).toBe(1);
    socket().hear({ type: "read", conversation: "c1", n: 2 });
    expect(store.state.unread).toBe(0);
    socket().hear({ type: "waiting", conversation: "c1", position: 3, expected_wait_s: 60 });
    expect(store.state.waiting).toEqual({ position: 3, expected_wait_s: 60 });
    socket().hear(anEvent(3, { kind: "joined", name: "Mei" }));
    expect(store.state.waiting).toBeNull();
  });

  it("counts nothing as unread that was read on another device", () => {
    localStorage.setItem("parley:https://parley.example:web:session", "v1.x.y");
    const { client, store, socket } = aTab();
    client.resume();
    const conversation = { id: "c1", n: 2, after: 0, status: "open", handler: "bot", agent: null, read: 1 };
    socket().open().hear(aWelcome({ resumed: true, conversation }), said(1), said(2));
    expect(store.state.unread).toBe(1);
  });

  it("sends what was answered before the chat with its first message, until that is stored", () => {
    const { client, socket } = aTab();
    client.open();
    socket().open().hear(aWelcome());
    client.answer({ topic: "An order" });
    client.say("Hi");
    const key = keyOf(socket().of("message")[0]);
    socket().die();
    vi.advanceTimersByTime(600);
    socket().open().hear(aWelcome({ resumed: true }));
    expect(socket().of("message")[0]).toMatchObject({ key, details: { topic: "An order" } });
    socket().hear({ type: "stored", key, message: "m", conversation: "c1", n: 1 }, mine(1, key));
    client.say("And");
    expect(socket().of("message")[1]).not.toHaveProperty("details");
  });

  it("asks again when an answer was missing, and then sends what was refused", () => {
    const { client, store, socket } = aTab();
    client.open();
    socket().open().hear(aWelcome());
    client.say("Hi");
    const key = keyOf(socket().of("message")[0]);
    socket().hear(anError({ code: "details", field: "details.topic", key }));
    expect(store.state.outbox[0]).toMatchObject({ state: "refused", error: "details" });
    client.answer({ topic: "An order" });
    expect(socket().of("message")[1]).toMatchObject({ key, details: { topic: "An order" } });
  });

  it("waits as long as the server asks for", () => {
    const { client, socket } = aTab();
    client.open();
    socket().open().hear(aWelcome());
    client.say("x");
    const key = keyOf(socket().of("message")[0]);
    socket().hear(anError({ code: "rate", key, retry_after_s: 20 }));
    vi.advanceTimersByTime(19_000);
    expect(socket().of("message")).toHaveLength(1);
    vi.advanceTimersByTime(2_000);
    expect(socket().of("message")).toHaveLength(2);
  });
});

describe("a visitor who is signed in on the site", () => {
  it("is told to the server once, and then known by the session", () => {
    const { client, socket } = aTab();
    client.identify("a.b.c");
    socket().open().hear(aWelcome());
    expect(socket().sent[0]).toMatchObject({ type: "hello", identity: "a.b.c" });
    socket().die();
    vi.advanceTimersByTime(600);
    expect(socket().open().sent[0]).toMatchObject({ identity: null, session: "v1.visitor.secret" });
  });

  it("may sign in while the chat goes on", () => {
    const { client, socket } = aTab();
    client.open();
    socket().open().hear(aWelcome());
    client.identify("a.b.c");
    expect(socket().of("hello")[1]).toMatchObject({ session: "v1.visitor.secret", identity: "a.b.c" });
  });

  it("goes on as who they were when the token is not believed, and is let in no further where one is needed", () => {
    const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const { client, store, socket } = aTab();
    client.open();
    client.identify("forged");
    socket().open().hear(anError({ code: "identity", field: "identity" }));
    expect(warned).toHaveBeenCalledOnce();
    expect(socket().of("hello")[1]).toMatchObject({ identity: null });
    socket().hear(anError({ code: "identity", field: "identity" }));
    expect(store.state).toMatchObject({ denied: true, link: "idle" });
    client.identify("better");
    expect(store.state.denied).toBe(false);
    expect(socket().open().sent[0]).toMatchObject({ identity: "better" });
  });

  it("is forgotten with everything that was theirs, in every tab", () => {
    const [one, two] = [aTab(), aTab()];
    one.client.open();
    one.socket().open().hear(aWelcome(), said(1));
    two.client.resume();
    two.socket().open().hear(aWelcome({ resumed: true }), said(1));
    one.client.answer({ email: "mei@example.com" });
    one.client.say("unsent");
    const asked = vi.fn(() => Promise.resolve(new Response()));
    vi.stubGlobal("fetch", asked);
    one.client.forget();
    expect(asked).toHaveBeenCalledWith("https://parley.example/live/web/sessions", expect.objectContaining({ method: "DELETE" }));
    expect(one.store.state).toMatchObject({ outbox: [], timeline: { conversation: null, entries: [] }, user: null });
    expect(Object.keys(localStorage).filter((key) => !key.endsWith(":forgotten"))).toEqual([]);
    expect(one.socket().open().sent[0]).toMatchObject({ session: null, conversation: null });
    const name = Object.keys(localStorage)[0]!;
    dispatchEvent(new StorageEvent("storage", { key: name, newValue: "1" }));
    expect(two.store.state).toMatchObject({ unread: 0, timeline: { conversation: null, entries: [] } });
  });

  it("is the same visitor in another tab at once", () => {
    const { client, socket } = aTab();
    client.open();
    const first = socket().open().hear(aWelcome());
    localStorage.setItem("parley:https://parley.example:web:session", "v1.known.secret");
    const key = "parley:https://parley.example:web:session";
    dispatchEvent(new StorageEvent("storage", { key, newValue: "v1.known.secret" }));
    expect(first.of("hello")[1]).toMatchObject({ session: "v1.known.secret" });
  });
});

describe("signs", () => {
  it("say that the visitor types, seldom, and that they stopped", () => {
    const { client, socket } = aTab();
    client.open();
    socket().open().hear(aWelcome());
    for (const text of ["H", "He", "Hel"]) client.write(text);
    vi.advanceTimersByTime(10_000);
    expect(socket().of("typing")).toEqual([
      { type: "typing", on: true },
      { type: "typing", on: false },
    ]);
  });
});
