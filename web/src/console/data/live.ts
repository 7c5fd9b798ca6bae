/** The one socket to the server: connects, resumes every topic where it stood, and hands frames on. */
import { signal } from "@preact/signals";
import type { ClientFrame, ServerFrame } from "../../wire.ts";
import { Topics, backoff } from "./resume.ts";

export type LiveState = "off" | "connecting" | "live" | "waiting";
type Listener = (frame: ServerFrame) => void;

const PING_EVERY = 20_000;
const SILENCE_ALLOWED = 45_000;
/** The server's word that the session was revoked or has expired. */
const SESSION_ENDED = 4401;

export interface LiveOptions {
  open: (address: string) => WebSocket;
  address: (position: number) => string;
  random: () => number;
  now: () => number;
}

export class Live {
  readonly state = signal<LiveState>("off");
  /** Called when the server ends the session. */
  whenOver: () => void = () => undefined;
  private readonly topics = new Topics();
  private readonly listeners = new Set<Listener>();
  private readonly whenBack = new Set<() => void>();
  private socket: WebSocket | null = null;
  private own: string | null = null;
  private attempt = 0;
  private wasLive = false;
  private heard = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private beat: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: LiveOptions) {}

  /** Begins with the agent's own topic, of which everything up to `position` is known. */
  start(ownTopic: string, position: number): void {
    this.stop();
    this.own = ownTopic;
    this.topics.subscribe(ownTopic, position);
    this.connect();
    this.beat = setInterval(() => this.pulse(), PING_EVERY);
  }

  stop(): void {
    clearTimeout(this.retry);
    clearInterval(this.beat);
    this.own = null;
    this.drop();
    for (const [topic] of this.topics.all()) this.topics.unsubscribe(topic);
    this.state.value = "off";
    this.attempt = 0;
    this.wasLive = false;
  }

  on(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Called after a lost connection came back: snapshots without a number (lists) must be fetched again. */
  onBack(then: () => void): () => void {
    this.whenBack.add(then);
    return () => this.whenBack.delete(then);
  }

  subscribe(topic: string, n: number): void {
    this.topics.subscribe(topic, n);
    this.send({ type: "subscribe", topic, n });
  }

  unsubscribe(topic: string): void {
    if (!this.topics.has(topic)) return;
    this.topics.unsubscribe(topic);
    this.send({ type: "unsubscribe", topic });
  }

  send(frame: ClientFrame): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  /** Tries at once, for example because the browser says that the network is back. */
  hurry(): void {
    if (this.state.value !== "waiting") return;
    clearTimeout(this.retry);
    this.connect();
  }

  /** Goes on from a position that is known otherwise, after a topic of our own was too old. */
  restart(position: number): void {
    if (this.own) this.subscribe(this.own, position);
  }

  private connect(): void {
    if (!this.own) return;
    this.state.value = "connecting";
    this.heard = this.options.now();
    const socket = this.options.open(this.options.address(this.topics.last(this.own)));
    this.socket = socket;
    socket.onopen = () => this.opened();
    socket.onmessage = (event: MessageEvent<string>) => this.receive(event.data);
    socket.onclose = (event: CloseEvent) => (event.code === SESSION_ENDED ? this.over() : this.closed(socket));
  }

  private opened(): void {
    this.attempt = 0;
    this.state.value = "live";
    for (const [topic, n] of this.topics.all()) if (topic !== this.own) this.send({ type: "subscribe", topic, n });
    if (this.wasLive) for (const then of this.whenBack) then();
    this.wasLive = true;
  }

  private over(): void {
    this.stop();
    this.whenOver();
  }

  private closed(socket: WebSocket): void {
    if (socket !== this.socket || !this.own) return;
    this.socket = null;
    this.state.value = "waiting";
    this.retry = setTimeout(() => this.connect(), backoff(this.attempt, this.options.random()));
    this.attempt += 1;
  }

  private receive(text: string): void {
    this.heard = this.options.now();
    const frame = JSON.parse(text) as ServerFrame;
    if (frame.type === "event") {
      const verdict = this.topics.take(frame.topic, frame.n);
      if (verdict === "repeat") return;
      if (verdict === "gap") {
        this.send({ type: "subscribe", topic: frame.topic, n: this.topics.last(frame.topic) });
        return;
      }
    }
    for (const listener of [...this.listeners]) listener(frame);
  }

  private pulse(): void {
    if (this.state.value !== "live") return;
    if (this.options.now() - this.heard > SILENCE_ALLOWED) {
      const silent = this.socket;
      this.drop();
      if (silent) {
        this.socket = silent;
        this.closed(silent);
      }
      return;
    }
    this.send({ type: "ping" });
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    if (socket) socket.onclose = null;
    socket?.close();
  }
}

export const live = new Live({
  open: (address) => new WebSocket(address),
  address: (position) => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/live?position=${position}`,
  random: () => Math.random(),
  now: () => Date.now(),
});

export function followBrowser(): void {
  addEventListener("online", () => live.hurry());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") live.hurry();
  });
}
