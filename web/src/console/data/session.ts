/** Who is signed in, and what follows from it: the CSRF token, the live socket, the language. */
import { computed, signal } from "@preact/signals";
import type { ChannelKind, Me, PresenceState, Session } from "../../wire.ts";
import { ApiError, api, setCsrf, whenSignedOut } from "./api.ts";
import { language, matchLanguage, useLanguage } from "./i18n.ts";
import { live } from "./live.ts";

/** `undefined`: not known yet; `null`: nobody. */
export const session = signal<Session | null | undefined>(undefined);
/** Set when a session ended while somebody was at work, so that the sign-in page can say so. */
export const ended = signal(false);
export const me = computed(() => session.value?.agent ?? null);
/** A failure to learn who is signed in that is nobody's fault: the server is not there. */
export const unreachable = signal(false);

export function may(permission: string): boolean {
  return session.value?.permissions.includes(permission) ?? false;
}

/** What inboxes of this kind can; nothing is known of what is no kind of inbox (any more). */
export function channelKind(kind: string): ChannelKind | undefined {
  return session.value?.kinds[kind];
}

export function setMe(agent: Me): void {
  if (session.value) session.value = { ...session.value, agent };
}

async function enter(next: Session): Promise<void> {
  setCsrf(next.csrf);
  ended.value = false;
  unreachable.value = false;
  session.value = next;
  const own = matchLanguage(next.agent.language);
  if (own && !new URLSearchParams(location.search).has("lang")) await useLanguage(own);
  live.start(`agent:${next.agent.id}`, next.position);
}

const forgetters = new Set<() => void>();

/** Registers how a store forgets what the person who leaves has seen. */
export function onLeave(forget: () => void): void {
  forgetters.add(forget);
}

function leave(): void {
  live.stop();
  for (const forget of forgetters) forget();
  setCsrf("");
  session.value = null;
}

export async function resume(): Promise<void> {
  const over = (): void => {
    if (session.value) ended.value = true;
    leave();
  };
  whenSignedOut(over);
  live.whenOver = over;
  live.on((frame) => {
    if (frame.type === "reload" && frame.topic === `agent:${me.value?.id}`) void catchUp();
  });
  try {
    await enter(await api.get<Session>("/api/session"));
  } catch (error) {
    unreachable.value = error instanceof ApiError && error.passing;
    session.value = null;
  }
}

/** Too much happened on our own topic to replay: learn where it stands. */
async function catchUp(): Promise<void> {
  const found = await api.get<Session>("/api/session");
  session.value = found;
  live.restart(found.position);
}

/** The language that somebody chose before signing in counts more than the one of their account. */
let picked = false;

export async function pickLanguage(tag: string): Promise<void> {
  picked = true;
  await useLanguage(tag);
}

async function enterChosen(next: Session): Promise<void> {
  const wish = language.value;
  const keepIt = picked && next.agent.language !== wish;
  picked = false;
  await enter(keepIt ? { ...next, agent: { ...next.agent, language: wish } } : next);
  if (keepIt) setMe(await api.put<Me>("/api/me", { language: wish }));
}

export async function signIn(email: string, password: string): Promise<void> {
  await enterChosen(await api.post<Session>("/api/session", { email, password }));
}

export async function acceptInvitation(token: string, name: string, password: string): Promise<void> {
  picked = true;
  await enterChosen(await api.post<Session>(`/api/invitations/${encodeURIComponent(token)}`, { name, password }));
}

/** With `handBack` the work in hand goes back to its queues; if that is refused, one is still signed in. */
export async function signOut(handBack = false): Promise<void> {
  if (handBack) await api.remove("/api/session", { hand_back: true });
  else await api.remove("/api/session").catch(() => undefined);
  leave();
}

export async function setPresence(state: PresenceState, reason: string | null): Promise<void> {
  setMe(await api.put<Me>("/api/presence", { state, reason }));
}

export async function setLanguage(tag: string): Promise<void> {
  await useLanguage(tag);
  if (session.value) setMe(await api.put<Me>("/api/me", { language: tag }));
}
