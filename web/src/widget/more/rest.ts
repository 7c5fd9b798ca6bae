/** What the rarer parts know and do: earlier conversations, proofs, suggestions, ratings that are being written. */
import type { Article, EventFrame, Proven, Proving, ServerFrame } from "../model/protocol";
import { apply, nothing, over } from "../model/timeline";
import type { Timeline } from "../model/timeline";
import { authorized } from "../net/session";
import type { Kit } from "./types";

export type Earlier = { id: string; status: string; at: string; text: string; author: string; n: number; read: number };

export type Known = {
  /** Undefined: not asked for yet; null: it cannot be had now. */
  history: readonly Earlier[] | null | undefined;
  /** Where the list goes on; null at its end. */
  next: string | null;
  past: Timeline | null;
  proof: Proving | null;
  proven: Proven | null;
  /** The code of what the server refused. */
  problem: string | null;
  suggestions: readonly Article[];
  /** Of the rating, while its comment is being written. */
  rated: "open" | "commented" | null;
  leftMail: boolean;
};

/** Quiet for this long: the visitor has stopped to think. */
const PAUSE_MS = 350;
/** Two characters of Chinese are a word. */
const SHORTEST_QUESTION = 2;
const AT_MOST = 3;

export class Rest {
  known: Known = {
    history: undefined,
    next: null,
    past: null,
    proof: null,
    proven: null,
    problem: null,
    suggestions: [],
    rated: null,
    leftMail: false,
  };
  private asked = "";
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly kit: Kit) {
    kit.store.watch(() => this.changed());
  }

  set(change: Partial<Known>): void {
    this.known = { ...this.known, ...change };
    this.kit.store.set({});
  }

  heard(frame: ServerFrame): void {
    if (frame.type === "proving") this.set({ proof: frame, proven: null, problem: null });
    else if (frame.type === "proven") this.proven(frame);
    else if (frame.type === "error") this.set({ problem: frame.code, ...(frame.code === "proof_over" && { proof: null }) });
  }

  private proven(frame: Proven): void {
    this.set({ proof: null, proven: frame, problem: null, leftMail: this.known.leftMail || frame.kind === "email" });
  }

  /** The visitor's earlier conversations, newest first, or those after them; the one that is shown is not among them. */
  async recall(before: string | null = null): Promise<void> {
    const shown = before ? (this.known.history ?? []) : undefined;
    this.set({ history: shown, past: null });
    try {
      const page = before ? `?before=${encodeURIComponent(before)}` : "";
      const { items, next } = await this.get<{ items: Earlier[]; next: string | null }>(`conversations${page}`);
      const { conversation } = this.kit.store.state.timeline;
      this.set({ history: [...(shown ?? []), ...items.filter(({ id }) => id !== conversation)], next });
    } catch {
      this.set({ history: null });
    }
  }

  async read(id: string): Promise<void> {
    try {
      const { events } = await this.get<{ events: EventFrame[] }>(`conversations/${encodeURIComponent(id)}/events`);
      const begin: Timeline = { ...nothing, conversation: id };
      this.set({ past: events.reduce((told, event) => apply(told, event, true)[0], begin) });
    } catch {
      this.set({ history: null });
    }
  }

  prove(kind: string, address: string | null): void {
    this.set({ problem: null, proven: null });
    if (!this.kit.client.send({ type: "prove", kind, address })) this.set({ problem: "network" });
  }

  code(code: string): void {
    this.set({ problem: null });
    const { proof } = this.known;
    if (!proof || !this.kit.client.send({ type: "code", proof: proof.proof, code })) this.set({ problem: "network" });
  }

  rate(score: number, comment: string): void {
    if (this.kit.client.send({ type: "rate", score, comment })) this.set({ rated: comment ? "commented" : "open" });
  }

  leave(address: string): void {
    this.kit.client.storage.set("mail", "left");
    this.kit.client.say(address);
    this.set({ leftMail: true });
  }

  /** Articles are looked for once the visitor pauses, and only while no person answers. */
  private changed(): void {
    const { text, inbox, timeline, denied } = this.kit.store.state;
    if (!over(timeline) && this.known.rated) this.known.rated = null;
    const person = timeline.handler === "agent" && !over(timeline);
    const question = text.trim();
    const wanted = inbox?.offers?.articles && !person && !denied && question.length >= SHORTEST_QUESTION;
    if (wanted && question === this.asked) return;
    this.asked = wanted ? question : "";
    clearTimeout(this.timer);
    if (wanted) this.timer = setTimeout(() => void this.suggest(question), PAUSE_MS);
    else if (this.known.suggestions.length) this.set({ suggestions: [] });
  }

  private async suggest(question: string): Promise<void> {
    try {
      const { language } = this.kit.store.state.texts;
      const query = `q=${encodeURIComponent(question.slice(0, 200))}&language=${encodeURIComponent(language)}`;
      const { items } = await this.get<{ items: Article[] }>(`suggest?${query}`, false);
      if (question === this.asked) this.set({ suggestions: items.slice(0, AT_MOST) });
    } catch {
      // Nothing is promised: without suggestions one writes all the same.
    }
  }

  /** What needs no session is asked without one: browsers then need not ask first. */
  private async get<T>(path: string, mine = true): Promise<T> {
    const { client } = this.kit;
    const answer = await fetch(`${client.address}/${path}`, mine ? authorized(client.session) : {});
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()) as T;
  }
}
