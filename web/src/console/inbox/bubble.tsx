/** One message: who said it, its parts, and how far it got. Bot, agent, contact and notes look different. */
import type { JSX } from "preact";
import type { ContactRef, Delivery, Message } from "../../wire.ts";
import { contactName } from "../data/contact.ts";
import { clock, fullTime } from "../data/format.ts";
import { hasText, locale, t } from "../data/i18n.ts";
import { sendAgain, settle } from "../data/sending.ts";
import { me } from "../data/session.ts";
import type { Outgoing } from "../data/thread.ts";
import { Avatar, Button } from "../ui/basic.tsx";
import { Icon, type IconName } from "../ui/icons.tsx";
import { Parts } from "./parts.tsx";

export function authorName(message: Message, contact: ContactRef): string {
  const { kind, name } = message.author;
  if (kind === "contact") return name || contactName(contact);
  if (kind === "bot") return name || t("console-handler-bot");
  return name || t(kind === "agent" ? "console-agent" : "console-system");
}

export function plain(message: Message): string {
  return message.parts.map((part) => (part.type === "text" ? part.text : "name" in part ? part.name : "")).filter(Boolean).join(" ");
}

const DELIVERY: Record<Delivery["state"], IconName> = {
  queued: "clock", sending: "clock", sent: "check", delivered: "checks", read: "checks", failed: "alert", withdrawn: "close", uncertain: "alert",
};

function Delivered({ delivery }: { delivery: Delivery }): JSX.Element {
  const bad = delivery.state === "failed" || delivery.state === "uncertain" || delivery.state === "withdrawn";
  return (
    <span class={`delivery delivery-${delivery.state}`} title={delivery.reason ?? undefined}>
      <Icon name={DELIVERY[delivery.state]} size={14} /><span class={bad || delivery.state === "read" ? "" : "unseen"}>{t(`console-delivery-${delivery.state}`)}</span>
      {bad && delivery.reason ? <span>: {delivery.reason}</span> : null}
    </span>
  );
}

interface Props { message: Message; contact: ContactRef; language: string; first: boolean; last: boolean }

export function Bubble({ message, contact, language, first, last }: Props): JSX.Element {
  const name = authorName(message, contact);
  const note = message.kind === "note";
  const { kind } = message.author;
  if (kind === "system" && !note) return <li class="said said-system"><div class="bubble"><Parts message={message} language={language} /></div></li>;
  const inward = kind === "contact";
  const own = kind === "agent" && message.author.id === me.value?.id;
  return (
    <li class={`said said-${note ? "note" : kind} ${inward ? "said-in" : "said-out"} ${first ? "said-first" : ""} ${last ? "said-last" : ""}`}>
      <span class="said-face">{last ? <Avatar id={inward ? contact.id : message.author.id ?? kind} name={name} size={28} kind={kind === "bot" ? "bot" : undefined} /> : null}</span>
      <div class="said-body">
        {first ? (
          <p class="said-who">{note ? <Icon name="lock" size={13} /> : null}<strong>{own ? t("console-you") : name}</strong>{note ? <span>{t("console-note")}</span> : kind === "bot" ? <span class="said-tag">{t("console-bot-tag")}</span> : null}</p>
        ) : <span class="unseen">{name}</span>}
        <div class="bubble"><Parts message={message} language={language} /></div>
        {last || message.delivery?.state === "failed" || message.delivery?.state === "uncertain" ? (
          <p class="said-foot"><time dateTime={message.at} title={fullTime(new Date(message.at), locale())}>{clock(new Date(message.at), locale())}</time>
            {message.delivery && !inward && !note ? <Delivered delivery={message.delivery} /> : null}</p>
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
