/** An answer that the bot suggests and nobody has sent: it can be taken over into the reply. */
import type { ComponentChildren, JSX } from "preact";
import type { ConversationDetail, Message } from "../../../wire.ts";
import { clock, fullTime } from "../../data/format.ts";
import { locale, t } from "../../data/i18n.ts";
import { Button } from "../../ui/basic.tsx";
import { Icon } from "../../ui/icons.tsx";
import { insertion } from "../insertion.ts";
import { Parts } from "../parts/parts.tsx";
import { whyNot } from "../ready.tsx";

export function isSuggestion(message: Message): boolean {
  return message.kind === "note" && message.author.kind === "bot";
}

/** The words to answer with; what cannot be written down, such as buttons, is left out. */
export function suggestedText(message: Message): string {
  return message.parts.map((part) => (part.type === "text" ? part.text : part.type === "article" ? [part.title, part.excerpt, part.url].filter(Boolean).join("\n") : "")).filter(Boolean).join("\n\n");
}

interface Props { message: Message; detail: ConversationDetail; mark?: ComponentChildren }

export function Suggestion({ message, detail, mark }: Props): JSX.Element {
  const { id, language } = detail.summary;
  const ready = whyNot(detail.summary) === null;
  return (
    <li class="suggestion">
      <header class="suggestion-head">{mark}<Icon name="bot" size={17} /><strong>{t("console-suggestion")}</strong><span>{t("console-suggestion-help")}</span>
        <time dateTime={message.at} title={fullTime(new Date(message.at), locale())}>{clock(new Date(message.at), locale())}</time></header>
      <div class="suggestion-body"><Parts message={message} language={language} /></div>
      <footer class="suggestion-foot">
        <Button size="small" look="primary" icon="reply" disabled={!ready} onClick={() => (insertion.value = { conversation: id, text: suggestedText(message), reply: true })}>{t("console-suggestion-use")}</Button>
        {ready ? null : <small>{t("console-suggestion-first")}</small>}
      </footer>
    </li>
  );
}
