/** Conversations that are resolved but for their paperwork: counted down, and ended by hand when it is done. */
import { effect, signal } from "@preact/signals";
import type { ServerFrame, WrapUp } from "../../wire.ts";
import { ApiError, api } from "./api.ts";
import { live } from "./live.ts";
import { onLeave, session } from "./session.ts";

export const wrapUps = signal<WrapUp[]>([]);

function add(wrapUp: WrapUp): void {
  if (Date.parse(wrapUp.ends_at) <= Date.now()) return;
  wrapUps.value = [...wrapUps.peek().filter((each) => each.id !== wrapUp.id), wrapUp];
}

function drop(id: string): void {
  wrapUps.value = wrapUps.value.filter((each) => each.id !== id);
}

export function receive(frame: ServerFrame): void {
  if (frame.type !== "event" || !frame.topic.startsWith("agent:")) return;
  const event = frame.event;
  if (event.kind === "wrap_up") {
    const { kind: _, ...wrapUp } = event;
    add(wrapUp);
  } else if (event.kind === "wrap_up_ended") drop(event.wrap_up);
}

/** Done is done: that it was over a moment before is nobody's fault. */
export async function endWrapUp(id: string): Promise<void> {
  try {
    await api.post(`/api/wrap-ups/${id}/end`);
  } catch (error) {
    if (!(error instanceof ApiError) || ![404, 409].includes(error.status)) throw error;
  }
  drop(id);
}

/** Those that were under way before this page was opened come with the session. */
export function followWrapUps(): void {
  live.on(receive);
  onLeave(() => (wrapUps.value = []));
  effect(() => { for (const each of session.value?.wrap_ups ?? []) add(each); });
  setInterval(() => {
    const alive = wrapUps.value.filter((each) => Date.parse(each.ends_at) > Date.now() - 1500);
    if (alive.length !== wrapUps.value.length) wrapUps.value = alive;
  }, 1000);
}
