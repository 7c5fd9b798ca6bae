/** What a message answers, cut short; where we have it, a way to it. */
import type { JSX } from "preact";
import type { QuotedPart } from "../../../wire.ts";
import { detail } from "../../data/conversation.ts";
import { t } from "../../data/i18n.ts";
import { authorName, plain } from "../author.ts";

const FLASH_MS = 1600;

/** Where a message stands in the page. */
export function placeOf(message: string): string {
  return `message-${message}`;
}

/** Brings it into view and marks it for a moment. */
export function jumpTo(message: string): void {
  const found = document.getElementById(placeOf(message));
  if (!found) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  found.scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
  found.classList.add("said-found");
  found.tabIndex = -1;
  found.focus({ preventScroll: true });
  setTimeout(() => found.classList.remove("said-found"), FLASH_MS);
}

export function Quoted({ part, language }: { part: QuotedPart; language: string }): JSX.Element {
  const current = detail.value;
  const answered = current?.messages.find((each) => each.id === part.message);
  if (!current || !answered) return <blockquote class="part-quoted" lang={language} dir="auto">{part.text}</blockquote>;
  const name = authorName(answered, current.summary.contact);
  const text = part.text || plain(answered) || t("console-quoted-file");
  return (
    <button type="button" class="part-quoted part-quoted-known" title={t("console-quoted-show")} onClick={() => jumpTo(answered.id)}>
      <strong>{name}</strong><span lang={language} dir="auto">{text}</span>
    </button>
  );
}
