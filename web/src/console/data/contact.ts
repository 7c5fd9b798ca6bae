/** How a contact is called where nobody knows their name, and which of their addresses mean something to a person. */
import type { ContactDetail, ContactPoint, ContactRef } from "../../wire.ts";
import { hasText, t } from "./i18n.ts";
import { channelKind } from "./session.ts";

/** Kinds whose addresses people tell one another. */
const SPOKEN = new Set(["email", "phone"]);
/** Enough of an id to tell apart the visitors that one agent sees at a time. */
const TOLD_APART = 5;

export function ending(id: string): string {
  return id.slice(-TOLD_APART);
}

/** Whether its addresses are our own and mean nothing to a person. */
export function isAnonymous(kind: string): boolean {
  return channelKind(kind)?.anonymous ?? false;
}

export function contactName(contact: ContactRef): string {
  return contact.name || t("console-visitor", { id: ending(contact.id) });
}

/** How an address is written for people: what only means something to a provider is named after it. */
export function pointText({ kind, address }: Pick<ContactPoint, "kind" | "address">): string {
  if (isAnonymous(kind)) return t("console-point-visitor", { id: ending(address) });
  // Behind the id of the inbox whose site named them so.
  if (kind === "user") return t("console-point-user", { id: address.slice(address.indexOf(":") + 1) });
  const named = `console-point-named-${kind}`;
  return hasText(named) ? t(named, { id: address }) : address;
}

/** The first address that a person would know; none for visitors of a web page. */
export function knownAddress(contact: ContactDetail): string {
  return contact.points?.find((point) => SPOKEN.has(point.kind))?.address ?? "";
}
