/** An incoming offer: who writes, what about, why it came here, and the time left to answer. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ConversationDetail, Offer } from "../../wire.ts";
import { useActions } from "../data/actions.ts";
import { ApiError, api } from "../data/api.ts";
import { contactName } from "../data/contact.ts";
import { countdown } from "../data/format.ts";
import { t } from "../data/i18n.ts";
import { accept, decline, missed, offers } from "../data/offers.ts";
import { go, href } from "../data/router.ts";
import { lastQuestion } from "../data/thread.ts";
import { now } from "../data/time.ts";
import { Avatar, Button, Chip } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { Deadline } from "../ui/time.tsx";
import { reasonText } from "./why.ts";
import { say } from "../ui/toast.tsx";

async function take(offer: Offer): Promise<void> {
  try {
    const conversation = await accept(offer);
    go(href(`/inbox/mine/${conversation}`));
  } catch (error) {
    say(error instanceof ApiError && error.status === 409 ? t("console-offer-too-late") : errorText(error), "bad");
  }
}

function refuse(offer: Offer): void {
  void decline(offer, null).then(() => say(t("console-offer-declined"), "plain"), (error: unknown) => say(errorText(error), "bad"));
}

function Ring({ left, whole }: { left: number; whole: number }): JSX.Element {
  const share = Math.max(0, Math.min(1, left / whole));
  const around = 2 * Math.PI * 16;
  return (
    <span class={`offer-ring ${left < 8 ? "offer-ring-short" : ""}`} role="timer" aria-label={t("console-offer-left", { seconds: Math.max(0, Math.ceil(left)) })}>
      <svg width="40" height="40" viewBox="0 0 40 40" aria-hidden="true">
        <circle cx="20" cy="20" r="16" class="offer-track" />
        <circle cx="20" cy="20" r="16" class="offer-left" stroke-dasharray={`${around * share} ${around}`} transform="rotate(-90 20 20)" />
      </svg>
      <span class="tabular">{left > 99 ? countdown(left) : Math.max(0, Math.ceil(left))}</span>
    </span>
  );
}

/** What it is about: the customer's own last words, not what the bot said after them. */
function useMatter(offer: Offer): string {
  const { id, last } = offer.conversation;
  const [words, setWords] = useState(last?.author_kind === "contact" ? last.text : "");
  useEffect(() => {
    if (words) return;
    api.get<ConversationDetail>(`/api/conversations/${id}`).then((detail) => setWords(lastQuestion(detail.messages)), () => undefined);
  }, [id]);
  return words;
}

function OfferCard({ offer }: { offer: Offer }): JSX.Element {
  const [busy, setBusy] = useState(false);
  const [whole] = useState(() => Math.max(1, (Date.parse(offer.expires_at) - Date.now()) / 1000));
  const left = (Date.parse(offer.expires_at) - now.value.getTime()) / 1000;
  const { contact, inbox, due_at, due_kind, due_near, subject, language } = offer.conversation;
  const said = useMatter(offer);
  const name = contactName(contact);
  const run = (work: () => Promise<void> | void) => (): void => {
    setBusy(true);
    void work();
  };
  return (
    <section class="offer" aria-label={t("console-offer-from", { name })}>
      <header class="offer-head">
        <Avatar id={contact.id} name={name} size={40} />
        <div class="offer-who">
          <p class="offer-kicker"><Icon name="bell" size={13} />{t("console-offer")}</p>
          <h2>{name}</h2>
        </div>
        <Ring left={left} whole={whole} />
      </header>
      {subject ? <p class="offer-subject">{subject}</p> : null}
      {said ? <p class="offer-last" lang={language}>{said}</p> : null}
      <p class="offer-why"><Icon name="spark" size={15} /><span><strong>{t("console-why")}</strong> {reasonText(offer.reason)}</span></p>
      <div class="offer-chips"><Chip icon="chat">{inbox.name}</Chip><Chip icon="globe">{language}</Chip>{due_at ? <Deadline due={due_at} kind={due_kind} near={due_near} /> : null}</div>
      <div class="offer-buttons">
        <Button look="primary" size="large" busy={busy} keys="a" onClick={run(() => take(offer))}>{t("console-offer-accept")}<kbd class="button-key">A</kbd></Button>
        <Button look="plain" size="large" disabled={busy} keys="Shift+d" onClick={run(() => refuse(offer))}>{t("console-offer-decline")}</Button>
      </div>
    </section>
  );
}

export function OfferCards(): JSX.Element {
  const list = offers.value;
  const [first] = list;
  useActions([
    { id: "accept", text: "console-offer-accept", group: "offer", keys: "a", enabled: () => Boolean(first), run: () => { if (first) void take(first); } },
    { id: "accept-writing", text: "console-offer-accept-writing", group: "offer", keys: "Mod+Shift+Enter", whileWriting: true, enabled: () => Boolean(first), run: () => { if (first) void take(first); } },
    { id: "decline", text: "console-offer-decline", group: "offer", keys: "Shift+d", enabled: () => Boolean(first), run: () => { if (first) refuse(first); } },
  ]);
  const lost = missed.value;
  useEffect(() => {
    if (!lost) return;
    missed.value = null;
    say(t(lost.how === "expired" ? "console-offer-expired" : "console-offer-withdrawn", { name: lost.name }), "plain");
  }, [lost]);
  return (
    <>
      <div class="unseen" role="alert">{first ? t("console-offer-announce", { name: contactName(first.conversation.contact), why: reasonText(first.reason) }) : ""}</div>
      <div class="offers">{list.map((offer) => <OfferCard key={offer.reservation} offer={offer} />)}</div>
    </>
  );
}
