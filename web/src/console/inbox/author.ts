/** How the author of a message is called, and what a message says in plain words. */
import type { ContactRef, Message } from "../../wire.ts";
import { contactName } from "../data/contact.ts";
import { t } from "../data/i18n.ts";

export function authorName(message: Message, contact: ContactRef): string {
  const { kind, name } = message.author;
  if (kind === "contact") return name || contactName(contact);
  if (kind === "bot") return name || t("console-handler-bot");
  return name || t(kind === "agent" ? "console-agent" : "console-system");
}

/** What was said this time: quotes and signatures that came along are not part of it. */
export function plain(message: Message): string {
  return message.parts.map((part) => (part.type === "text" ? part.text : "name" in part ? part.name : "")).filter(Boolean).join(" ");
}
