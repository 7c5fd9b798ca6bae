/** The panel beside a conversation: the contact, articles that may answer, then what is looked at less often. */
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import type { ConversationDetail, ConversationSummary } from "../../wire.ts";
import { t } from "../data/i18n.ts";
import { kept, keep } from "../data/keep.ts";
import { IconButton } from "../ui/basic.tsx";
import { Icon, type IconName } from "../ui/icons.tsx";
import { Time } from "../ui/time.tsx";
import { Came } from "../routing/came.tsx";
import { Rearrangements } from "./mail/history.tsx";
import { People } from "./mail/people.tsx";
import { Contact } from "./contact/contact.tsx";
import { Merges } from "./contact/merges.tsx";
import { Context } from "./context.tsx";
import { Deadlines } from "./deadlines.tsx";
import { Knowledge } from "./knowledge.tsx";
import { Orders } from "./orders.tsx";
import { RatingChip, Ratings } from "./rating.tsx";
import { StatusChip } from "./row.tsx";
import { Why } from "./why.tsx";
import { inboxHref, setPanel } from "./where.ts";

function Section({ name, title, icon, count, children }: { name: string; title: string; icon: IconName; count?: number; children: ComponentChildren }): JSX.Element {
  const [open, setOpen] = useState(kept(`section-${name}`) !== "closed");
  const toggle = (): void => {
    setOpen(!open);
    keep(`section-${name}`, open ? "closed" : null);
  };
  return (
    <section class="section">
      <h3><button type="button" class="section-head" aria-expanded={open} onClick={toggle}><Icon name={icon} size={16} />{title}{count ? <span class="section-count tabular">{count}</span> : null}<Icon name="chevron" size={15} class={open ? "turned" : ""} /></button></h3>
      {open ? <div class="section-body">{children}</div> : null}
    </section>
  );
}

function Earlier({ item }: { item: ConversationSummary }): JSX.Element {
  return (
    <li><a class="earlier" href={inboxHref({ list: "all", status: "any", id: item.id })}>
      <span class="earlier-top"><strong>{item.subject || item.inbox.name}</strong><Time at={item.last?.at ?? item.updated_at} /></span>
      {item.last ? <span class="earlier-last" lang={item.language}>{item.last.text}</span> : null}
      <span class="earlier-chips"><StatusChip item={item} /><RatingChip score={item.rating} /><span>{item.inbox.name}</span></span>
    </a></li>
  );
}

/** Whether nothing that came here shows that it is from the contact: anybody can write a sender into a mail. */
function isUnproven(detail: ConversationDetail): boolean {
  const came = detail.messages.filter((each) => each.kind === "inbound");
  return came.length > 0 && came.every((each) => each.envelope?.proof === "none" || each.envelope?.proof === "failed");
}

export function Panel({ detail }: { detail: ConversationDetail }): JSX.Element {
  return (
    <aside class="panel" aria-label={t("console-panel")}>
      <div class="panel-close"><IconButton icon="close" label={t("console-close")} onClick={() => setPanel(false)} /></div>
      <Contact detail={detail} />
      <Section name="knowledge" title={t("console-suggested")} icon="book"><Knowledge detail={detail} /></Section>
      <Section name="orders" title={t("console-nav-orders")} icon="box"><Orders key={detail.summary.id} conversation={detail.summary.id} /></Section>
      {Object.keys(detail.context).length ? <Section name="context" title={t("console-context")} icon="globe"><Context detail={detail} /></Section> : null}
      {detail.ratings.length ? <Section name="ratings" title={t("console-ratings")} icon="star"><Ratings ratings={detail.ratings} language={detail.summary.language} /></Section> : null}
      {detail.contact.merges?.length ? <Section name="joined" title={t("console-joined")} icon="merge" count={detail.contact.merges.length}><Merges merges={detail.contact.merges} /></Section> : null}
      {detail.can.participants ? <Section name="people" title={t("console-participants")} icon="people" count={detail.participants.length + 1}><People detail={detail} /></Section> : null}
      {detail.rearrangements.length ? <Section name="rearranged" title={t("console-rearranged")} icon="fork" count={detail.rearrangements.length}><Rearrangements detail={detail} /></Section> : null}
      <Section name="deadlines" title={t("console-deadline-title")} icon="clock"><Deadlines detail={detail} /></Section>
      {detail.why ? <Section name="why" title={t("console-why-this-agent")} icon="spark"><Why why={detail.why} /></Section> : null}
      <Section name="came" title={t("console-came")} icon="fork"><Came conversation={detail.summary.id} moved={detail.events.length} /></Section>
      <Section name="earlier" title={t("console-earlier")} icon="history" count={detail.earlier.length}>
        {detail.earlier.length && isUnproven(detail) ? <p class="section-none">{t("console-earlier-unproven")}</p> : null}
        {detail.earlier.length ? <ul class="earlier-list">{detail.earlier.map((item) => <Earlier key={item.id} item={item} />)}</ul> : <p class="section-none">{t("console-earlier-none")}</p>}
      </Section>
    </aside>
  );
}
