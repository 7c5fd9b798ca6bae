/** @vitest-environment happy-dom */
/** The client against a socket in memory: nothing is lost or doubled, whatever the connection does. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Client } from "../../src/widget/client";
import { configured } from "../../src/widget/model/config";
import type { ClientFrame, ServerFrame } from "../../src/widget/model/protocol";
import { Store } from "../../src/widget/state";
import { aWelcome, anEvent, said } from "./builders";

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
  const store = new Store("en");
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

  it("waits and sends again when the server is too busy", () => {
    const { client, socket } = aTab();
    client.open();
    socket().open().hear(aWelcome());
    client.say("x");
    const key = keyOf(socket().of("message")[0]);
    socket().hear({ type: "error", code: "rate", field: null, expected: "", key });
    vi.advanceTimersByTime(600);
    expect(socket().of("message").map(keyOf)).toEqual([key, key]);
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

  it("says that the visitor types, seldom, and that they stopped", () => {
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
