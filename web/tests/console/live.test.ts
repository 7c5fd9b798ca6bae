/** The one socket: resumes every topic where it stood, survives drops, and knows when the session is over. */
// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Live } from "../../src/console/data/live.ts";
import type { ServerFrame } from "../../src/wire.ts";

class MadeUpSocket {
  static all: MadeUpSocket[] = [];
  readyState = 0;
  sent: { type: string; topic?: string; n?: number }[] = [];
  onopen: () => void = () => undefined;
  onmessage: (event: { data: string }) => void = () => undefined;
  onclose: ((event: { code: number }) => void) | null = null;
  constructor(readonly address: string) { MadeUpSocket.all.push(this); }
  send(text: string): void { this.sent.push(JSON.parse(text)); }
  close(): void { this.readyState = 3; }
  opens(): void { this.readyState = 1; this.onopen(); }
  says(frame: unknown): void { this.onmessage({ data: JSON.stringify(frame) }); }
  drops(code = 1006): void { this.readyState = 3; this.onclose?.({ code }); }
}

let now = 0;
let live: Live;
const heard: ServerFrame[] = [];
const last = (): MadeUpSocket => MadeUpSocket.all.at(-1)!;
const event = (topic: string, n: number): unknown => ({ type: "event", topic, n, at: "2026-03-01T09:00:00Z", event: { kind: "started" } });

beforeEach(() => {
  vi.useFakeTimers();
  MadeUpSocket.all = [];
  heard.length = 0;
  live = new Live({ open: (address) => new MadeUpSocket(address) as unknown as WebSocket, address: (position) => `ws://x/?position=${position}`, random: () => 0.5, now: () => now });
  live.on((frame) => heard.push(frame));
});
afterEach(() => {
  live.stop();
  vi.useRealTimers();
});

describe("the live socket", () => {
  it("says where the agent's own topic stands, and takes up the others after every connect", () => {
    live.start("agent:me", 12);
    expect(last().address).toContain("position=12");
    last().opens();
    live.subscribe("conversation:a", 3);
    last().says(event("conversation:a", 4));
    last().says(event("agent:me", 13));
    last().drops();
    vi.advanceTimersByTime(1000);
    expect(last().address).toContain("position=13");
    last().opens();
    expect(last().sent).toContainEqual({ type: "subscribe", topic: "conversation:a", n: 4 });
  });

  it("hands every event on once", () => {
    live.start("agent:me", 0);
    last().opens();
    live.subscribe("conversation:a", 3);
    for (const n of [4, 4, 5, 5, 4]) last().says(event("conversation:a", n));
    expect(heard).toHaveLength(2);
  });

  it("asks for what is missing instead of showing events out of order", () => {
    live.start("agent:me", 0);
    last().opens();
    live.subscribe("conversation:a", 3);
    last().says(event("conversation:a", 6));
    expect(heard).toHaveLength(0);
    expect(last().sent.at(-1)).toEqual({ type: "subscribe", topic: "conversation:a", n: 3 });
  });

  it("tells that lists must be fetched again after a drop, but not at the first connect", () => {
    const back = vi.fn();
    live.onBack(back);
    live.start("agent:me", 0);
    last().opens();
    expect(back).not.toHaveBeenCalled();
    last().drops();
    vi.advanceTimersByTime(1000);
    last().opens();
    expect(back).toHaveBeenCalledOnce();
  });

  it("gives a silent connection up", () => {
    live.start("agent:me", 0);
    last().opens();
    now += 60_000;
    vi.advanceTimersByTime(20_000);
    expect(live.state.value).toBe("waiting");
  });

  it("does not come back when the server ended the session", () => {
    live.whenOver = vi.fn();
    live.start("agent:me", 0);
    last().opens();
    last().drops(4401);
    vi.advanceTimersByTime(60_000);
    expect(live.whenOver).toHaveBeenCalledOnce();
    expect(MadeUpSocket.all).toHaveLength(1);
  });
});
