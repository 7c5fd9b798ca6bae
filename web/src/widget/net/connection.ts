/** One socket that comes back: back-off with jitter, a heartbeat, and an early try when the network returns. */
import { delay } from "../model/backoff";
import type { ClientFrame, ServerFrame } from "../model/protocol";
import { decode } from "../model/protocol";

export type Link = "idle" | "connecting" | "online" | "offline";

export type Listener = {
  /** The socket is open: time to say hello. */
  opened(): void;
  received(frame: ServerFrame): void;
  changed(link: Link): void;
};

/** A socket that has not opened after this long is given up. */
const OPENING_MS = 15_000;
/** How long an answer to our own ping may take when the page wakes up. */
const ANSWER_MS = 5_000;

export class Connection {
  link: Link = "idle";
  private socket: WebSocket | null = null;
  private attempt = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private beat: ReturnType<typeof setInterval> | undefined;
  private heartbeat = 25_000;
  /** This socket has been greeted and nothing says that it is dead. */
  private live = false;

  constructor(
    private readonly url: string,
    private readonly listener: Listener,
    private readonly connect: (url: string) => WebSocket = (address) => new WebSocket(address),
  ) {}

  start(): void {
    if (this.link !== "idle") return;
    addEventListener("online", this.hurry);
    addEventListener("offline", this.lost);
    document.addEventListener("visibilitychange", this.hurry);
    this.dial();
  }

  stop(): void {
    removeEventListener("online", this.hurry);
    removeEventListener("offline", this.lost);
    document.removeEventListener("visibilitychange", this.hurry);
    this.abandon();
    this.become("idle");
  }

  /** False when the frame could not leave: the caller keeps what must not be lost. */
  send(frame: ClientFrame): boolean {
    if (this.socket?.readyState !== 1) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** The server has answered hello: the link is good and its heartbeat is known. */
  greeted(heartbeatSeconds: number): void {
    this.attempt = 0;
    this.heartbeat = heartbeatSeconds * 1000;
    this.live = true;
    clearInterval(this.beat);
    this.beat = setInterval(this.ping, this.heartbeat);
    this.alive();
  }

  /** Drop this socket and come back after the usual wait, or the one that the server asks for. */
  restart(soonest?: number | null): void {
    this.abandon();
    this.become(navigator.onLine === false || this.attempt > 1 ? "offline" : "connecting");
    this.retry = setTimeout(this.dial, (soonest ?? 0) * 1000 + delay(this.attempt, Math.random()));
    this.attempt += 1;
  }

  private readonly dial = (): void => {
    this.abandon();
    if (this.link !== "offline") this.become("connecting");
    let socket: WebSocket;
    try {
      socket = this.connect(this.url);
    } catch {
      this.restart();
      return;
    }
    this.socket = socket;
    socket.onopen = () => this.listener.opened();
    socket.onmessage = (message) => this.hear(message.data);
    socket.onclose = () => this.restart();
    this.expect(OPENING_MS);
  };

  private hear(data: unknown): void {
    if (this.live) this.alive();
    const frame = decode(data);
    if (frame && frame.type !== "pong") this.listener.received(frame);
  }

  private readonly ping = (): void => {
    this.send({ type: "ping" });
  };

  /** The network or the page came back: try now, or make sure that the socket still lives. */
  private readonly hurry = (): void => {
    if (document.visibilityState === "hidden") return;
    if (this.live) {
      this.ping();
      this.expect(ANSWER_MS);
    } else if (this.retry !== undefined) {
      this.attempt = 0;
      this.dial();
    }
  };

  private readonly lost = (): void => {
    if (this.live) this.expect(ANSWER_MS);
    this.become("offline");
  };

  private alive(): void {
    this.become("online");
    this.expect(this.heartbeat * 2.5);
  }

  private expect(milliseconds: number): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => this.restart(), milliseconds);
  }

  private abandon(): void {
    clearTimeout(this.retry);
    clearTimeout(this.watchdog);
    clearInterval(this.beat);
    this.retry = undefined;
    this.live = false;
    if (!this.socket) return;
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
    this.socket = null;
  }

  private become(link: Link): void {
    if (this.link === link) return;
    this.link = link;
    this.listener.changed(link);
  }
}
