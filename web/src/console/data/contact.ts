/** How a contact is called where nobody knows their name, and which of their addresses mean something to a person. */
import type { ContactDetail, ContactRef } from "../../wire.ts";
import { t } from "./i18n.ts";

/** Kinds whose addresses are our own and mean nothing to a person. */
const ANONYMOUS = new Set(["widget", "chat", "loopback"]);
/** Enough of an id to tell apart the visitors that one agent sees at a time. */
const TOLD_APART = 5;

export function ending(id: string): string {
  return id.slice(-TOLD_APART);
}

export function isAnonymous(kind: string): boolean {
  return ANONYMOUS.has(kind);
}

export function contactName(contact: ContactRef): string {
  return contact.name || t("console-visitor", { id: ending(contact.id) });
}

/** The first address that a person would know; none for visitors of a web page. */
export function knownAddress(contact: ContactDetail): string {
  return contact.points?.find((point) => !isAnonymous(point.kind))?.address ?? "";
}
