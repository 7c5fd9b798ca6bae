/** One message: who said it, its parts, and how far it got. Bot, agent, contact and notes look different. */
import type { ComponentChildren, JSX } from "preact";
import type { ConversationDetail, Message } from "../../wire.ts";
import { clock, fullTime } from "../data/format.ts";
import { hasText, locale, t } from "../data/i18n.ts";
import { sendAgain, settle } from "../data/sending.ts";
import { me } from "../data/session.ts";
import type { Outgoing } from "../data/thread.ts";
import { Avatar, Button } from "../ui/basic.tsx";
import { Icon } from "../ui/icons.tsx";
import { authorName } from "./author.ts";
import { Delivered, Unsettled, unsettled } from "./mail/delivery.tsx";
import { MessageMenu } from "./mail/message-menu.tsx";
import { Edited } from "./edited.tsx";
import { Parts } from "./parts/parts.tsx";
import { placeOf } from "./parts/quoted.tsx";

interface Props { message: Message; detail: ConversationDetail; first: boolean; last: boolean; mark?: ComponentChildren }

export function Bubble({ message, detail, first, last, mark }: Props): JSX.Element {
  const { contact, language } = detail.summary;
  const name = authorName(message, contact);
  const note = message.kind === "note";
  const { kind } = message.author;
  if (kind === "system" && !note) return <li class="said said-system">{mark}<div class="bubble"><Parts message={message} language={language} /></div></li>;
  const inward = kind === "contact";
  const own = kind === "agent" && message.author.id === me.value?.id;
  return (
    <li id={placeOf(message.id)} class={`said said-${note ? "note" : kind} ${inward ? "said-in" : "said-out"} ${first ? "said-first" : ""} ${last ? "said-last" : ""}`}>
      {mark}
      <span class="said-face">{last ? <Avatar id={inward ? contact.id : message.author.id ?? kind} name={name} size={28} kind={kind === "bot" ? "bot" : undefined} /> : null}</span>
      <div class="said-body">
        {first ? (
          <p class="said-who">{note ? <Icon name="lock" size={13} /> : null}<strong>{own ? t("console-you") : name}</strong>{note ? <span>{t("console-note")}</span> : kind === "bot" ? <span class="said-tag">{t("console-bot-tag")}</span> : null}</p>
        ) : <span class="unseen">{name}</span>}
        <div class="said-row"><div class="bubble"><Parts message={message} language={language} /></div><MessageMenu message={message} detail={detail} /></div>
        {unsettled(message) ? <Unsettled message={message} /> : null}
        {last || message.delivery?.state === "withdrawn" || message.edited_at ? (
          <p class="said-foot"><time dateTime={message.at} title={fullTime(new Date(message.at), locale())}>{clock(new Date(message.at), locale())}</time>
            <Edited message={message} language={language} />
            {message.delivery && !inward && !note && !unsettled(message) ? <Delivered delivery={message.delivery} /> : null}</p>
        ) : null}
      </div>
    </li>
  );
}

function failureText(code: string | null): string {
  const key = `error-${(code ?? "unknown").replaceAll("_", "-")}`;
  return t(hasText(key) ? key : "error-unknown");
}

/** A message of ours that the server has not stored yet. */
export function OutgoingBubble({ item }: { item: Outgoing }): JSX.Element {
  return (
    <li class={`said ${item.kind === "note" ? "said-note" : "said-agent"} said-out said-first said-last said-pending`}>
      <span class="said-face"><Avatar id={me.value?.id ?? ""} name={me.value?.name ?? ""} size={28} /></span>
      <div class="said-body">
        <p class="said-who"><strong>{t("console-you")}</strong>{item.kind === "note" ? <span>{t("console-note")}</span> : null}</p>
        <div class="bubble">
          {item.text ? <p class="part-text">{item.text}</p> : null}
          {item.uploads.map((each) => <p key={each.id} class="part-file"><Icon name="file" size={17} /><span>{each.name}</span></p>)}
        </div>
        {item.state === "failed" ? (
          <p class="said-foot delivery-failed" role="alert"><Icon name="alert" size={14} />{failureText(item.error)}
            <Button size="small" onClick={() => sendAgain(item.key)}>{t("console-send-again")}</Button><Button size="small" look="quiet" onClick={() => settle(item.key)}>{t("console-discard")}</Button></p>
        ) : <p class="said-foot"><Icon name="clock" size={14} />{t("console-delivery-sending")}</p>}
      </div>
    </li>
  );
}
