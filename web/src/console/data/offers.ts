/** Conversations offered to this agent: rung for, counted down, accepted or declined. */
import { effect, signal } from "@preact/signals";
import type { Offer, ServerFrame } from "../../wire.ts";
import { ApiError, api } from "./api.ts";
import { contactName } from "./contact.ts";
import { live } from "./live.ts";
import { ring, flashTitle, stopFlashing } from "./notify.ts";
import { me, onLeave, setMe } from "./session.ts";

export const offers = signal<Offer[]>([]);
/** How the last offer ended without this agent's doing, to be told once. */
export const missed = signal<{ how: string; name: string } | null>(null);

const RING_EVERY = 7000;

function end(reservation: string): Offer | undefined {
  const found = offers.value.find((offer) => offer.reservation === reservation);
  offers.value = offers.value.filter((offer) => offer !== found);
  return found;
}

function receive(frame: ServerFrame): void {
  if (frame.type === "me") {
    const { type: _, ...agent } = frame;
    setMe(agent);
  }
  if (frame.type !== "event" || !frame.topic.startsWith("agent:")) return;
  const event = frame.event;
  if (event.kind === "offer") {
    if (Date.parse(event.expires_at) <= Date.now() || offers.value.some((offer) => offer.reservation === event.reservation)) return;
    const { kind: _, ...offer } = event;
    offers.value = [...offers.value, offer];
    ring();
  } else if (event.kind === "offer_ended") {
    const offer = end(event.reservation);
    if (offer && event.how !== "accepted" && event.how !== "declined") missed.value = { how: event.how, name: contactName(offer.conversation.contact) };
  } else if (event.kind === "presence") {
    const { kind: _, ...agent } = event;
    if (me.value) setMe({ ...me.value, ...agent });
  }
}

/** Accepts and answers with the conversation to open. */
export async function accept(offer: Offer): Promise<string> {
  try {
    const { conversation } = await api.post<{ conversation: string }>(`/api/reservations/${offer.reservation}/accept`);
    return conversation;
  } finally {
    end(offer.reservation);
  }
}

export async function decline(offer: Offer, reason: string | null): Promise<void> {
  try {
    await api.post(`/api/reservations/${offer.reservation}/decline`, { reason });
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 409) throw error;
  } finally {
    end(offer.reservation);
  }
}

/** Open offers outlive a reload of the page: the session's position lies before them, so they come again. */
export function followOffers(text: () => string): void {
  live.on(receive);
  onLeave(() => (offers.value = []));
  setInterval(() => { if (offers.value.length) ring(); }, RING_EVERY);
  effect(() => (offers.value.length ? flashTitle(text()) : stopFlashing()));
  setInterval(() => {
    const alive = offers.value.filter((offer) => Date.parse(offer.expires_at) > Date.now() - 1500);
    if (alive.length !== offers.value.length) offers.value = alive;
  }, 1000);
}
