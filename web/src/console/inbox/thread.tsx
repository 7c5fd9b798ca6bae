/** What was said and what happened, in order; keeps the end in view, and says aloud what comes in. */
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ConversationDetail, Message } from "../../wire.ts";
import { newest, typing } from "../data/conversation.ts";
import { dayName } from "../data/format.ts";
import { contactName } from "../data/contact.ts";
import { locale, t } from "../data/i18n.ts";
import { chime } from "../data/notify.ts";
import { outgoing } from "../data/sending.ts";
import { me } from "../data/session.ts";
import { layOut, type Entry } from "../data/thread.ts";
import { minute } from "../data/time.ts";
import { Avatar, Button } from "../ui/basic.tsx";
import { Icon } from "../ui/icons.tsx";
import { authorName, plain } from "./author.ts";
import { Bubble, OutgoingBubble } from "./bubble.tsx";
import { EventLine } from "./event.tsx";
import { Mail, outsideOf } from "./mail/message.tsx";
import { chosenIn, toggle } from "./mail/selecting.ts";
import { Suggestion, isSuggestion } from "./mail/suggestion.tsx";

const NEAR_END = 120;

function EntryView({ entry, detail }: { entry: Entry; detail: ConversationDetail }): JSX.Element | null {
  switch (entry.type) {
    case "day":
      return <li class="day"><span>{dayName(entry.at, minute.value, locale())}</span></li>;
    case "event":
      return <EventLine event={entry.event} />;
    case "outgoing":
      return <OutgoingBubble item={entry.outgoing} />;
    case "message":
      return <MessageView entry={entry} detail={detail} />;
  }
}

/** In front of each message while some are chosen to be split off. */
function Choose({ message, detail }: { message: Message; detail: ConversationDetail }): JSX.Element | null {
  const chosen = chosenIn(detail.summary.id);
  if (!chosen) return null;
  const name = t("console-split-choose", { name: authorName(message, detail.summary.contact), text: plain(message).slice(0, 60) });
  return <label class="choose"><input type="checkbox" checked={chosen.has(message.id)} onChange={() => toggle(message.id)} /><span class="unseen">{name}</span></label>;
}

function MessageView({ entry, detail }: { entry: Extract<Entry, { type: "message" }>; detail: ConversationDetail }): JSX.Element {
  const { message, first, last } = entry;
  const mark = <Choose message={message} detail={detail} />;
  if (isSuggestion(message)) return <Suggestion message={message} detail={detail} mark={mark} />;
  const envelope = outsideOf(message, detail);
  if (envelope) return <Mail message={message} detail={detail} envelope={envelope} mark={mark} />;
  return <Bubble message={message} detail={detail} first={first} last={last} mark={mark} />;
}

function Typing({ contact }: { contact: { id: string; name: string } }): JSX.Element | null {
  const who = typing.value;
  if (!who) return null;
  const name = who.name ?? (who.who === "bot" ? t("console-handler-bot") : contactName(contact));
  return (
    <li class="typing">
      <Avatar id={who.who === "contact" ? contact.id : name} name={name} size={28} kind={who.who === "bot" ? "bot" : undefined} />
      <span class="typing-dots" aria-hidden="true"><i /><i /><i /></span><span class="typing-text">{t("console-typing", { name })}</span>
    </li>
  );
}

/** Reads out the newest message of somebody else, and chimes for it when the window is not looked at. */
function Aloud({ detail }: { detail: ConversationDetail }): JSX.Element {
  const message = newest.value;
  const own = message?.author.kind === "agent" && message.author.id === me.value?.id;
  useEffect(() => {
    if (message && !own && message.author.kind === "contact") chime();
  }, [message]);
  return <div class="unseen" aria-live="polite">{message && !own ? `${authorName(message, detail.summary.contact)}: ${plain(message)}` : ""}</div>;
}

export function Thread({ detail }: { detail: ConversationDetail }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [below, setBelow] = useState(false);
  const mine = outgoing.value.filter((each) => each.conversation === detail.summary.id);
  const entries = layOut(detail, mine);
  const toEnd = (smooth: boolean): void => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    box.current?.scrollTo({ top: box.current.scrollHeight, behavior: smooth && !calm ? "smooth" : "instant" });
  };
  useLayoutEffect(() => {
    if (atEnd.current || mine.length) toEnd(false);
    else setBelow(true);
  }, [entries.length, mine.length, typing.value]);
  useEffect(() => {
    const watch = new ResizeObserver(() => { if (atEnd.current) toEnd(false); });
    if (box.current) {
      watch.observe(box.current);
      if (box.current.firstElementChild) watch.observe(box.current.firstElementChild);
    }
    return () => watch.disconnect();
  }, []);
  const onScroll = (): void => {
    const { scrollHeight, scrollTop, clientHeight } = box.current!;
    atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (atEnd.current) setBelow(false);
  };
  return (
    <div class="thread-frame">
      <div class="thread" ref={box} onScroll={onScroll} tabIndex={0} role="region" aria-label={t("console-thread")}>
        <ol class={`entries ${chosenIn(detail.summary.id) ? "entries-choosing" : ""}`}>
          {entries.map((entry) => <EntryView key={entry.key} entry={entry} detail={detail} />)}
          <Typing contact={detail.summary.contact} />
        </ol>
      </div>
      {below ? <Button class="thread-new" look="primary" size="small" onClick={() => toEnd(true)}>{t("console-new-below")}<Icon name="chevron" size={15} /></Button> : null}
      <Aloud detail={detail} />
    </div>
  );
}
