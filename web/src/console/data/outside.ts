/** What conversations have where messages have an outside: who takes part, what belongs together, what was rearranged. */
import type { ConversationDetail, Link, Message, Participant, Party, Rearrangement } from "../../wire.ts";

/** What somebody should look into comes first. */
export function linksOf(detail: ConversationDetail): Link[] {
  const pressing = (each: Link): number => (each.kind === "suspected" ? 0 : 1);
  return [...detail.links].sort((a, b) => pressing(a) - pressing(b));
}

export function partyName(party: { address: string; name: string | null }): string {
  return party.name || party.address;
}

/** Whom a reply goes to: the requester's address. Where they have several, the one that the conversation began with counts, never a later claim. */
export function requester(detail: ConversationDetail): Party {
  const { contact, messages, summary } = detail;
  const own = contact.points.filter((point) => point.kind === summary.inbox.kind).map((point) => point.address);
  const first = messages.find((each) => each.kind === "inbound" && each.author.id === contact.id && each.envelope)?.envelope?.sender.address;
  return { address: (own.length === 1 ? own[0] : first ?? own[0]) ?? "", name: contact.name || null };
}

/** The addresses that get a copy, as the server wants them: null where nobody was left out. */
export function copies(all: readonly Participant[], left: ReadonlySet<string>): string[] | null {
  const joined = all.filter((each) => each.joined);
  return joined.some((each) => left.has(each.address)) ? joined.filter((each) => !left.has(each.address)).map((each) => each.address) : null;
}

/** A message and everything after it: what "from here" means when a conversation is split. */
export function fromHere(messages: readonly Message[], id: string): string[] {
  const at = messages.findIndex((each) => each.id === id);
  return at < 0 ? [] : messages.slice(at).map((each) => each.id);
}

/** The newest thing that can still be undone. */
export function undoable(detail: ConversationDetail): Rearrangement | null {
  return detail.rearrangements.filter((each) => each.undoable).sort((a, b) => b.at.localeCompare(a.at))[0] ?? null;
}

export const ADDRESS = /^[^@\s<>,;]+@[^@\s<>,;]+$/u;

/** `Ben Okoye <ben@mail.example>` or only the address; null for anything else. */
export function readAddress(text: string): Party | null {
  const found = /^(?:(.*?)\s*<([^<>]+)>|(\S+))$/u.exec(text.trim());
  const address = (found?.[2] ?? found?.[3] ?? "").trim().toLowerCase();
  return ADDRESS.test(address) ? { address, name: found?.[1]?.replace(/^["']|["']$/gu, "").trim() || null } : null;
}
