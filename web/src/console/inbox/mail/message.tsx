/** One mail: from whom and whether that is proven, to whom, what was written, and what came along folded. */
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import type { ConversationDetail, Envelope, Message } from "../../../wire.ts";
import { clock, fullTime } from "../../data/format.ts";
import { hasText, locale, t } from "../../data/i18n.ts";
import { me } from "../../data/session.ts";
import { Avatar } from "../../ui/basic.tsx";
import { Icon } from "../../ui/icons.tsx";
import { authorName } from "../author.ts";
import { Parts } from "../parts/parts.tsx";
import { placeOf } from "../parts/quoted.tsx";
import { Delivered, Unsettled, unsettled } from "./delivery.tsx";
import { FormattedView, ViewSwitch, formattedOf, useView } from "./formatted.tsx";
import { MessageMenu } from "./message-menu.tsx";
import { LeftOut } from "./left-out.tsx";
import { Parties } from "./parties.tsx";
import { ProofBadge } from "./proof.tsx";
import { WhyHere } from "./why.tsx";

interface Props { message: Message; detail: ConversationDetail; mark?: ComponentChildren }
interface MailProps extends Props { envelope: Envelope }

/** The outside of a message; a reply on which nobody was chosen has none of its own, and went to all who take part. */
export function outsideOf(message: Message, detail: ConversationDetail): Envelope | null {
  if (message.kind === "note") return null;
  if (message.envelope || message.kind === "inbound" || message.author.kind === "system" || !detail.can.threads) return message.envelope ?? null;
  return { subject: detail.summary.subject, sender: { address: "", name: null }, to: [], copies: [], proof: "none", why: [], automatic: null };
}

function When({ at }: { at: string }): JSX.Element {
  const date = new Date(at);
  return <time class="mail-time" dateTime={at} title={fullTime(date, locale())}>{clock(date, locale())}</time>;
}

function Body({ message, detail }: Props): JSX.Element {
  const formatted = formattedOf(message);
  const [view, setView] = useView(formatted);
  const { language } = detail.summary;
  const subject = message.envelope?.subject || t("console-mail-no-subject");
  return (
    <>
      <div class="mail-body">
        {formatted && view === "formatted"
          ? <><FormattedView part={formatted} subject={subject} /><Parts message={message} language={language} only="files" /></>
          : <Parts message={message} language={language} />}
      </div>
      <LeftOut problems={message.envelope?.problems ?? []} />
      {formatted || message.envelope?.why.length ? (
        <div class="mail-tools">{formatted ? <ViewSwitch view={view} onView={setView} /> : null}<WhyHere why={message.envelope?.why ?? []} /></div>
      ) : null}
    </>
  );
}

function MailHead({ message, detail, envelope }: MailProps): JSX.Element {
  const inward = message.kind === "inbound";
  const { kind, id } = message.author;
  const own = kind === "agent" && id === me.value?.id;
  const name = inward ? envelope.sender.name || authorName(message, detail.summary.contact) : authorName(message, detail.summary.contact);
  return (
    <header class="mail-head">
      <Avatar id={id ?? envelope.sender.address} name={name} size={34} kind={kind === "bot" ? "bot" : undefined} />
      <div class="mail-who">
        <p class="mail-from"><strong>{own ? t("console-you") : name}</strong>{kind === "bot" ? <span class="said-tag">{t("console-bot-tag")}</span> : null}
          {inward && envelope.sender.address !== name ? <span class="mail-address" dir="ltr">{envelope.sender.address}</span> : null}
          {inward ? <ProofBadge envelope={envelope} /> : null}</p>
        {envelope.to.length ? <Parties envelope={envelope} /> : null}
      </div>
      <When at={message.at} />
      <MessageMenu message={message} detail={detail} />
    </header>
  );
}

/** What a machine wrote stays out of the way until somebody wants to read it. */
function Notice({ message, detail, envelope, mark }: MailProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const key = `console-mail-automatic-${envelope.automatic?.replaceAll("_", "-") ?? ""}`;
  return (
    <li id={placeOf(message.id)} class="mail mail-notice">
      {mark}
      <div class="mail-card">
        <div class="mail-notice-head">
          <button type="button" class="mail-notice-open" aria-expanded={open} onClick={() => setOpen(!open)}>
            <Icon name="gear" size={15} /><span class="mail-notice-text"><strong>{t(hasText(key) ? key : "console-mail-automatic", { name: envelope.sender.name || envelope.sender.address })}</strong> <bdi>{envelope.subject}</bdi></span><Icon name="chevron" size={14} class={open ? "turned" : ""} />
          </button>
          <When at={message.at} /><MessageMenu message={message} detail={detail} />
        </div>
        {open ? <><Parties envelope={envelope} /><Body message={message} detail={detail} /></> : null}
      </div>
    </li>
  );
}

export function Mail(props: MailProps): JSX.Element {
  const { message, detail, envelope, mark } = props;
  if (envelope.automatic && message.kind === "inbound") return <Notice {...props} />;
  const inward = message.kind === "inbound";
  return (
    <li id={placeOf(message.id)} class={`mail ${inward ? "mail-in" : `mail-out mail-${message.author.kind}`}`}>
      {mark}
      <article class="mail-card">
        <MailHead {...props} />
        <Body message={message} detail={detail} />
        {unsettled(message) ? <Unsettled message={message} /> : message.delivery ? <p class="mail-foot"><Delivered delivery={message.delivery} /></p> : null}
      </article>
    </li>
  );
}
